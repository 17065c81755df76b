"""The state of an issued document, the only thing about it that changes."""

from __future__ import annotations

from lienthong.outgoing.models import OutgoingDocument
from lienthong.search.operations import set_state


def mark(document: OutgoingDocument, state: str) -> None:
    """Let a locked document enter a state: the row, the shadows of its readers and the search index."""
    document.state = state
    document.save(update_fields=["state"])
    document.readers.update(state=state)
    set_state(document.subject, state)
