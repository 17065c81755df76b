"""What happened to a draft or an outgoing document, in words for its timeline."""

from __future__ import annotations

from lienthong.journal.models import Event
from lienthong.journal.sentences import declare


def declare_sentences() -> None:
    """Declare the sentence of every kind of event that this app records."""
    declare("draft.begun", lambda e: f"bắt đầu soạn {e.particulars['type']}: “{e.particulars['abstract']}”")
    declare("answer.begun", lambda e: f"bắt đầu soạn {e.particulars['type']} trả lời")
    declare("draft.worded", lambda e: f"lưu phiên bản {e.particulars['number']}" + _said(e.particulars["note"]))
    declare("draft.recipients_set", lambda e: f"ghi {len(e.particulars['recipients'])} nơi nhận")
    declare("draft.put_up", _put_up)
    declare("draft.agreed", lambda e: f"đồng ý ({e.particulars['purpose'].lower()})" + _said(e.particulars["opinion"]))
    declare("draft.sent_back", lambda e: f"trả lại cho {e.particulars['to']}" + _said(e.particulars["reason"]))
    declare("draft.withdrawn", lambda e: "rút dự thảo về" + _said(e.particulars["reason"]))
    declare(
        "draft.signer_changed", lambda e: f"đổi người ký sang {e.particulars['to']}" + _said(e.particulars["reason"])
    )
    declare("draft.signed", lambda e: f"ký phiên bản {e.particulars['version']} ({e.particulars['method'].lower()})")
    declare("draft.signature_withdrawn", lambda e: "rút chữ ký" + _said(e.particulars["reason"]))
    declare("draft.dropped", lambda e: "bỏ dự thảo" + _said(e.particulars["reason"]))
    declare("draft.taken_up_again", lambda _: "soạn tiếp dự thảo đã bỏ")
    declare("draft.commented", _commented)
    declare("draft.remark_resolved", lambda e: f"đã xử lý góp ý “{e.particulars['text']}”")


def _put_up(event: Event) -> str:
    way = event.particulars["way"]
    through = f" qua {'; '.join(way)}" if way else ""
    return f"trình {event.particulars['signer']} ký{through}" + _said(event.particulars["note"])


def _commented(event: Event) -> str:
    line = event.particulars["line"]
    return (f"góp ý đoạn {line}" if line else "góp ý") + _said(event.particulars["text"])


def _said(note: str) -> str:
    return f": “{note}”" if note else ""
