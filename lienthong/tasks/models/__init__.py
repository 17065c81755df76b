from lienthong.tasks.models.course import (
    Cancellation,
    Escalation,
    Extension,
    Reminder,
    Report,
    Return,
    SendBack,
    Suspension,
)
from lienthong.tasks.models.programme import Programme, ProgrammeReader
from lienthong.tasks.models.task import OPEN, Assignment, Participant, Task, TaskReader

__all__ = [
    "OPEN",
    "Assignment",
    "Cancellation",
    "Escalation",
    "Extension",
    "Participant",
    "Programme",
    "ProgrammeReader",
    "Reminder",
    "Report",
    "Return",
    "SendBack",
    "Suspension",
    "Task",
    "TaskReader",
]
