"""Two offices that issue at once at the turn of the year: numbers begin at 01 again, none is missing or double."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lienthong.kernel.clock import at_local
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, OutgoingBook, OutgoingDocument
from lienthong.outgoing.operations.books import open_outgoing_book
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.tests.builders import make_draft, put_before
from tests.cast import AT, Cast

EACH = 50
LAST, FIRST = (at_local(day, dt.time(16, 55)) for day in (dt.date(2014, 12, 31), dt.date(2015, 1, 2)))


def signed(cast: Cast, writer: Actor, signer: Actor, many: int) -> list[int]:
    """Drafts that wait for their number: one written and signed, the others its copies."""
    draft = make_draft(writer)
    set_recipients(draft, [Line(line="Lưu: VT", way="file")], actor=writer, at=AT)
    put_before(cast, draft, signer, actor=writer)
    sign(draft, version=1, actor=signer, at=AT)
    draft.refresh_from_db()
    return [draft.pk, *(copy_of(draft) for _ in range(many - 1))]


def copy_of(draft: Draft) -> int:
    version, signature, recipient = draft.versions.get(), draft.signatures.get(), draft.recipients.get()
    copy = Draft.objects.get(pk=draft.pk)
    copy.pk, copy.request_key = None, uuid.uuid4()
    copy.save(force_insert=True)
    version.pk, version.draft = None, copy
    version.save(force_insert=True)
    signature.pk, signature.draft, signature.version = None, copy, version
    signature.save(force_insert=True)
    recipient.pk, recipient.draft = None, copy
    recipient.save(force_insert=True)
    return copy.pk


@pytest.mark.django_db(transaction=True)
def test_two_offices_issue_two_hundred_documents_at_once(cast: Cast) -> None:
    offices = ((cast.specialist, cast.leader, cast.clerk), (cast.outsider, cast.health_leader, cast.health_clerk))
    orders: list[tuple[int, Actor, dt.datetime]] = []
    for writer, signer, clerk in offices:
        open_outgoing_book(writer.post.unit.agency or cast.stttt, name="Sổ văn bản đi", actor=None, at=AT)
        drafts = signed(cast, writer, signer, 2 * EACH)
        orders += [(pk, clerk, LAST if place < EACH else FIRST) for place, pk in enumerate(drafts)]
    orders = orders[::2] + orders[1::2]

    def give(order: tuple[int, Actor, dt.datetime]) -> None:
        pk, clerk, at = order
        try:
            issue(Draft.objects.get(pk=pk), actor=clerk, at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(give, orders))
    for book in OutgoingBook.objects.all():
        for year in (2014, 2015):
            numbers = book.documents.filter(year=year).order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(1, EACH + 1))
    assert OutgoingDocument.objects.filter(symbol__startswith="01/").count() == 4
    assert balance() == []


@pytest.mark.django_db(transaction=True)
def test_two_clerks_issue_one_draft_and_it_has_one_number(cast: Cast) -> None:
    open_outgoing_book(cast.stttt, name="Sổ văn bản đi", actor=None, at=AT)
    (pk,) = signed(cast, cast.specialist, cast.leader, 1)

    def give(_: int) -> str:
        try:
            return issue(Draft.objects.get(pk=pk), actor=cast.clerk, at=AT).symbol
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(give, range(4))) == {"01/BC-STTTT"}
    assert OutgoingDocument.objects.count() == 1
    assert balance() == []
