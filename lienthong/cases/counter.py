"""What stands on the counter's form: the applicant, what was typed, papers, the fees and the promise that follow."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict

from lienthong.applicants.models import Applicant
from lienthong.applicants.queries import as_values
from lienthong.calendars import clock
from lienthong.calendars.queries import working_calendar
from lienthong.cases import places
from lienthong.cases.lookups import Known
from lienthong.cases.models import Case
from lienthong.cases.operations import Given
from lienthong.fields import posting
from lienthong.fields.drawing import Drawn, drawn
from lienthong.fields.kind import Context
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import Unit
from lienthong.procedures.definition import Component, Definition, DueFee
from lienthong.procedures.models import ProcedureVersion

MOST_COPIES = 99


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """One paper that the procedure asks for, with what was ticked for it."""

    component: Component
    given: Given
    files: tuple[int, ...] = ()


@dataclass
class Filled:
    """A form at the counter as it stands now. Pure but for looking up units, calendars and files."""

    version: ProcedureVersion
    desk: Unit
    at: dt.datetime
    applicant: Applicant | None = None
    kind: str = Applicant.Kind.CITIZEN
    channel: str = Case.Channel.COUNTER
    raw: Mapping[str, Any] = field(default_factory=dict)
    ticked: Mapping[str, PaperAsked] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    lookups: Known = field(default_factory=Known)

    @property
    def definition(self) -> Definition:
        """What the version says."""
        return self.version.definition

    @property
    def facts(self) -> dict[str, str]:
        """What conditions may ask of the case itself."""
        kind = self.applicant.kind if self.applicant else self.kind
        return {"channel": self.channel, "subject": kind, "case_kind": ""}

    @cached_property
    def context(self) -> Context:
        """In which the form is checked."""
        return Context(local_date(self.at), self.facts, self.lookups)

    @cached_property
    def values(self) -> dict[str, Any]:
        """What was said so far, canonical where it is understood."""
        return self.definition.form.check(self.raw, context=self.context, whole=False).values

    @property
    def fields(self) -> list[Drawn]:
        """The fields to draw; those on which limits, fees and papers depend say so."""
        made = drawn(self.definition.form, self.values, problems=self.problems, context=self.context)
        deciding = self.definition.deciding
        for one in made:
            one.decides = one.decides or one.path in deciding
        return made

    @property
    def papers(self) -> list[PaperAsked]:
        """The papers asked for now, with what was ticked."""
        asked = self.definition.papers_for(self.values, self.facts)
        return [self.ticked.get(one.key) or PaperAsked(one, Given()) for one in asked]

    @property
    def fees(self) -> list[DueFee]:
        """What there is to pay."""
        return self.definition.fees_for(self.values, self.facts)

    @property
    def total(self) -> int:
        """The whole of the fees, in đồng."""
        return sum(fee.amount for fee in self.fees)

    @cached_property
    def competent(self) -> Unit | None:
        """The agency that will decide; None while it cannot be told."""
        area = places.area_of(self.definition, self.values, self.applicant.commune_code if self.applicant else "")
        try:
            return places.competent_agency(
                self.definition, area=area, receiving=self.desk.agency or self.desk, on=local_date(self.at)
            )
        except Refusal:
            return None

    @property
    def limit(self) -> str:
        """The limit in words."""
        rule = self.definition.limit_for(self.channel, self.values, self.facts)
        return str(rule.limit) if rule.limit else "không quy định"

    @property
    def promise(self) -> dt.datetime | None:
        """By when it would be done if it were received now; None without a limit or while nobody is competent yet."""
        rule = self.definition.limit_for(self.channel, self.values, self.facts)
        if rule.limit is None or self.competent is None:
            return None
        calendar = working_calendar(self.competent, local_date(self.at))
        return clock.due(calendar, rule.limit, [clock.Event(clock.EventKind.START, self.at)])


def filled_from(post: QueryDict, version: ProcedureVersion, desk: Unit, at: dt.datetime, **known: Any) -> Filled:
    """Read a posted form, whatever of it is there."""
    raw = posting.values_from(version.definition.form, post)
    applicant = known.get("applicant")
    if applicant is not None and (path := post.get("fill", "")) in raw:
        raw[path] = as_values(applicant)
    channel = post.get("channel", "")
    return Filled(
        version, desk, at, raw=raw, ticked=_ticked(version.definition, post),
        channel=channel if channel in Case.Channel.values else Case.Channel.COUNTER, **known,
    )  # fmt: skip


def _ticked(definition: Definition, post: QueryDict) -> dict[str, PaperAsked]:
    return {one.key: _given(one, post) for one in definition.components}


def _given(one: Component, post: QueryDict) -> PaperAsked:
    name = f"paper.{one.key}"
    files = tuple(int(key) for key in post.getlist(f"{name}.files") if key.isdecimal() and len(key) < 18)
    ticked = f"{name}.there" in post
    originals = _count(post.get(f"{name}.originals", "")) if ticked else 0
    copies = _count(post.get(f"{name}.copies", "")) if ticked else 0
    if ticked and not (originals or copies):
        originals, copies = (one.originals, one.copies) if one.originals or one.copies else (1, 0)
    return PaperAsked(one, Given(originals, copies, bool(files), post.get(f"{name}.note", "").strip()), files)


def _count(text: str) -> int:
    return min(int(text), MOST_COPIES) if text.isdecimal() and len(text) < 6 else 0


def new_key(text: str) -> uuid.UUID:
    """Return the key of a page as it was posted, or a fresh one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
