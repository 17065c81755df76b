"""What the apps below learn of procedures when the house starts."""

from __future__ import annotations

from lienthong.journal import sentences
from lienthong.journal.models import Event
from lienthong.kernel import rights


def declare() -> None:
    """Declare the right and the sentences of the journal."""
    rights.declare("procedures.administer", "Quản trị thủ tục hành chính")
    sentences.declare("procedure.drafted", lambda event: f"soạn {_version(event)}")
    sentences.declare("procedure.redrafted", lambda event: f"sửa {_version(event)}")
    sentences.declare("procedure.published", lambda event: f"công bố {_version(event)}")
    sentences.declare(
        "competence.set",
        lambda event: f"giao lĩnh vực {event.particulars['sector']} cho {event.particulars['unit']}",
    )


def _version(event: Event) -> str:
    return f"phiên bản {event.particulars['version']} của thủ tục {event.particulars['code']}"
