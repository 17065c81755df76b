"""A draft as it stands now: the form drawn, the papers asked for, fees, limit and desk that follow, what is missing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lienthong.calendars.queries import working_calendar
from lienthong.cases.cut_offs import counting_said
from lienthong.cases.lookups import Known
from lienthong.fields.drawing import Drawn, drawn
from lienthong.fields.form import Row
from lienthong.fields.kind import Context
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.online import whose
from lienthong.online.desks import Choice, choice_for
from lienthong.online.models import Filling, FillingFile
from lienthong.organisation.models import Unit
from lienthong.procedures.definition import Component, Definition, DueFee

ONLINE = ("full", "partial")


@dataclass(slots=True)
class Paper:
    """One paper that is asked for, with the files that were sent for it and those that may be used again."""

    key: str
    name: str
    note: str = ""
    required: bool = True
    from_form: bool = False
    reuse: str = ""
    files: list[FillingFile] = field(default_factory=list)
    offered: list[FillingFile] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        """Whether it must be there and is not."""
        return self.required and not self.from_form and not self.files


class Standing:
    """One look at a draft. Looks up communes, files and units; writes nothing."""

    def __init__(self, filling: Filling, at: dt.datetime) -> None:
        self.filling, self.at, self.on = filling, at, local_date(at)
        self.version = filling.version
        self.definition: Definition = filling.version.definition
        self.kind = whose.kind_of(filling.acting, self.definition.subjects)
        self.facts = {"channel": "online", "subject": self.kind, "case_kind": ""}

    @property
    def whom(self) -> dict[str, str]:
        """What was typed of whom the case is for."""
        return dict(self.filling.who.get("a", {}))

    @property
    def submitter(self) -> dict[str, str]:
        """What was typed of who hands it in, where that is somebody else."""
        return {} if self.filling.acting == Filling.Acting.SELF else dict(self.filling.who.get("m", {}))

    @cached_property
    def context(self) -> Context:
        """In which the form is checked: the account knows its own files."""
        return Context(self.on, self.facts, Known(account=self.filling.citizen.user))

    @cached_property
    def values(self) -> dict[str, Any]:
        """What was said, canonical where it is understood."""
        return self.definition.form.check(self.filling.values, context=self.context, whole=False).values

    def problems(self, *, whole: bool) -> dict[str, str]:
        """Return what is wrong with the form; ``whole``: what is missing too."""
        return dict(self.definition.form.check(self.filling.values, context=self.context, whole=whole).problems)

    def fields(self, problems: Mapping[str, str] | None = None) -> list[Drawn]:
        """Return the fields to draw; those on which limits, fees and papers depend say so."""
        made = drawn(self.definition.form, self.values, problems=problems, context=self.context)
        for one in made:
            one.decides = one.decides or one.path in self.definition.deciding
        return made

    @property
    def said(self) -> list[Row]:
        """What was said, to be looked over."""
        return self.definition.form.shown(self.values, context=self.context)

    @cached_property
    def files(self) -> list[FillingFile]:
        """The files that were sent, in their order (one query)."""
        return list(self.filling.files.select_related("file__blob").order_by("paper", "order", "pk"))

    @cached_property
    def papers(self) -> list[Paper]:
        """The papers asked for now, with their files; the paper of authority where somebody acts for another."""
        sent: dict[str, list[FillingFile]] = defaultdict(list)
        for one in self.files:
            sent[one.paper].append(one)
        papers = [self._paper(one) for one in self.definition.papers_for(self.values, self.facts)]
        if self.filling.acting == Filling.Acting.OTHER:
            papers.append(Paper(whose.AUTHORITY, whose.AUTHORITY_NAME))
        for paper in papers:
            paper.files = sent.pop(paper.key, [])
        self.homeless = [file for files in sent.values() for file in files]
        return papers

    homeless: list[FillingFile] = []

    def _paper(self, one: Component) -> Paper:
        note = " · ".join(filter(None, [one.form, one.note]))
        return Paper(one.key, one.name, note, one.required, one.from_form, one.reuse)

    @property
    def missing(self) -> list[str]:
        """The names of papers that must be there and are not."""
        return [paper.name for paper in self.papers if paper.is_missing]

    @property
    def fees(self) -> list[DueFee]:
        """What there will be to pay."""
        return self.definition.fees_for(self.values, self.facts)

    @property
    def total(self) -> int:
        """The whole of the fees, in đồng."""
        return sum(fee.amount for fee in self.fees)

    @property
    def limit(self) -> str:
        """The limit in words."""
        rule = self.definition.limit_for("online", self.values, self.facts)
        return str(rule.limit) if rule.limit else "không quy định"

    def choice(self) -> Choice:
        """Return the desks among which the citizen may choose; refuses where none may take it in."""
        return self._choice

    @cached_property
    def _choice(self) -> Choice:
        return choice_for(self.definition, self.values, self.whom.get("commune_code", ""), self.on)

    def desk(self) -> Unit:
        """Return the desk that will take it in: the chosen one while it may, else that of who decides. Refuses none."""
        return self.choice().chosen(self.filling.desk_id)

    @cached_property
    def where(self) -> tuple[str, str]:
        """The name of the desk, and "", or "" and why there is none."""
        try:
            return self.desk().name, ""
        except Refusal as refusal:
            return "", refusal.message

    @property
    def counting(self) -> str:
        """From when it would count if it were handed in now, in words; empty where that is now (one query)."""
        if not self.where[0]:
            return ""
        desk = self.desk()
        return counting_said(working_calendar(desk.agency or desk, self.on), self.at, "online")

    @property
    def commune_words(self) -> dict[str, str]:
        """The names of the communes that were picked, by "a" and "m"."""
        found = {}
        for prefix in ("a", "m"):
            code = self.filling.who.get(prefix, {}).get("commune_code", "")
            found[prefix] = (self.context.lookups.commune(code, self.on) or "") if code else ""
        return found
