"""What a step of a task says on a timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from lienthong.journal.models import Event
from lienthong.journal.sentences import declare
from lienthong.kernel.clock import local

Say = Callable[[Event], str]


def declare_all() -> None:
    """Declare the sentence of every kind of event that tasks record."""
    for kind, sentence in SENTENCES.items():
        declare(kind, sentence)


def _said(words: str, field: str = "") -> Say:
    """Return a sentence of fixed words, with what was written in quotes."""

    def sentence(event: Event) -> str:
        return f"{words} {_title(event)}{_quoted(event, field)}"

    return sentence


def _title(event: Event) -> str:
    """Name the task where the timeline is that of what it is about; on its own timeline it needs no name."""
    if (event.thread_kind, event.thread_id) == (event.subject_kind, event.subject_id):
        return "việc này" if event.subject_kind == "task" else f"“{event.particulars['title']}”"
    return f"“{event.particulars['title']}”"


def _quoted(event: Event, field: str) -> str:
    text = event.particulars.get(field, "") if field else ""
    return f": “{text}”" if text else ""


def _due(event: Event, field: str = "due") -> str:
    value = event.particulars.get(field)
    return f", hạn hết ngày {local(dt.datetime.fromisoformat(value)):%d/%m/%Y}" if value else ""


def _day(event: Event, field: str = "until") -> str:
    value = event.particulars.get(field)
    return f"{dt.date.fromisoformat(value):%d/%m/%Y}" if value else ""


def _assigned(event: Event) -> str:
    facts = event.particulars
    with_others = f", phối hợp: {', '.join(facts['co_workers'])}" if facts.get("co_workers") else ""
    return f"giao {facts['to']} {_title(event)}{with_others}{_due(event)}{_quoted(event, 'instruction')}"


def _passed_on(event: Event) -> str:
    facts = event.particulars
    return f"chuyển {_title(event)} cho {facts['to']}{_due(event)}{_quoted(event, 'instruction')}"


def _taken_over(event: Event) -> str:
    return f"bàn giao {_title(event)} từ {event.particulars['from']} cho {event.particulars['to']}"


def _forwarded(event: Event) -> str:
    facts = event.particulars
    return f"chuyển {_title(event)} sang {facts['to']}{_due(event)}{_quoted(event, 'reason')}"


def _reported(event: Event) -> str:
    return f"báo cáo tiến độ {event.particulars['percent']}% {_title(event)}{_quoted(event, 'text')}"


def _finished(event: Event) -> str:
    late = " (quá hạn)" if event.particulars.get("late") else ""
    return f"báo cáo hoàn thành {_title(event)}{late}{_quoted(event, 'text')}"


def _verified(event: Event) -> str:
    on_time = "quá hạn" if event.particulars.get("late") else "đúng hạn"
    return f"xác nhận {_title(event)} hoàn thành {on_time}{_quoted(event, 'note')}"


def _requested(event: Event) -> str:
    return f"xin gia hạn {_title(event)} đến {_day(event)}{_quoted(event, 'reason')}"


def _extended(event: Event) -> str:
    return f"gia hạn {_title(event)} đến {_day(event)}{_quoted(event, 'note')}"


def _escalated(event: Event) -> str:
    return f"báo {event.particulars['to']}: {_title(event)} quá hạn"


def _reminder(event: Event) -> str:
    return f"đặt nhắc trước {event.particulars['days']} ngày làm việc {_title(event)}"


def _contributed(event: Event) -> str:
    return f"{event.particulars['unit']} phối hợp {_title(event)}{_quoted(event, 'note')}"


UNDONE = {"accept": "việc nhận", "finish": "báo cáo hoàn thành", "verify": "việc xác nhận"}


def _undone(event: Event) -> str:
    return f"hoàn tác {UNDONE[event.particulars['step']]} {_title(event)}"


def _programme(words: str) -> Say:
    def sentence(event: Event) -> str:
        return f"{words} {_title(event)}"

    return sentence


SENTENCES: dict[str, Say] = {
    "task.assigned": _assigned,
    "task.passed_on": _passed_on,
    "task.accepted": _said("nhận"),
    "task.sent_back": _said("trả lại", "reason"),
    "task.forwarded": _forwarded,
    "task.reported": _reported,
    "task.finished": _finished,
    "task.verified": _verified,
    "task.returned": _said("yêu cầu làm lại", "reason"),
    "task.result_recalled": _said("thu hồi văn bản kết quả", "reason"),
    "task.contributed": _contributed,
    "task.undone": _undone,
    "task.extension_requested": _requested,
    "task.extended": _extended,
    "task.extension_refused": _said("không đồng ý gia hạn", "note"),
    "task.reminder_set": _reminder,
    "task.nudged": _said("đôn đốc"),
    "task.suspended": _said("tạm dừng", "reason"),
    "task.resumed": _said("cho tiếp tục"),
    "task.cancelled": _said("hủy", "reason"),
    "task.escalated": _escalated,
    "task.taken_over": _taken_over,
    "programme.taken_over": lambda event: (
        f"bàn giao theo dõi chương trình từ {event.particulars['from']} cho {event.particulars['to']}"
    ),
    "programme.created": _programme("lập chương trình"),
    "programme.closed": _programme("kết thúc chương trình"),
}
