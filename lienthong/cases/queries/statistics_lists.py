"""The cases behind a figure: as many rows as the figure says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate

from lienthong.cases.models import Case, Rating
from lienthong.cases.queries.statistics import open_at, overdue_at
from lienthong.cases.queries.statistics_counts import Slice
from lienthong.cases.scales import scale_on
from lienthong.kernel.clock import VIETNAM, local_date
from lienthong.organisation.actor import Actor

PAGE = 25
MEASURES = {
    "had": "Phải giải quyết",
    "received": "Tiếp nhận trong kỳ",
    "online": "Tiếp nhận trực tuyến",
    "otherwise": "Tiếp nhận trực tiếp, bưu chính",
    "carried": "Từ kỳ trước chuyển sang",
    "solved": "Đã giải quyết",
    "early": "Giải quyết trước hạn",
    "on_time": "Giải quyết đúng hạn",
    "late": "Giải quyết quá hạn",
    "open": "Đang giải quyết",
    "in_time": "Đang giải quyết, trong hạn",
    "overdue": "Đang giải quyết, quá hạn",
    "paused": "Đang dừng tính hạn",
    "stopped": "Dừng xử lý, từ chối",
    "withdrawn": "Rút hồ sơ",
    "handed_over": "Đã trả kết quả",
    "rated": "Có đánh giá của người nộp",
    "satisfied": "Đánh giá hài lòng",
    "unsatisfied": "Đánh giá không hài lòng",
}
BEHIND = {"satisfaction": "rated", "rated": "rated"}
"""Which list stands behind a share."""
_LATE = Q(rounds__gt=1) | Q(finished_at__gt=F("promised_at"))
_EARLY = Q(finished_day__lt=F("promised_day"))
SHOWN = ("procedure", "applicant", "holder_unit", "competent_agency", "rating")


@dataclass(frozen=True, slots=True)
class Row:
    """A case of the list; ``may_open``: whether the reader may see whose it is and open it.

    ``rating``: how its applicant was served, in words, with the reasons where the reader may open it.
    """

    case: Case
    may_open: bool
    rating: str = ""


def cases_of(measure: str, slice: Slice, *, at: dt.datetime) -> QuerySet[Case]:  # noqa: A002 - the word of statistics
    """Return the cases that a figure of a slice counts."""
    rows = Case.objects.filter(slice.narrowing("competent_agency"))
    if measure in ("early", "on_time"):
        days = {f"{name}_day": TruncDate(f"{name}_at", tzinfo=VIETNAM) for name in ("finished", "promised")}
        rows = rows.annotate(**days)
    return rows.filter(_condition(measure, slice, at))


def _condition(measure: str, slice: Slice, at: dt.datetime) -> Q:  # noqa: A002 - as above
    begin, end = slice.begin, slice.end
    received, finished = _within("received_at", slice), _within("finished_at", slice)
    ended = _within("ended_at", slice) & Q(received_at__isnull=False)
    standing = open_at(end, at)
    before = Q(received_at__lt=begin) & _not_closed_before(begin)
    return {
        "had": Q(received_at__lt=end) & _not_closed_before(begin),
        "received": received,
        "online": received & Q(channel=Case.Channel.ONLINE),
        "otherwise": received & ~Q(channel=Case.Channel.ONLINE),
        "carried": before,
        "solved": finished,
        "early": finished & ~_LATE & _EARLY,
        "on_time": finished & ~_LATE & ~_EARLY,
        "late": finished & _LATE,
        "open": standing,
        "in_time": standing & ~overdue_at(end, at),
        "overdue": standing & overdue_at(end, at),
        "paused": standing & Q(paused_at__lt=min(end, at)),
        "stopped": ended & Q(status=Case.Status.STOPPED),
        "withdrawn": ended & Q(status=Case.Status.WITHDRAWN),
        "handed_over": _within("handed_over_at", slice) & Q(status=Case.Status.HANDED_OVER),
        "rated": _within("rating__at", slice),
        "satisfied": _within("rating__at", slice) & Q(rating__satisfied=True),
        "unsatisfied": _within("rating__at", slice) & Q(rating__satisfied=False),
    }[measure]


def _within(column: str, slice: Slice) -> Q:  # noqa: A002 - as above
    return Q(**{f"{column}__gte": slice.begin, f"{column}__lt": slice.end})


def _not_closed_before(moment: dt.datetime) -> Q:
    running = Q(finished_at=None, ended_at=None)
    return running | Q(finished_at__gte=moment) | Q(finished_at=None, ended_at__gte=moment)


def rows_of(actor: Actor, found: QuerySet[Case], *, after: int = 0) -> tuple[list[Row], int]:
    """Return a page, newest first, and the key after which the next one begins (0: no more). Two queries.

    Cases that are not open to the reader stand there without their applicant: the figure counts them, and says no more.
    """
    rows = found.filter(pk__lt=after) if after else found
    shown = list(rows.order_by("-pk").select_related(*SHOWN).defer("values")[: PAGE + 1])
    page = shown[:PAGE]
    mine = set(Case.objects.visible_to(actor).filter(pk__in=[case.pk for case in page]).values_list("pk", flat=True))
    return [_row(case, may_open=case.pk in mine) for case in page], page[-1].pk if len(shown) > PAGE else 0


def _row(case: Case, *, may_open: bool) -> Row:
    """Return a line; of a rating the level for all who may read the figure, reasons for those who may open the case."""
    rating: Rating | None = getattr(case, "rating", None)
    if rating is None:
        return Row(case, may_open)
    scale = scale_on(local_date(rating.at))
    reasons = scale.names_of(rating.reasons) if may_open else []
    return Row(case, may_open, ": ".join(filter(None, [scale.name_of(rating.level), ", ".join(reasons)])))
