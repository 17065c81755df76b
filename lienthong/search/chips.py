"""What an address of search asks for, and the chips that change it: each chip is a link that can be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from lienthong.kernel.subjects import kinds as subject_kinds
from lienthong.organisation.models import Unit
from lienthong.search.queries import Facets
from lienthong.search.sources import states_of

MOST_YEARS = 6
MOST_UNITS = 6
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

    def chips(self, facets: Facets) -> list[ChipGroup]:
        """Return the chips: the kinds, years, states and units that the words have.

        A single choice that is not chosen would change nothing and is left out.
        """
        kinds = [*facets.kinds, *(kind for kind in self.kinds if kind not in facets.kinds)]
        years = sorted({*facets.years, *([self.year] if self.year else [])}, reverse=True)[:MOST_YEARS]
        names = states_of(self.kinds)
        states = [word for word in names if word in facets.states or word == self.state]
        groups = [
            ChipGroup("Loại", [self._kind_chip(kind, facets) for kind in kinds]),
            ChipGroup("Năm", [self._year_chip(year, facets) for year in years]),
            ChipGroup("Tình trạng", [self._state_chip(word, names[word], facets) for word in states]),
            ChipGroup("Đơn vị", self._unit_chips(facets)),
        ]
        return [group for group in groups if len(group.chips) > 1 or any(chip.is_on for chip in group.chips)]

    def _kind_chip(self, kind: str, facets: Facets) -> Chip:
        is_on = kind in self.kinds
        kinds = tuple(k for k in self.kinds if k != kind) if is_on else (*self.kinds, kind)
        name = {known.kind: known.name for known in subject_kinds()}.get(kind, kind)
        return Chip(name, replace(self, kinds=kinds, after=0).url(), is_on, self._tally(facets.kinds.get(kind), facets))

    def _year_chip(self, year: int, facets: Facets) -> Chip:
        is_on = year == self.year
        url = replace(self, year=None if is_on else year, after=0).url()
        return Chip(str(year), url, is_on, self._tally(facets.years.get(year), facets))

    def _state_chip(self, word: str, name: str, facets: Facets) -> Chip:
        is_on = word == self.state
        url = replace(self, state="" if is_on else word, after=0).url()
        return Chip(name, url, is_on, self._tally(facets.states.get(word), facets))

    def _tally(self, count: int | None, facets: Facets) -> str:
        """Return how many a chip has; nothing while another filter holds, or when not all were counted."""
        return "" if count is None or self.is_filtered or facets.is_cut else str(count)

    def _unit_chips(self, facets: Facets) -> list[Chip]:
        wanted = [*([self.unit] if self.unit else []), *(pk for pk in facets.units if pk != self.unit)][:MOST_UNITS]
        units = Unit.objects.in_bulk(wanted) if wanted else {}
        return [self._unit_chip(units[pk], facets) for pk in wanted if pk in units]

    def _unit_chip(self, unit: Unit, facets: Facets) -> Chip:
        is_on = unit.pk == self.unit
        url = replace(self, unit=None if is_on else unit.pk, after=0).url()
        return Chip(unit.short_name, url, is_on, self._tally(facets.units.get(unit.pk), facets))


def _number(text: str, most: int) -> int | None:
    return (
        number if text.isascii() and text.isdigit() and len(text) < 11 and 0 < (number := int(text)) <= most else None
    )
