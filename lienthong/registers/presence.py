"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.exports import books
from lienthong.kernel import rights, subjects
from lienthong.kernel.subjects import SubjectKind
from lienthong.registers import sentences
from lienthong.registers import subjects as here
from lienthong.registers.models import KEEP, READ, Entry
from lienthong.registers.printing import BOOKS
from lienthong.search import sources
from lienthong.ui import menu, worklists


def declare() -> None:
    """Declare the subject, rights, sentences, books, what is found, and the menu."""
    sentences.declare_sentences()
    subjects.declare(SubjectKind("register_entry", "Mục sổ quản lý", here.describe, here.is_visible))
    rights.declare(READ, "Xem sổ quản lý")
    rights.declare(KEEP, "Cải chính, thu hồi mục sổ quản lý")
    sources.declare("register_entry", here.entries, states=dict(Entry.State.choices))
    for book in BOOKS.values():
        books.declare(book)
    worklists.declare(worklists.WorkList("registers", "registers:list", ("book", "state", "year")))
    menu.declare(
        menu.MenuEntry(
            key="registers", label="Sổ quản lý", icon="book", url_name="registers:list", right=READ, order=38
        )
    )
