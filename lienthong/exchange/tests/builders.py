"""Messages for tests, told as an app above would."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db import transaction

from lienthong.exchange.facts import CaseFacts, StepFacts
from lienthong.exchange.operations import announce, deliver_due, told_last
from lienthong.kernel.subjects import Subject
from tests.cast import AT

MINUTE = dt.timedelta(minutes=1)
FACTS = CaseFacts(
    code="H11.30.05-140310-0001", procedure_code="1.001193", procedure="Đăng ký khai sinh", sector_code="ho-tich",
    sector="Hộ tịch", applicant="Trần Văn Nam", is_citizen=True, phone="0918123456", email="", abstract="Khai sinh",
    unit="UBND xã Chí Công", status=2, received_at=AT, promised_at=AT + 60 * MINUTE,
)  # fmt: skip
STEP = StepFacts(
    code=FACTS.code, officer="Đinh Công Tráng", title="Chủ tịch", unit="UBND xã Chí Công", said="Chuyển “Ký”",
    status=4, at=AT, begun_at=AT, due_at=AT + 60 * MINUTE,
)  # fmt: skip


def code(number: int) -> str:
    """Return the code of a case of tests."""
    return f"H11.30.05-140310-{number:04}"


def tell(number: int = 1, status: int = 2, *, at: dt.datetime = AT, **changes: object) -> int:
    """Tell a status of a case by its number; returns how many messages were queued."""
    subject = Subject("case", number)
    facts = replace(FACTS, code=code(number), status=status, **changes)  # type: ignore[arg-type]  # short for tests
    with transaction.atomic():
        return announce(subject, [("case", str(status), facts)], before=told_last(subject, "case"), at=at)


def hand(number: int = 1, *, at: dt.datetime = AT) -> int:
    """Tell a hand-over of a case."""
    with transaction.atomic():
        return announce(
            Subject("case", number), [("case_step", str(at), replace(STEP, code=code(number), at=at))], before={}, at=at
        )


def run(at: dt.datetime = AT) -> int:
    """Send what is due."""
    return deliver_due(clock=lambda: at)
