from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "lienthong.organisation"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        from lienthong.kernel import rights
        from lienthong.organisation import absences_held

        rights.declare("organisation.administer", "Quản trị đơn vị, cán bộ, chức vụ và thẩm quyền ký")
        rights.declare("organisation.hand_over", "Bàn giao công việc của cán bộ trong đơn vị, cơ quan mình")
        rights.declare("identity.invite", "Mở, khóa và mời lập tài khoản")
        absences_held.declare_all()
