from __future__ import annotations

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "lienthong.administration"
    verbose_name = "Quản trị"

    def ready(self) -> None:
        from lienthong.administration import notices, sentences, subjects
        from lienthong.notifications import kinds as notice_kinds
        from lienthong.organisation import holdings
        from lienthong.ui import menu

        subjects.declare_all()
        sentences.declare_all()
        holdings.install_teller(notices.tell_taken_over)
        for kind, meaning in notices.KINDS.items():
            notice_kinds.declare(kind, meaning)
        menu.declare(
            menu.MenuEntry(
                key="units",
                label="Đơn vị",
                icon="building-community",
                url_name="administration:units",
                place="foot",
                order=10,
                right="organisation.administer",
            )
        )
        menu.declare(
            menu.MenuEntry(
                key="officers",
                label="Cán bộ",
                icon="users",
                url_name="administration:officers",
                place="foot",
                order=20,
                right=("organisation.administer", "identity.invite"),
            )
        )
        menu.declare(
            menu.MenuEntry(
                key="take-overs",
                label="Bàn giao công việc",
                icon="arrows-exchange",
                url_name="administration:take_overs",
                place="foot",
                order=25,
                right="organisation.administer",
            )
        )
        menu.declare(
            menu.MenuEntry(
                key="signing",
                label="Thẩm quyền ký",
                icon="signature",
                url_name="administration:signing_authorities",
                place="foot",
                order=30,
                right=("organisation.administer", "incoming.print_books"),
            )
        )
        menu.declare(
            menu.MenuEntry(
                key="account",
                label="Tài khoản của tôi",
                icon="user-circle",
                url_name="administration:account",
                place="me",
                order=10,
            )
        )
