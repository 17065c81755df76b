"""What happened to entries, in words for a timeline."""

from __future__ import annotations

from lienthong.journal.models import Event
from lienthong.journal.sentences import declare


def declare_sentences() -> None:
    """Declare the sentence of each kind."""
    declare("register.entered", lambda e: "vào {register}, số {symbol}".format(**e.particulars))
    declare("register.corrected", _corrected)
    declare("register.paper_changed", lambda e: "sổ ghi số giấy tờ mới {paper}, mục {symbol}".format(**e.particulars))
    declare("register.revoked", lambda e: f"thu hồi mục {e.particulars['symbol']} trong sổ{_basis(e)}: {_why(e)}")
    declare("register.voided", lambda e: f"hủy mục {e.particulars['symbol']} trong sổ: {_why(e)}")


def _why(event: Event) -> str:
    return str(event.particulars["reason"])


def _basis(event: Event) -> str:
    return f" theo {event.particulars['basis']}" if event.particulars.get("basis") else ""


def _corrected(event: Event) -> str:
    told = event.particulars
    said = "; ".join(f"{label} từ “{before}” thành “{after}”" for label, before, after in told["changes"])
    return f"cải chính mục {told['symbol']}: {said} ({told['reason']})"
