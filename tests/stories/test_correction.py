"""A correction after issue: wrong words are found at the receiver, a letter corrects them, and every page says so."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.particulars import Particulars
from lienthong.documents.proposals import initial_values
from lienthong.journal.queries import timeline
from lienthong.journal.verification import verify
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.queries.books import outgoing_rows
from lienthong.outgoing.tests.builders import WORDING, issued_document, open_books
from lienthong.outgoing.wording import Wording
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]
LETTER = Wording(
    abstract="đính chính Báo cáo số 01/BC-STTTT",
    addressees=("Ủy ban nhân dân tỉnh",),
    body="Do sơ suất khi soạn thảo, tại mục 1 xin đọc lại là 215 đại lý./.",
)


def registered(cast: Cast, clerk: Actor, document: OutgoingDocument) -> IncomingDocument:
    """What arrived at the province's counter, put into its book without retyping."""
    dispatch = document.dispatches.get(recipient__way="system")
    assert dispatch.intake_id is not None
    intake = Intake.objects.get(pk=dispatch.intake_id)
    book = cast.ubnd.books.filter(is_default=True).first() or open_book(
        cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT
    )
    particulars = Particulars(**initial_values(intake.proposals, on=MONDAY))
    return register(book, particulars, intake=intake, actor=clerk, at=AT + dt.timedelta(hours=1))


def test_a_correction_after_issue_reaches_every_page(cast: Cast, client: Client, login: Login) -> None:
    open_books(cast)
    wrong = issued_document(cast)
    theirs = registered(cast, cast.province_clerk, wrong)
    assert (theirs.symbol, theirs.abstract) == ("01/BC-STTTT", WORDING.abstract)

    letter = issued_document(cast, code="cong-van", wording=LETTER, sources=[Source("corrects", wrong.subject)])
    wrong.refresh_from_db()
    assert wrong.state == OutgoingDocument.State.CORRECTED
    assert wrong.pdf_id is not None, "the wrong paper stays as it was sent"
    assert letter.number == 2, "the correction has a number of its own"
    assert registered(cast, cast.province_clerk, letter).abstract == LETTER.abstract

    login(client, cast.clerk)
    page = client.get(f"/outgoing/{wrong.pk}/").content.decode()
    assert "Đã đính chính bằng" in page
    assert letter.symbol in page
    assert wrong.symbol in client.get(f"/outgoing/{letter.pk}/").content.decode()
    first, second = outgoing_rows(wrong.book, since=MONDAY, until=MONDAY)
    assert "Đã đính chính" in first.cells[-1]
    assert second.cells[0] == letter.symbol
    told = [entry.sentence for entry in timeline(wrong.draft.subject, limit=50)]
    assert any("đính chính" in sentence for sentence in told), told
    assert balance() == []
    assert list(verify()) == []
