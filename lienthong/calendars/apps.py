from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "lienthong.calendars"
    verbose_name = "Lịch làm việc"

    def ready(self) -> None:
        from lienthong.calendars import office_day, policies
        from lienthong.journal import sentences
        from lienthong.kernel import rights, subjects
        from lienthong.notifications import hours
        from lienthong.ui import menu

        menu.declare(
            menu.MenuEntry(
                key="calendars",
                label="Lịch làm việc",
                icon="calendar-cog",
                url_name="calendars:list",
                place="foot",
                order=40,
            )
        )
        hours.declare(office_day.next_opening, office_day.is_working_day)
        rights.declare(policies.ADMINISTER, "Sửa lịch làm việc, ngày nghỉ, ngày làm bù")
        subjects.declare(
            subjects.SubjectKind(
                "calendar",
                "Lịch làm việc",
                describe=_describe,
                is_visible=lambda actor, _pk: policies.can_administer(actor),
            )
        )
        sentences.declare("calendar.opened", lambda e: f"mở lịch riêng cho {e.particulars['unit']}")
        sentences.declare("calendar.day_set", lambda e: "ghi ngày {date} theo {source}".format(**e.particulars))
        sentences.declare(
            "calendar.hours_set", lambda e: "ghi giờ làm việc từ {from} theo {source}".format(**e.particulars)
        )
        sentences.declare("calendar.draft_discarded", lambda e: f"bỏ bản nháp số {e.particulars['number']}")
        sentences.declare(
            "calendar.published", lambda e: "công bố phiên bản {number} theo {decision}".format(**e.particulars)
        )


def _describe(pks: Iterable[int]) -> Mapping[int, Any]:
    from django.urls import reverse

    from lienthong.calendars.models import WorkCalendar
    from lienthong.kernel.subjects import Described

    rows = WorkCalendar.objects.filter(pk__in=pks).values_list("pk", "name")
    return {pk: Described(name, reverse("calendars:show", args=[pk])) for pk, name in rows}
