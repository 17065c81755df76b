from lienthong.notifications.operations.digests import write_digests
from lienthong.notifications.operations.letters import Letter, note_left, recall, wish, write_all, write_to
from lienthong.notifications.operations.preferences import choose
from lienthong.notifications.operations.sending import deliver_due, deliver_one, resend
from lienthong.notifications.operations.telling import clear, clear_many, mark_all_read, mark_read, tell

__all__ = [
    "Letter",
    "choose",
    "clear",
    "clear_many",
    "deliver_due",
    "deliver_one",
    "mark_all_read",
    "mark_read",
    "note_left",
    "recall",
    "resend",
    "tell",
    "wish",
    "write_all",
    "write_digests",
    "write_to",
]
