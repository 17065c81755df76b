"""What a version of a procedure says, as frozen values. Pure; ``reading.read`` makes them from a file.

Amounts are whole đồng; limits are those of ``calendars.limits``; dates are local days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lienthong.calendars.limits import Limit
from lienthong.fields.conditions import ALWAYS, Condition
from lienthong.fields.form import Form
from lienthong.fields.formulas import Formula
from lienthong.workflow.flow import Flow

Values = Mapping[str, Any]
Facts = Mapping[str, str]


class Level(StrEnum):
    """Cấp thực hiện: which level decides."""

    COMMUNE = "commune"
    DISTRICT = "district"
    DEPARTMENT = "department"
    PROVINCE = "province"


LEVELS = {
    Level.COMMUNE: "Cấp xã",
    Level.DISTRICT: "Cấp huyện",
    Level.DEPARTMENT: "Sở, ban, ngành",
    Level.PROVINCE: "UBND tỉnh",
}


class Channel(StrEnum):
    """Cách nộp: at the counter, online, by post."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


CHANNELS = {Channel.COUNTER: "Trực tiếp", Channel.ONLINE: "Trực tuyến", Channel.POST: "Bưu chính"}
SUBJECTS = {"citizen": "Công dân", "enterprise": "Doanh nghiệp", "organisation": "Tổ chức"}
ONLINE = {"full": "Toàn trình", "partial": "Một phần", "none": "Chưa nhận trực tuyến"}
APPLICANT = "applicant"
RECEIVING = "receiving"


@dataclass(frozen=True, slots=True)
class Competence:
    """Thẩm quyền: the level that decides, by whose area (the applicant's, a field's, the receiving one's), for what."""

    level: Level
    area: str = APPLICANT
    sector: str = ""

    @property
    def area_field(self) -> str:
        """The address field whose area decides; nothing where none does."""
        return self.area.removeprefix("field:") if self.area.startswith("field:") else ""


@dataclass(frozen=True, slots=True)
class SupplementRule:
    """Bổ sung, xin lỗi: how often a supplement may be asked for and how long it is waited for; how many apologies."""

    rounds: int = 1
    answer_within: Limit | None = None
    apologies: int = 1


@dataclass(frozen=True, slots=True)
class LimitRule:
    """Thời hạn giải quyết: for some channels or cases (none named: for all); ``limit`` None = not laid down."""

    limit: Limit | None
    channels: tuple[Channel, ...] = ()
    when: Condition = ALWAYS
    note: str = ""

    def fits(self, channel: str, values: Values, facts: Facts) -> bool:
        """Tell whether it is the one for a case."""
        return (not self.channels or channel in self.channels) and self.when.holds(values, facts)

    @property
    def is_general(self) -> bool:
        """Whether it fits every case."""
        return not self.channels and self.when == ALWAYS


@dataclass(frozen=True, slots=True)
class Fee:
    """Phí, lệ phí: fixed, by a formula over the form, by a table over a choice, or as the people's council has it."""

    key: str
    name: str
    kind: str
    amount: int = 0
    formula: Formula | None = None
    by: str = ""
    amounts: Mapping[str, int] = field(default_factory=dict)
    council: str = ""
    when: Condition = ALWAYS
    free_when: Condition | None = None
    free_reason: str = ""
    due: str = "at_receipt"
    source: str = ""
    verified: bool = False

    def amount_for(self, values: Values, facts: Facts) -> int:
        """Return what is to be paid."""
        if self.free_when is not None and self.free_when.holds(values, facts):
            return 0
        if self.formula is not None:
            return self.formula.value(values)
        return self.amounts.get(str(values.get(self.by)), self.amount) if self.by else self.amount


@dataclass(frozen=True, slots=True)
class DueFee:
    """A fee as it falls on one case."""

    key: str
    name: str
    amount: int
    due: str
    note: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Component:
    """Thành phần hồ sơ: a paper that belongs to the case, how many of it, and when."""

    key: str
    name: str
    form: str = ""
    originals: int = 0
    copies: int = 0
    required: bool = True
    when: Condition = ALWAYS
    from_form: bool = False
    reuse: str = ""
    note: str = ""

    @property
    def count(self) -> str:
        """How many are asked for: "01 bản chính, 01 bản sao"."""
        parts = [f"{number:02} {what}" for number, what in ((self.originals, "bản chính"), (self.copies, "bản sao"))
                 if number]  # fmt: skip
        return ", ".join(parts) or "bản điện tử"


@dataclass(frozen=True, slots=True)
class Result:
    """Kết quả: a paper that comes of it, as what it is drafted, into which register it goes."""

    key: str
    name: str
    code: str = ""
    document_type: str = ""
    template: str = ""
    register: str = ""
    is_paper: bool = True
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Link:
    """Thủ tục liên thông: another procedure that is opened with this one, or after it.

    What both ask for under one key is carried over; ``carries`` maps further keys of the other to keys of this one
    (dotted for a part of a person), ``says`` what follows from the link itself.
    """

    procedure: str
    name: str
    opens: str = "with"
    needs: tuple[str, ...] = ()
    when: Condition = ALWAYS
    carries: Mapping[str, str] = field(default_factory=dict)
    says: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Definition:
    """Thủ tục: one version, whole. ``valid_to`` is the first day on which it no longer holds."""

    code: str
    version: int
    valid_from: dt.date
    valid_to: dt.date | None
    name: str
    sector: str
    subjects: tuple[str, ...]
    keywords: tuple[str, ...]
    summary: str
    source: str
    verified: bool
    online: str
    conditions: tuple[str, ...]
    legal_basis: tuple[str, ...]
    local_codes: tuple[str, ...]
    competence: Competence
    supplement: SupplementRule
    limits: tuple[LimitRule, ...]
    fees: tuple[Fee, ...]
    components: tuple[Component, ...]
    form: Form
    flow: Flow
    results: tuple[Result, ...]
    links: tuple[Link, ...]

    @property
    def deciding(self) -> frozenset[str]:
        """The fields on which limits, fees and papers depend: when one changes, they are told anew."""
        conditions = [rule.when for rule in self.limits] + [one.when for one in self.components]
        names = set[str]()
        for fee in self.fees:
            conditions += [fee.when, *([fee.free_when] if fee.free_when is not None else [])]
            names |= {fee.by} if fee.by else set()
            names |= fee.formula.names if fee.formula is not None else set()
        return frozenset(names | {key.partition(".")[0] for one in conditions for key in one.fields()})

    def limit_for(self, channel: str, values: Values, facts: Facts) -> LimitRule:
        """Return the rule by which a case is limited: the first that fits (the last always does)."""
        return next(rule for rule in self.limits if rule.fits(channel, values, facts))

    def fees_for(self, values: Values, facts: Facts) -> list[DueFee]:
        """Return what falls on a case, in the order of the file; what is free stands there with 0 and why."""
        return [
            DueFee(fee.key, fee.name, amount, fee.due, fee.free_reason if not amount else fee.council, fee.verified)
            for fee in self.fees
            if fee.when.holds(values, facts)
            for amount in (fee.amount_for(values, facts),)
        ]

    def papers_for(self, values: Values, facts: Facts) -> list[Component]:
        """Return the papers that belong to a case."""
        return [one for one in self.components if one.when.holds(values, facts)]

    def results_for(self, values: Values, facts: Facts) -> list[Result]:
        """Return the papers that come of a case."""
        return [one for one in self.results if one.when.holds(values, facts)]

    def links_for(self, values: Values, facts: Facts) -> list[Link]:
        """Return the procedures to open with a case, or after it."""
        return [one for one in self.links if one.when.holds(values, facts)]
