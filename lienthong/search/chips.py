"""What an address of search asks for, and the chips that change it: each chip is a link that can be sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from lienthong.kernel.subjects import kinds as subject_kinds
from lienthong.organisation.models import Unit
from lienthong.search.sources import states_of

YEARS_BACK = 4
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Chip(NamedTuple):
    """A choice: what it says, where it leads, whether it is chosen, and how many it has."""

    label: str
    url: str
    is_on: bool
    tally: str = ""


class ChipGroup(NamedTuple):
    """Choices of one kind."""

    label: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class Asked:
    """The words and filters of an address. What does not parse is left out: an old link still opens."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    unit: int | None = None
    year: int | None = None
    state: str = ""
    after: int = 0

    @classmethod
    def read(cls, parameters: QueryDict) -> Asked:
        """Read the parameters of an address."""
        return cls(
            text=_CONTROLS.sub(" ", parameters.get("q", ""))[:300],
            kinds=tuple(kind for kind in parameters.getlist("kind") if kind.isidentifier())[:20],
            unit=_number(parameters.get("unit", ""), 2**31),
            year=_number(parameters.get("year", ""), 9999),
            state=parameters.get("state", "")[:30],
            after=_number(parameters.get("after", ""), 500) or 0,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether a filter narrows the words."""
        return bool(self.kinds or self.unit or self.year or self.state)

    def url(self) -> str:
        """Return the address that asks this."""
        pairs: list[tuple[str, object]] = [("q", self.text), *(("kind", kind) for kind in self.kinds)]
        pairs += [("unit", self.unit), ("year", self.year), ("state", self.state), ("after", self.after)]
        return f"{reverse('search:find')}?{urlencode([(name, value) for name, value in pairs if value])}"

    def without_filters(self) -> str:
        """Return the address of the words alone."""
        return Asked(self.text).url()

    def with_text(self, text: str) -> str:
        """Return the address of other words with the same filters."""
        return replace(self, text=text, after=0).url()

    def next(self, shown: int) -> str:
        """Return the address of the page after the ``shown`` hits of this one."""
        return replace(self, after=self.after + shown).url()

    def previous(self, size: int) -> str:
        """Return the address of the page before."""
        return replace(self, after=max(self.after - size, 0)).url()

    def chips(self, facets: Mapping[str, int], this_year: int) -> list[ChipGroup]:
        """Return the chips: kinds with their counts, years, states, and the unit when one is chosen."""
        groups = [
            ChipGroup("Loại", self._kind_chips(facets)),
            ChipGroup("Năm", [self._year_chip(year) for year in self._years(this_year)]),
            ChipGroup("Tình trạng", [self._state_chip(word, name) for word, name in states_of(self.kinds).items()]),
            ChipGroup("Đơn vị", self._unit_chips()),
        ]
        return [group for group in groups if group.chips]

    def _kind_chips(self, facets: Mapping[str, int]) -> list[Chip]:
        names = {kind.kind: kind.name for kind in subject_kinds()}
        words = [*facets, *(kind for kind in self.kinds if kind not in facets)]
        return [
            Chip(names.get(kind, kind), self._toggled(kind), kind in self.kinds, _count(facets, kind)) for kind in words
        ]

    def _toggled(self, kind: str) -> str:
        kinds = tuple(k for k in self.kinds if k != kind) if kind in self.kinds else (*self.kinds, kind)
        return replace(self, kinds=kinds, after=0).url()

    def _years(self, this_year: int) -> list[int]:
        years = set(range(this_year, this_year - YEARS_BACK, -1)) | ({self.year} if self.year else set())
        return sorted(years, reverse=True)

    def _year_chip(self, year: int) -> Chip:
        is_on = year == self.year
        return Chip(str(year), replace(self, year=None if is_on else year, after=0).url(), is_on)

    def _state_chip(self, word: str, name: str) -> Chip:
        is_on = word == self.state
        return Chip(name, replace(self, state="" if is_on else word, after=0).url(), is_on)

    def _unit_chips(self) -> list[Chip]:
        unit = Unit.objects.filter(pk=self.unit).first() if self.unit else None
        return [Chip(unit.name, replace(self, unit=None, after=0).url(), is_on=True)] if unit else []


def _count(facets: Mapping[str, int], kind: str) -> str:
    if kind not in facets:
        return ""
    return f"{facets[kind]}+" if sum(facets.values()) >= 1000 else str(facets[kind])


def _number(text: str, most: int) -> int | None:
    return (
        number if text.isascii() and text.isdigit() and len(text) < 11 and 0 < (number := int(text)) <= most else None
    )
