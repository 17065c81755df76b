"""A year's file handed to the archive: planned, filled, closed, given, sent back in part, mended, taken for good."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from lienthong.documents.operations.readers import open_to
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.journal.queries import timeline
from lienthong.journal.verification import verify
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.models import Notice
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.tests.builders import issued_document, open_books
from lienthong.workfiles.models import HandOver, WorkFile
from lienthong.workfiles.operations.closing import reopen_file
from lienthong.workfiles.operations.files import open_planned
from lienthong.workfiles.operations.filing import file_subject
from lienthong.workfiles.operations.handing_over import decide, hand_over, remind_due
from lienthong.workfiles.papers import as_pdf
from lienthong.workfiles.queries.checks import filings_of
from lienthong.workfiles.queries.papers import contents_paper, files_paper, minutes_paper
from lienthong.workfiles.queries.record import lines_of
from lienthong.workfiles.tests.builders import a_year_later, approved_plan, closed_file, planned
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def fresh(file: WorkFile) -> WorkFile:
    rows = WorkFile.objects.select_related("agency", "unit", "post__officer", "heading")
    return rows.get(pk=file.pk)


def test_a_years_file_goes_to_the_archive(cast: Cast) -> None:
    open_books(cast)
    incoming = make_document(make_book(cast), cast.clerk, pages=2)
    open_to(incoming, [cast.specialist.audience])
    answer = issued_document(cast, sources=[Source("answers", incoming.subject)])
    _, heading = approved_plan(cast)
    files = []
    for number in (1, 2):
        file = open_planned(
            planned(heading, number), post=cast.specialist.post, started_on=dt.date(2014, 2, 1), actor=cast.specialist,
            at=AT,
        )  # fmt: skip
        for subject in (incoming.subject, answer.subject):
            file_subject(file, subject, actor=cast.specialist, at=AT)  # one document lies in both files
        files.append(closed_file(file, cast.specialist))
    first, second = (fresh(file) for file in files)
    assert (first.documents_total, first.hand_over_due) == (2, first.ended_on and first.ended_on.replace(year=2015))
    assert answer.symbol in words_of(
        as_pdf(contents_paper(first, lines_of(filings_of(first), cast.specialist)), created=AT)
    )

    later = a_year_later()
    assert remind_due(at=later) == 2
    assert Notice.objects.filter(post=cast.specialist.post, text__contains="đến hạn nộp lưu").count() == 2
    made = hand_over([first, second], note="Năm 2014", actor=cast.specialist, at=later)
    decide(made, returned={second.pk: "Thiếu báo cáo quý IV"}, actor=cast.clerk, at=later)
    first, second = fresh(first), fresh(second)
    assert (first.state, second.state) == ("handed_over", "closed")
    kept = HandOver.objects.select_related("agency", "unit", "giver__officer", "receiver__officer").get(pk=made.pk)
    minutes = words_of(as_pdf(minutes_paper(kept), created=later))
    assert "BIÊN BẢN" in minutes
    assert first.code in words_of(as_pdf(files_paper(kept), created=later))
    assert second.title not in words_of(as_pdf(files_paper(kept), created=later))

    reopen_file(second, reason="Bổ sung theo yêu cầu của lưu trữ", actor=cast.specialist, at=later)
    another = issued_document(cast)
    file_subject(second, Subject("outgoing", another.pk), actor=cast.specialist, at=later)
    closed_file(second, cast.specialist, at=later)
    again = hand_over([second], actor=cast.specialist, at=later)
    decide(again, actor=cast.clerk, at=later)
    assert fresh(second).state == "handed_over"

    with pytest.raises(Refusal):
        file_subject(fresh(first), Subject("outgoing", another.pk), actor=cast.specialist, at=later)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        WorkFile.objects.filter(pk=first.pk).update(title="Khác")
    told = [entry.sentence for entry in timeline(second.subject, limit=30)]
    for said in ("trả lại hồ sơ giao nộp", "mở lại hồ sơ", "nhận hồ sơ vào lưu trữ"):
        assert any(said in sentence for sentence in told), said
    assert list(verify()) == []
