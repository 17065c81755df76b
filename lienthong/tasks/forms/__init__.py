"""What is typed on the pages of tasks; the form that gives work, which other apps use too, is ``tasks.assigning``."""

from lienthong.tasks.assigning import AssignmentForm, DueField

__all__ = ["AssignmentForm", "DueField"]
