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
    declare("draft.shared", lambda e: f"mời {_inserted(e.particulars['with'])} cùng soạn")
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
    declare(
        "draft.recipient_redirected", lambda e: f"chuyển nơi nhận {e.particulars['from']} sang {e.particulars['to']}"
    )
    declare("draft.marked", _marked)
    declare("draft.taken_over", _taken_over)
    declare("draft.adopted", _adopted)
    declare("outgoing.issued", lambda e: f"cấp số {e.particulars['symbol']} trong {e.particulars['book']}")
    declare("outgoing.published", _published)
    declare("outgoing.sent", lambda e: f"gửi {e.particulars['to']}" + _said(e.particulars["tracking"]))
    declare("outgoing.registered", lambda e: f"ghi nhận {e.particulars['to']} vào sổ, số đến {e.particulars['number']}")
    declare("outgoing.sent_again", lambda e: f"gửi lại {e.particulars['to']}")
    declare("outgoing.came_back", lambda e: f"ghi nhận {e.particulars['to']} trả lại" + _said(e.particulars["reason"]))
    declare("outgoing.copy_destroyed", lambda e: f"ghi nhận {e.particulars['to']} đã hủy bản thu hồi")
    declare("outgoing.recalled", lambda e: "thu hồi văn bản" + _said(e.particulars["reason"]))
    declare("outgoing.replaced", lambda e: f"được thay thế bằng {e.particulars['by']}")
    declare("outgoing.corrected", lambda e: f"được đính chính bằng {e.particulars['by']}")
    declare("outgoing_book.opened", lambda e: f"mở {e.particulars['name']}")
    declare("draft.commented", _commented)
    declare("draft.remark_resolved", lambda e: f"đã xử lý góp ý “{e.particulars['text']}”")


PARTS = {"writing": "việc soạn thảo", "review": "việc xem dự thảo", "signing": "việc ký"}


def _taken_over(event: Event) -> str:
    told = event.particulars
    return f"bàn giao {PARTS.get(told['part'], 'dự thảo')} từ {told['from']} cho {told['to']}"


def _put_up(event: Event) -> str:
    way = event.particulars["way"]
    through = f" qua {'; '.join(way)}" if way else ""
    return f"trình {_inserted(event.particulars['signer'])} ký{through}" + _said(event.particulars["note"])


def _marked(event: Event) -> str:
    circulation = event.particulars["circulation"]
    return f"đặt độ khẩn {event.particulars['urgency'].lower()}" + (f", ghi “{circulation}”" if circulation else "")


def _adopted(event: Event) -> str:
    before, agency, unit = event.particulars["from"], event.particulars["agency"], event.particulars["unit"]
    if before["agency"] == agency:
        return f"tiếp nhận dự thảo của {before['unit']} về {unit}"
    changed = event.particulars["recipients"]
    return f"tiếp nhận dự thảo của {before['agency']} về {agency}" + _said("; ".join(changed))


def _published(event: Event) -> str:
    waiting = event.particulars["waiting"]
    left = f", {waiting} nơi nhận chờ gửi ngoài hệ thống" if waiting else ""
    return f"phát hành, gửi {event.particulars['sent']} nơi nhận{left}"


def _commented(event: Event) -> str:
    line = event.particulars["line"]
    return (f"góp ý đoạn {line}" if line else "góp ý") + _said(event.particulars["text"])


def _inserted(whom: str) -> str:
    """Close the title that follows a name, so that the sentence goes on: ``Lê Minh, Giám đốc,``."""
    return f"{whom}," if "," in whom else whom


def _said(note: str) -> str:
    return f": “{note}”" if note else ""
