from __future__ import annotations

from django.apps import AppConfig

from lienthong.kernel import benchmarks, rights


class TasksConfig(AppConfig):
    name = "lienthong.tasks"
    verbose_name = "Nhiệm vụ"

    def ready(self) -> None:
        from lienthong.calendars import recompute
        from lienthong.notifications import digest
        from lienthong.search import sources
        from lienthong.tasks import found, holdings, sentences, subjects
        from lienthong.tasks.digest import work_of_the_day
        from lienthong.tasks.models import Task
        from lienthong.tasks.operations.deadlines import follow_calendar
        from lienthong.tasks.queries.inbox import open_tasks
        from lienthong.tasks.queries.lists import PARAMETERS
        from lienthong.ui import menu, worklists

        rights.declare("tasks.assign", "Giao việc cho đơn vị, cán bộ trong phạm vi quản lý")
        rights.declare("tasks.accept", "Nhận việc và báo cáo kết quả")
        rights.declare("programmes.manage", "Lập chương trình nhiệm vụ, giao việc cho toàn cơ quan")
        rights.declare("programmes.read", "Xem chương trình nhiệm vụ và bảng tổng hợp")
        recompute.declare("task", follow_calendar)
        benchmarks.declare("inbox", "lienthong.tasks.benchmarks.prepare", "lienthong.tasks.benchmarks.measure")
        digest.declare("Việc của tôi", work_of_the_day, order=10)
        subjects.declare_all()
        worklists.declare(worklists.WorkList("tasks", "tasks:list", PARAMETERS))
        sources.declare("task", found.tasks, states=dict(Task.State.choices))
        sources.declare("programme", found.programmes, states={"open": "Đang thực hiện", "closed": "Đã đóng"})
        menu.declare(
            menu.MenuEntry(
                key="mine",
                label="Việc của tôi",
                icon="checklist",
                url_name="tasks:mine",
                order=10,
                counted_for_all=open_tasks,
            )
        )
        menu.declare(menu.MenuEntry(key="tasks", label="Nhiệm vụ", icon="list-check", url_name="tasks:list", order=30))
        for entry in (
            menu.MenuEntry(
                key="unit-work",
                label="Theo người",
                icon="users",
                url_name="tasks:unit",
                parent="tasks",
                right="tasks.assign",
                order=10,
            ),
            menu.MenuEntry(
                key="programmes",
                label="Chương trình",
                icon="list-numbers",
                url_name="tasks:programmes",
                parent="tasks",
                right=("programmes.read", "programmes.manage"),
                order=20,
            ),
            menu.MenuEntry(
                key="board",
                label="Tổng hợp",
                icon="table",
                url_name="tasks:board",
                parent="tasks",
                right=("programmes.read", "programmes.manage"),
                order=30,
            ),
        ):
            menu.declare(entry)
        menu.declare_new(
            menu.NewEntry(
                key="task", label="Giao việc", icon="send", url_name="tasks:new", right="tasks.assign", order=30
            )
        )
        sentences.declare_all()
        holdings.declare_all()
