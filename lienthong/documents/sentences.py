"""What happened to a document, in words for its timeline."""

from __future__ import annotations

from lienthong.documents.models import IncomingDocument
from lienthong.journal.models import Event
from lienthong.journal.sentences import declare

LABELS = {
    "symbol": "số, ký hiệu",
    "issuer": "cơ quan ban hành",
    "issuer_superior": "cơ quan chủ quản",
    "document_date": "ngày văn bản",
    "named_due": "hạn nêu trong văn bản",
    "document_type": "loại văn bản",
    "abstract": "trích yếu",
    "signer": "người ký",
    "signer_title": "chức vụ người ký",
    "urgency": "độ khẩn",
    "channel": "cách nhận",
    "pages": "số trang",
    "copies": "số bản",
    "note": "ghi chú",
}


def declare_sentences() -> None:
    """Declare the sentence of every kind of event that this app records."""
    declare("incoming.registered", lambda e: f"vào {e.particulars['book']}, số đến {e.particulars['number']}")
    declare("incoming.amended", _amended)
    declare("incoming.forwarded", lambda e: f"chuyển cho {e.particulars['to']}" + _said(e.particulars["note"]))
    declare("incoming.instructed", _instructed)
    declare("incoming.filed", lambda e: "lưu, không giao việc" + _said(e.particulars["reason"]))
    declare("incoming.returned", lambda e: "trả lại nơi gửi" + _said(e.particulars["reason"]))
    declare("incoming.reopened", lambda e: "mở lại" + _said(e.particulars["reason"]))
    declare("incoming.voided", lambda e: "hủy số đến" + _said(e.particulars["reason"]))
    declare("incoming.reminded", lambda e: f"nhắc {e.particulars['to']}: {_late(e)}")
    declare("incoming.escalated", lambda e: f"báo {e.particulars['to']}: {_late(e)}")
    declare("waiting_limit.set", _limit_set)
    declare("incoming.settled", lambda _: "mọi việc đã xong, văn bản đã giải quyết")
    declare("incoming.taken_up_again", lambda _: "lại có việc phải làm, văn bản đang giải quyết")
    declare("incoming.answered", lambda e: f"ghi văn bản trả lời {e.particulars['symbol']}")
    declare("incoming.answer_recalled", lambda e: f"bỏ văn bản trả lời {e.particulars['symbol']} vì đã thu hồi")
    declare("intake.discarded", lambda e: f"bỏ tệp {e.particulars['file']}" + _said(e.particulars["reason"]))
    declare("intake.mark_cleared", lambda e: f"xác nhận “{e.particulars['mark']}” không phải dấu độ mật")
    declare("intake.delivered_again", lambda e: f"nhận lại trên hệ thống {e.particulars['what']}")
    declare("intake.delivered", lambda e: f"nhận trên hệ thống {e.particulars['symbol']} của {e.particulars['issuer']}")
    declare("intake.withdrawn", lambda e: "nơi gửi thu lại" + _said(e.particulars["reason"]))
    declare("incoming.recalled", lambda e: "nơi gửi thu hồi văn bản" + _said(e.particulars["reason"]))
    declare("incoming.recalled_copy_destroyed", lambda _: "hủy bản đang giữ, báo nơi gửi")
    declare("secret.arrived", lambda _: "ghi nhận văn bản mật đến, xử lý ngoài hệ thống")
    declare("book.opened", lambda e: f"mở {e.particulars['name']}")
    declare("template.kept", lambda e: f"lưu mẫu “{e.particulars['name']}”")
    declare("template.dropped", lambda e: f"bỏ mẫu “{e.particulars['name']}”")
    declare("incoming.taken_over", lambda e: f"bàn giao văn bản từ {e.particulars['from']} cho {e.particulars['to']}")
    declare(
        "rule.taken_over",
        lambda e: f"chuyển quy tắc “{e.particulars['name']}” từ {e.particulars['from']} sang {e.particulars['to']}",
    )
    declare("rule.kept", lambda e: f"lưu quy tắc “{e.particulars['name']}”")


def _late(event: Event) -> str:
    return "quá hạn chuyển" if event.particulars["step"] == "forward" else "quá hạn cho ý kiến"


def _limit_set(event: Event) -> str:
    what = "chuyển" if event.particulars["step"] == "forward" else "cho ý kiến"
    urgency = IncomingDocument.Urgency(event.particulars["urgency"]).label.lower()
    limit = event.particulars["limit"] or "mức chung"
    return f"đặt thời hạn {what} văn bản {urgency}: {limit}" + _said(event.particulars["source"])


def _amended(event: Event) -> str:
    changes = event.particulars["changes"]
    parts = [
        f"{LABELS.get(name, name)} từ “{old or 'trống'}” thành “{new or 'trống'}”"
        for name, (old, new) in changes.items()
    ]
    return f"sửa {'; '.join(parts)}" + _said(event.particulars["reason"])


def _instructed(event: Event) -> str:
    rule = event.particulars.get("rule")
    by = f" (theo quy tắc {rule})" if rule else ""
    return f"cho ý kiến{by}: “{event.particulars['text']}”"


def _said(note: str) -> str:
    return f": “{note}”" if note else ""
