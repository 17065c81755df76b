"""Who may do what with documents; asked by operations and templates alike, default no."""

from __future__ import annotations

from lienthong.documents.models import Book, IncomingDocument
from lienthong.organisation.actor import Actor
from lienthong.tasks.models import Task


def can_register(actor: Actor, book: Book) -> bool:
    """A clerk registers in the books of the own agency."""
    return actor.can("incoming.register") and book.agency_id == actor.post.unit.agency_id and book.closed_at is None


def can_amend(actor: Actor, document: IncomingDocument) -> bool:
    """A clerk of the agency corrects what was registered, as long as the number stands."""
    return _is_clerk(actor, document, "incoming.amend") and document.state != IncomingDocument.State.VOID


def can_void(actor: Actor, document: IncomingDocument) -> bool:
    """A clerk of the agency voids a number before work has begun on it."""
    waiting = (IncomingDocument.State.REGISTERED, IncomingDocument.State.FORWARDED)
    stands = document.state in waiting and document.recalled_at is None
    return stands and _is_clerk(actor, document, "incoming.amend")


def can_forward(actor: Actor, document: IncomingDocument) -> bool:
    """Clerk, office head or the leader who holds it passes an open document on to a leader."""
    return (actor.can("incoming.forward") or can_instruct(actor, document)) and _is_open_here(actor, document)


def can_instruct(actor: Actor, document: IncomingDocument) -> bool:
    """A leader of the agency, or who stands in for one, writes the instruction."""
    return actor.can("incoming.instruct") and _is_open_here(actor, document)


def can_close(actor: Actor, document: IncomingDocument) -> bool:
    """Who may instruct may also file it away; the clerk may while nobody else holds it."""
    if not _is_open_here(actor, document):
        return False
    return actor.can("incoming.instruct") or (
        actor.can("incoming.forward") and document.state == IncomingDocument.State.REGISTERED
    )


def can_return(actor: Actor, document: IncomingDocument) -> bool:
    """A clerk returns what was sent to the wrong place, before work has begun (NĐ 30/2020 Điều 21)."""
    return can_void(actor, document)


def can_destroy_recalled(actor: Actor, document: IncomingDocument) -> bool:
    """A clerk of the agency destroys the copy of what its sender recalled, once."""
    gone = (IncomingDocument.State.RETURNED, IncomingDocument.State.VOID)
    return (
        document.recalled_at is not None and document.state not in gone and _is_clerk(actor, document, "incoming.amend")
    )


def can_reopen(actor: Actor, document: IncomingDocument) -> bool:
    """What was filed, settled or returned by mistake comes back to those who may close it; never what was recalled."""
    closed = (IncomingDocument.State.FILED, IncomingDocument.State.SETTLED, IncomingDocument.State.RETURNED)
    rights = actor.can("incoming.instruct") or actor.can("incoming.amend")
    stands = document.state in closed and document.recalled_at is None
    return rights and actor.keeps_for(document.agency_id) and stands


def can_answer(actor: Actor, document: IncomingDocument) -> bool:
    """A clerk of the agency, or who leads a task on the document, notes with what it was answered."""
    return _is_clerk(actor, document, "incoming.amend") or (
        Task.objects.of(document.subject).filter(lead_post__in=actor.posts).exists()
    )


def can_open_books(actor: Actor) -> bool:
    """An administrator opens books for the agencies."""
    return actor.can("books.open")


def can_print_books(actor: Actor, book: Book) -> bool:
    """Books are read by those of the agency who keep or check them."""
    return actor.can("incoming.print_books") and actor.keeps_for(book.agency_id)


def _is_clerk(actor: Actor, document: IncomingDocument, right: str) -> bool:
    return actor.can(right) and actor.keeps_for(document.agency_id)


def _is_open_here(actor: Actor, document: IncomingDocument) -> bool:
    return actor.keeps_for(document.agency_id) and document.is_open and document.recalled_at is None
