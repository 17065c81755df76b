"""What can be done with deadlines and with calendars."""

from lienthong.calendars.operations.deadlines import close, close_of, extend, pause, reopen, resume, set_deadline

__all__ = ["close", "close_of", "extend", "pause", "reopen", "resume", "set_deadline"]
