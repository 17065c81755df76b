"""A document arrives: into the book and on its way, in one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from lienthong.documents.models import Book, IncomingDocument, Intake
from lienthong.documents.operations.instruction import apply_standing_rule
from lienthong.documents.operations.registration import register
from lienthong.documents.operations.routing import forward
from lienthong.documents.particulars import Particulars
from lienthong.files.models import StoredFile
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What lies on the counter: the particulars, the files, and to which leader it should go."""

    particulars: Particulars
    files: Sequence[StoredFile] = ()
    intake: Intake | None = None
    arrival_date: dt.date | None = None
    secrecy: str = "normal"
    accepts_double: bool = False
    leader: Post | None = None
    request_key: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def arrive(book: Book, arrival: Arrival, *, actor: Actor, at: dt.datetime) -> IncomingDocument:
    """Register a document and send it on: to the named leader, else where a standing rule says, else it waits.

    Refuses what ``register`` and ``forward`` refuse: then nothing was registered. The same ``request_key`` again
    returns the document of the first time and sends it nowhere.
    """
    document = register(
        book,
        arrival.particulars,
        files=arrival.files,
        intake=arrival.intake,
        arrival_date=arrival.arrival_date,
        secrecy=arrival.secrecy,
        accepts_double=arrival.accepts_double,
        request_key=arrival.request_key,
        actor=actor,
        at=at,
    )
    if document.registered_at != at or document.state != IncomingDocument.State.REGISTERED:
        return document
    if arrival.leader:
        forward(document, arrival.leader, actor=actor, at=at)
    elif not apply_standing_rule(document, actor=actor, at=at):
        return document
    document.refresh_from_db(fields=["state", "holder_post", "due_at"])
    return document
