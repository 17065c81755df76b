"""The verbs of tasks."""

from lienthong.tasks.operations.assignment import (
    Item,
    accept,
    assign,
    forward,
    pass_on,
    send_back,
)
from lienthong.tasks.operations.completion import (
    contribute,
    finish,
    finish_by_document,
    reopen_by_document,
    report,
    return_work,
    undo,
    verify,
)
from lienthong.tasks.operations.extension import decide_extension, nudge, request_extension, set_reminder
from lienthong.tasks.operations.lateness import escalate_late, send_reminders
from lienthong.tasks.operations.programmes import add_tasks, close_programme, create_programme
from lienthong.tasks.operations.routing import Held, begin, reroute, rest, route, settle
from lienthong.tasks.operations.suspension import cancel, resume, suspend

__all__ = [
    "Held",
    "Item",
    "accept",
    "add_tasks",
    "assign",
    "begin",
    "cancel",
    "close_programme",
    "contribute",
    "create_programme",
    "decide_extension",
    "escalate_late",
    "finish",
    "finish_by_document",
    "forward",
    "nudge",
    "pass_on",
    "reopen_by_document",
    "report",
    "request_extension",
    "reroute",
    "rest",
    "resume",
    "return_work",
    "route",
    "send_back",
    "send_reminders",
    "set_reminder",
    "settle",
    "suspend",
    "undo",
    "verify",
]
