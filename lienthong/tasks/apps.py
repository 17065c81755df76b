from __future__ import annotations

from django.apps import AppConfig

from lienthong.kernel import rights


class TasksConfig(AppConfig):
    name = "lienthong.tasks"
    verbose_name = "Nhiệm vụ"

    def ready(self) -> None:
        from lienthong.calendars import recompute  # noqa: PLC0415 - models are ready only now
        from lienthong.tasks import sentences, subjects  # noqa: PLC0415
        from lienthong.tasks.operations.deadlines import follow_calendar  # noqa: PLC0415

        rights.declare("tasks.assign", "Giao việc cho đơn vị, cán bộ trong phạm vi quản lý")
        rights.declare("tasks.accept", "Nhận việc và báo cáo kết quả")
        rights.declare("programmes.manage", "Lập chương trình nhiệm vụ, giao việc cho toàn cơ quan")
        rights.declare("programmes.read", "Xem chương trình nhiệm vụ và bảng tổng hợp")
        recompute.declare("task", follow_calendar)
        subjects.declare_all()
        sentences.declare_all()
