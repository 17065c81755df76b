from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "lienthong.organisation"
    verbose_name = "Tổ chức"

    def ready(self) -> None:
        from lienthong.kernel import rights

        rights.declare("organisation.administer", "Quản trị đơn vị, cán bộ, chức vụ và thẩm quyền ký")
        rights.declare("identity.invite", "Mở, khóa và mời lập tài khoản")
