"""What is typed on the pages of tasks."""

from lienthong.tasks.forms.assignment import AssignmentForm, DueField

__all__ = ["AssignmentForm", "DueField"]
