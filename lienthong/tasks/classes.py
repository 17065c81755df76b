"""The legal classes of a task, computed from facts (QĐ 42/2014/QĐ-TTg and the provincial regulations after it).

Pure: no database, no clock. Five classes are statutory; three more say that there is nothing to class: no deadline
("thường xuyên"), suspended, cancelled. A task is due at the END of the due day: what is finished at 23:00 of that day
is on time, whatever the office hours. A finish counts from the day on which it was reported, once it is verified;
while it waits for verification the task is still being done, and is late only if it was reported late.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from lienthong.kernel.clock import VIETNAM, at_local, local_date


class Class(StrEnum):
    """Loại theo quy định: where a task stands."""

    NOT_STARTED = "not_started"
    IN_TIME = "in_time"
    OVERDUE = "overdue"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    NO_DEADLINE = "no_deadline"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The words of the regulations."""
        return LABELS[self]


LABELS = {
    Class.NOT_STARTED: "Chưa thực hiện",
    Class.IN_TIME: "Đang thực hiện trong hạn",
    Class.OVERDUE: "Đang thực hiện quá hạn",
    Class.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Class.DONE_LATE: "Hoàn thành quá hạn",
    Class.NO_DEADLINE: "Không có thời hạn",
    Class.SUSPENDED: "Tạm dừng",
    Class.CANCELLED: "Đã hủy",
}


class Facts(Protocol):
    """What must be known of a task; the model has it, and so has any plain value."""

    @property
    def state(self) -> str: ...
    @property
    def due_at(self) -> dt.datetime | None: ...
    @property
    def finished_at(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """The facts by themselves."""

    state: str
    due_at: dt.datetime | None = None
    finished_at: dt.datetime | None = None


def class_of(task: Facts, at: dt.datetime) -> Class:
    """Return the class of a task at a moment."""
    if task.state == "cancelled":
        return Class.CANCELLED
    if task.state == "suspended":
        return Class.SUSPENDED
    if task.state == "done":
        return Class.DONE_LATE if _late(task, at) else Class.DONE_ON_TIME
    if task.due_at is None:
        return Class.NO_DEADLINE
    if _late(task, at):
        return Class.OVERDUE
    return Class.NOT_STARTED if task.state in ("assigned", "sent_back") else Class.IN_TIME


def is_late(due_at: dt.datetime | None, finished_at: dt.datetime) -> bool:
    """Tell whether a finish comes after the end of the due day."""
    return due_at is not None and finished_at >= end_of_due_day(due_at)


def end_of_due_day(due_at: dt.datetime) -> dt.datetime:
    """Return the moment at which the due day is over: the midnight that follows it in Viet Nam."""
    return at_local(local_date(due_at) + dt.timedelta(days=1), dt.time())


def day_start(at: dt.datetime) -> dt.datetime:
    """Return the midnight with which the day of ``at`` began in Viet Nam: what was due before it is overdue."""
    return dt.datetime.combine(local_date(at), dt.time(), tzinfo=VIETNAM).astimezone(dt.UTC)


def _late(task: Facts, at: dt.datetime) -> bool:
    return is_late(task.due_at, task.finished_at or at)
