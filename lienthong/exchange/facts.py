"""What partners are told and what they tell, in our own words; each adapter turns it into its own. Pure.

Moments are aware; ``None`` means that it has not happened. Text is as people read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fee:
    """Khoản thu: one fee of a case, in whole đồng."""

    key: str
    name: str
    amount: int
    is_charge: bool = False
    """Phí (a charge for a service), not lệ phí (a duty)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Lần yêu cầu bổ sung: what was asked for and what came."""

    number: int
    by: str
    text: str
    at: dt.datetime
    answered_at: dt.datetime | None = None
    answered_to: str = ""
    answer: str = ""
    papers: tuple[str, ...] = ()
    promised_before: dt.datetime | None = None
    promised_after: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Giấy tờ: one paper of a case, or one that comes of it; ``address``: where its file may be fetched."""

    key: str
    name: str
    number: str = ""
    copies: int = 1
    address: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Hồ sơ ở một trạng thái: all that a partner may be told of a case when its national status changes (1–10)."""

    code: str
    procedure_code: str
    procedure: str
    sector_code: str
    sector: str
    applicant: str
    is_citizen: bool
    phone: str
    email: str
    abstract: str
    unit: str
    status: int
    by_post: bool = False
    received_at: dt.datetime | None = None
    promised_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None
    handed_over_at: dt.datetime | None = None
    handed_over_to: str = ""
    note: str = ""
    fees: tuple[Fee, ...] = ()
    asked: tuple[Asked, ...] = ()
    papers: tuple[Paper, ...] = ()
    results: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class StepFacts:
    """Bàn giao: who put a case before whom, and by when that step must be done."""

    code: str
    officer: str
    title: str
    unit: str
    said: str
    status: int
    at: dt.datetime
    begun_at: dt.datetime | None = None
    due_at: dt.datetime | None = None


Facts = CaseFacts | StepFacts


@dataclass(frozen=True, slots=True)
class Submission:
    """Hồ sơ nộp ở hệ thống bạn: what an applicant handed in over there, for a unit of ours."""

    their_id: str
    unit_code: str
    procedure_code: str
    applicant: str
    is_citizen: bool
    identity: str
    phone: str
    email: str
    abstract: str
    by_post: bool = False
    values: Mapping[str, Any] = field(default_factory=dict)
    papers: tuple[Paper, ...] = ()
    """``number`` is where the file lies over there."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """Rút hồ sơ ở hệ thống bạn: the applicant took back over there what they had handed in there."""

    their_id: str
    reason: str


Arrived = Submission | TakenBack
