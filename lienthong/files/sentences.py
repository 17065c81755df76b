"""What the events of attachments say."""

from __future__ import annotations

from lienthong.journal import sentences
from lienthong.journal.models import Event


def _name(event: Event) -> str:
    label, name = event.particulars.get("label"), event.particulars["name"]
    return f"“{label}” ({name})" if label else f"“{name}”"


def declare_all() -> None:
    """Declare the sentence of every kind of event of this app; called from ``ready()``."""
    sentences.declare("attachment.added", lambda event: f"đính kèm tệp {_name(event)}")
    sentences.declare(
        "attachment.replaced", lambda event: f"thay tệp {_name(event)}, bản {event.particulars['version']}"
    )
    sentences.declare("attachment.removed", lambda event: f"gỡ tệp {_name(event)}")
