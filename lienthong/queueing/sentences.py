"""What happened in the hall, in words."""

from __future__ import annotations

from lienthong.journal.models import Event
from lienthong.journal.sentences import Sentence, declare

_PLAIN = {
    "ticket.taken": "lấy số {code}",
    "ticket.called": "gọi số {code} tới quầy {point}",
    "ticket.recalled": "gọi lại số {code}",
    "ticket.started": "bắt đầu phục vụ số {code}",
    "ticket.served": "phục vụ xong số {code}",
    "ticket.skipped": "bỏ qua số {code} vì không có mặt",
    "ticket.brought_back": "cho số {code} chờ lại",
    "ticket.left": "kết thúc số {code}, không phục vụ",
    "ticket.attached": "nối số {code} với hồ sơ",
    "service_group.added": "thêm nhóm {prefix} · {name}",
    "service_group.amended": "sửa nhóm {prefix} · {name}",
    "service_point.added": "thêm quầy {number}",
    "service_point.amended": "sửa quầy {number}",
    "service_point.taken": "ngồi quầy {number}",
    "service_point.left": "rời quầy {number}",
    "hall_device.added": "thêm {name}",
    "hall_device.revoked": "ngắt {name}",
    "slots.opened": "mở {count} khung giờ hẹn từ {from} đến {to}",
    "slot.amended": "sửa khung giờ hẹn {slot}: {capacity} chỗ",
    "appointment.booked": "đặt lịch hẹn {slot}",
    "appointment.cancelled": "hủy lịch hẹn",
    "appointment.arrived": "đến theo lịch hẹn",
    "appointment.missed": "không đến theo lịch hẹn",
}


def declare_sentences() -> None:
    """Declare the sentence of each kind."""
    for kind, words in _PLAIN.items():
        declare(kind, _plain(words))
    declare("ticket.transferred", _transferred)


def _plain(words: str) -> Sentence:
    return lambda event: words.format(**event.particulars)


def _transferred(event: Event) -> str:
    note = f" ({event.particulars['note']})" if event.particulars["note"] else ""
    return f"chuyển số {event.particulars['code']} tới {event.particulars['to']}{note}"
