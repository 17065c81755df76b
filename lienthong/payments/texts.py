"""What people type about money, cleaned; refusals in words."""

from __future__ import annotations

from lienthong.organisation.rules import required, short_enough

LONGEST_PAYER = 300


def payer(text: str) -> str:
    """Return the payer's name, which may be empty."""
    return short_enough(text, what="tên người nộp", field="payer", longest=LONGEST_PAYER)


def reason(text: str, *, what: str) -> str:
    """Return a reason; refuses an empty one."""
    return required(text, what=what, field="reason", longest=500)
