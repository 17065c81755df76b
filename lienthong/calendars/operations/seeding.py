"""Seeding the common calendar from ``data/calendar``, again and again with the same result."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any

import holidays
from django.conf import settings
from django.db import transaction

from lienthong.calendars.models import PROVINCE, CalendarDay, CalendarHours, CalendarVersion, WorkCalendar
from lienthong.calendars.operations.versions import copy_of_present, publish
from lienthong.calendars.working_time import FIRST_DAY

YEARS_AHEAD = 2
DECISION = "Dữ liệu lịch kèm phần mềm"
EXPECTED = f"Dự kiến theo thư viện holidays {version_of('holidays')}, chờ thông báo của cơ quan có thẩm quyền"


@dataclass(frozen=True, slots=True)
class SeedDay:
    """A day as a data file (or the library, for years without a file) gives it."""

    date: dt.date
    kind: str
    name: str
    source: str
    verified: bool
    replaces: dt.date | None = None


def data_directory() -> Path:
    """Return where the calendars of the years lie."""
    return Path(settings.BASE_DIR) / "data" / "calendar"


def seed_days() -> list[SeedDay]:
    """Return every day of the data files, and what the library expects of the years after them."""
    days: list[SeedDay] = []
    for file in sorted(data_directory().glob("[0-9]*.toml")):
        days += [SeedDay(**entry) for entry in _read(file)["days"]]
    last = max(day.date.year for day in days)
    return days + list(expected_days(range(last + 1, last + 1 + YEARS_AHEAD)))


def expected_days(years: range) -> Iterator[SeedDay]:
    """Yield what the ``holidays`` library expects of some years: weekdays off, and weekends that are worked."""
    library = holidays.country_holidays("VN", years=years, language="vi")
    for day, name in sorted(library.items()):
        if day.year in years and day.weekday() < 5:
            yield SeedDay(day, CalendarDay.Kind.HOLIDAY.value, name, EXPECTED, verified=False)
    for day in sorted(library.weekend_workdays):
        if day.year in years:
            yield SeedDay(day, CalendarDay.Kind.MAKEUP.value, "Làm bù", EXPECTED, verified=False)


@transaction.atomic
def seed(*, at: dt.datetime) -> CalendarVersion | None:
    """Make the common calendar, or bring it up to the data files; None when it says all that already.

    What was written on screen wins over the files, day by day; while somebody works on a draft, nothing is loaded.
    """
    row, _ = WorkCalendar.objects.get_or_create(name=PROVINCE, defaults={"unit": None, "valid_from": FIRST_DAY})
    locked = (
        WorkCalendar.objects.select_for_update(of=("self",)).select_related("current", "base__current").get(pk=row.pk)
    )
    if locked.current and CalendarVersion.objects.filter(calendar=locked, published_at=None).exists():
        return None
    wanted = {day.date: day for day in seed_days()}
    if locked.current is not None:
        present = list(locked.current.days.all())
        by_hand = {day.date for day in present if day.origin == CalendarDay.Origin.SCREEN}
        wanted = {date: day for date, day in wanted.items() if date not in by_hand}
        if wanted == {day.date: _as_seed(day) for day in present if day.origin == CalendarDay.Origin.DATA}:
            return None
    version = copy_of_present(locked, at=at)
    version.days.filter(origin=CalendarDay.Origin.DATA).delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(
            version=version,
            date=day.date,
            kind=day.kind,
            name=day.name,
            source=day.source,
            verified=day.verified,
            replaces=day.replaces,
            origin=CalendarDay.Origin.DATA,
        )
        for day in wanted.values()
    )
    if not version.hours.exists():
        CalendarHours.objects.bulk_create(
            CalendarHours(version=version, **entry) for entry in _read(data_directory() / "hours.toml")["hours"]
        )
    publish(version, decision=DECISION, actor=None, at=at)
    return version


def _as_seed(day: CalendarDay) -> SeedDay:
    return SeedDay(day.date, day.kind, day.name, day.source, day.verified, day.replaces)


def _read(file: Path) -> dict[str, Any]:
    with file.open("rb") as handle:
        return tomllib.load(handle)
