from __future__ import annotations

from django.apps import AppConfig

from lienthong.kernel import rights


class NotificationsConfig(AppConfig):
    name = "lienthong.notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        rights.declare("notifications.administer", "Xem và gửi lại thư điện tử, tin nhắn của hệ thống")
