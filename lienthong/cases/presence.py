"""What the apps below learn of cases when the house starts."""

from __future__ import annotations

from lienthong.calendars import recompute
from lienthong.cases import holdings, sentences, subjects
from lienthong.cases.models import Case
from lienthong.kernel import rights
from lienthong.search import sources

RIGHTS = {
    "cases.receive": "Tiếp nhận hồ sơ và trả kết quả một cửa",
    "cases.handle": "Giải quyết hồ sơ một cửa",
}


def declare() -> None:
    """Declare subjects, sentences, rights, what posts hold, and who follows the calendar."""
    subjects.declare_all()
    sentences.declare_sentences()
    holdings.declare_all()
    recompute.declare("case", subjects.follow_calendar)
    sources.declare("case", subjects.entries, states={str(code): name for code, name in Case.Status.choices})
    for right, meaning in RIGHTS.items():
        rights.declare(right, meaning)
