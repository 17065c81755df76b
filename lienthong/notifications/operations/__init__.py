from lienthong.notifications.operations.digests import write_digests
from lienthong.notifications.operations.preferences import choose
from lienthong.notifications.operations.sending import deliver_due, resend
from lienthong.notifications.operations.telling import clear, clear_many, mark_all_read, mark_read, tell

__all__ = [
    "choose",
    "clear",
    "clear_many",
    "deliver_due",
    "mark_all_read",
    "mark_read",
    "resend",
    "tell",
    "write_digests",
]
