from __future__ import annotations

from django.apps import AppConfig

from lienthong.kernel import rights


class NotificationsConfig(AppConfig):
    name = "lienthong.notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from lienthong.journal import sentences
        from lienthong.kernel.subjects import SubjectKind, declare
        from lienthong.notifications.policies import can_administer
        from lienthong.notifications.queries import described, unread
        from lienthong.ui import menu

        rights.declare("notifications.administer", "Xem và gửi lại thư điện tử, tin nhắn của hệ thống")
        declare(SubjectKind("delivery", "Thư gửi đi", described, lambda actor, _pk: can_administer(actor)))
        sentences.declare("delivery.resent", lambda _event: "gửi lại")
        menu.declare(
            menu.MenuEntry(
                key="notices",
                label="Thông báo",
                icon="bell",
                url_name="notifications:list",
                counted=unread,
                count_url_name="notifications:count",
                place="top",
            )
        )
        menu.declare(
            menu.MenuEntry(
                key="notice-preferences",
                label="Cách nhận thông báo",
                icon="bell-cog",
                url_name="notifications:preferences",
                place="me",
            )
        )
        menu.declare(
            menu.MenuEntry(
                key="outbox",
                label="Thư gửi đi",
                icon="send",
                url_name="notifications:outbox",
                right="notifications.administer",
                place="foot",
                order=80,
            )
        )
