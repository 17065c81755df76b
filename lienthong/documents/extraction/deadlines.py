"""Deadlines named in the text, each with its unit: "trước ngày 05/01/2012", "chậm nhất 16/12", "trong tháng 5/2026"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lienthong.documents.extraction import units
from lienthong.documents.extraction.page import BODY, Page

_CUE = (
    r"(?:tru[o0][ce]|cham\s+nhat|muon\s+nhat|khong\s+(?:muon|cham|tre)\s+hon|han\s+chot|han\s+(?:cuoi(?:\s+cung)?|chot"
    r"|nop|gui)[^.;\n]{0,40}?(?::|\bla)|han\s+cuoi(?:\s+cung)?|thoi\s+han[^.;\n]{0,40}?(?:\bla|:|\bden)"
    r"|khong\s+qua(?=\s+ngay\s+\d)|(?:gui|nop)[^.;\n]{0,60}?\s(?:vao|den)(?=\s+ngay\s+\d)"
    r"|xong\s+trong|hoan\s+thanh\s+(?:trong|vao)|trong\s+ngay|thoi\s+gian\s+(?:gui|nop|bao\s+cao"
    r"|hoan\s+thanh)[^.;\n]{0,30}?(?::|\bla)"
    r"|(?:gui|nop|nhan|bao\s+cao|hoan\s+thanh|han|thuc\s+hien|dang\s+ky)[^.;\n]{0,60}?\s+den\s+het"
    r"|cham\s+nhat\s+den\s+het)"
)
_DUST = r"(?:\s+[.'‘_]\s+|(?<=\s)[.'‘_]\s+)?"
_FILLER = (
    r"(?:\s*(?:la|vao|den|het|truoc|hoi|luc|khoang|:|\())*\s*(?:\d{1,2}\s*(?:h|g|gio"
    r"|:)\s*(?:\d{2})?\s*(?:phut|['’′])?\s*,?\s*)?"
    r"(?:(?:sang|chieu|thu\s+\w+),?\s*)?(?:\(?thu\s+\w+\)?,?\s*)?"
)
_DAY = r"(?P<day>[0-3o]?[\dol|])"
_MONTH = r"(?P<month>[01o]?[\dol])"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FULL = rf"{_DAY}\s?[/.\-]\s?{_MONTH}\s?[/.\-]\s?{_YEAR}(?!\d)"
_WORDS = rf"{_DAY}\s*thang\s*{_MONTH}(?:\s*(?:nam|/)\s*{_YEAR})?"
_SHORT = rf"{_DAY}\s?[/\-]\s?{_MONTH}(?![/\d\-])"
_DATED = tuple(
    re.compile(rf"\b(?P<cue>{_CUE}){_DUST}(?P<filler>{_FILLER})(?:[nu]gay\s*{_DUST})?(?P<date>{form})")
    for form in (_FULL, _WORDS, _SHORT)
)
_MONTHLY = re.compile(
    rf"\b(?P<cue>truoc|trong|cham\s+nhat|hoan\s+thanh|xong|cuoi|het|den\s+het)\s+(?:trong\s+|vao\s+|cuoi\s+|het\s+)*"
    rf"(?P<date>(?:thang\s*(?P<month>[01]?\d)|quy\s*(?P<quarter>iv|i{{1,3}}|[1-4]))\s*(?:nam|/|-)\s*{_YEAR})"
)
_RELATIVE = re.compile(
    r"\btrong\s+(?:thoi\s+han|vong|thoi\s+gian)\s+(?:toi\s+da\s+"
    r"|khong\s+qua\s+)?(?P<days>\d{1,3})\s*(?:\([^)\n]{2,30}\)\s*)?"
    r"(?:ngay(?:\s+lam\s+viec)?|gio|thang)(?:[ \n]+(?:ke\s+tu|tu|sau)[^.;,\n]{3,60})?"
)
_PERIODIC = re.compile(r"^\s*(?:cua\s+)?(?:hang|moi|dinh ky)\s+(?:thang|quy|nam|tuan)")
_PAST_RULE = re.compile(r"^\s*,?\s*(?:duoc\s+(?:giai quyet|tiep tuc)|thi|ma|nhung|chua|van|da)\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MOST = 400


@dataclass(frozen=True, slots=True)
class NamedDeadline:
    """A deadline as the text names it; ``due`` is None where it is counted from a day that the text does not tell."""

    due: dt.date | None
    phrase: str
    start: int
    end: int
    unit_text: str
    unit_names: tuple[str, ...]


def find(page: Page, issued: dt.date | None) -> list[NamedDeadline]:
    """Return the deadlines named after the heading, in their order; dates without a year follow the document's date."""
    found: list[NamedDeadline] = []
    taken: list[tuple[int, int]] = []
    for start, end, due in _spans(page, issued):
        if any(start < right and left < end for left, right in taken):
            continue
        taken.append((start, end))
        phrase = re.sub(r"\s+", " ", page.text[start:end]).strip()
        unit = units.concerned(page, start)
        found.append(NamedDeadline(due, phrase, start, end, unit, tuple(units.split(unit))))
        if len(found) >= MOST:
            break
    return sorted(found, key=lambda deadline: deadline.start)


def main(page: Page, deadlines: list[NamedDeadline], issued: dt.date | None) -> NamedDeadline | None:
    """Return the deadline to work by: the earliest in the letter itself that is not past on the day of issue."""
    own = [
        deadline for deadline in deadlines if deadline.due and deadline.start < page.end and not _is_period(deadline)
    ]
    coming = [deadline for deadline in own if issued is None or (deadline.due and deadline.due >= issued)]
    return min(coming, key=lambda deadline: (deadline.due or dt.date.max, deadline.start), default=None)


def _is_period(deadline: NamedDeadline) -> bool:
    return deadline.phrase.lower().startswith(("trong", "cuối")) and "ngày" not in deadline.phrase.lower()


def _spans(page: Page, issued: dt.date | None) -> Iterator[tuple[int, int, dt.date | None]]:
    end = min(len(page.text), BODY)
    for pattern in _DATED:
        for match in pattern.finditer(page.plain, page.body, end):
            due = _due(match, issued)
            if due and not _is_rule(page.plain[match.end() : match.end() + 60]) and _is_cued(match):
                yield match.start(), match.end(), due
    for match in _MONTHLY.finditer(page.plain, page.body, end):
        due = _end_of_period(match)
        if due:
            yield match.start(), match.end(), due
    for match in _RELATIVE.finditer(page.plain, page.body, end):
        yield match.start(), match.end(), None


def _is_rule(after: str) -> bool:
    """Tell whether what follows a date makes it no deadline: "… hằng tháng", "… được giải quyết theo quy định cũ"."""
    return bool(_PERIODIC.match(after) or _PAST_RULE.match(after))


def _is_cued(match: re.Match[str]) -> bool:
    """Tell whether "trước" speaks of a date to come: "trước ngày", "trước 16 giờ ngày", "trước 10/5"."""
    return "thu tuong" not in match[0]


def _due(match: re.Match[str], issued: dt.date | None) -> dt.date | None:
    groups = match.groupdict()
    day, month = (int(groups[name].translate(str.maketrans("ol|", "011"))) for name in ("day", "month"))
    if groups.get("year"):
        return _date(int(groups["year"]), month, day)
    if issued is None:
        return None
    due = _date(issued.year, month, day)
    if due and due < issued and (issued - due).days > 90:
        due = _date(issued.year + 1, month, day)
    return due


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _end_of_period(match: re.Match[str]) -> dt.date | None:
    """Return the last day of a month or quarter; "trước tháng 6" is the last day of May."""
    year = int(match["year"])
    month = int(match["month"]) if match["month"] else _QUARTERS[match["quarter"]] * 3
    if not 1 <= month <= 12:
        return None
    if match["cue"] == "truoc":
        first = dt.date(year, month if match["month"] else month - 2, 1)
        return first - dt.timedelta(days=1)
    return dt.date(year, month, calendar.monthrange(year, month)[1])
