"""Closing with checks, reminding, handing over to the archive; what was taken never changes."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import DatabaseError, connection, transaction
from openpyxl import load_workbook
from pypdf import PdfReader

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.readers import open_to as open_document
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.files.operations import receive
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.workfiles.models import Filing, HandOver, WorkFile
from lienthong.workfiles.operations.closing import close_file, mend, reopen_file
from lienthong.workfiles.operations.files import amend_file
from lienthong.workfiles.operations.filing import describe_filing, file_subject, file_upload
from lienthong.workfiles.operations.handing_over import decide, hand_over, remind_due, withdraw
from lienthong.workfiles.papers import FILES_COLUMNS, as_pdf, as_xlsx
from lienthong.workfiles.queries.checks import filings_of, findings
from lienthong.workfiles.queries.lists import Filters, file_page
from lienthong.workfiles.queries.papers import contents_paper, files_paper, minutes_paper
from lienthong.workfiles.queries.record import lines_of
from lienthong.workfiles.subjects import due_files
from lienthong.workfiles.tests.builders import a_year_later, closed_file, open_file, said_of
from tests.cast import AT, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]


@pytest.fixture
def document(cast: Cast) -> IncomingDocument:
    """A document of two pages that the specialist may read."""
    made = make_document(make_book(cast), cast.clerk, pages=2)
    open_document(made, [cast.specialist.audience])
    return made


@pytest.fixture
def file(cast: Cast, document: IncomingDocument) -> WorkFile:
    """An open file with that document."""
    made = open_file(cast)
    file_subject(made, document.subject, actor=cast.specialist, at=AT)
    return made


def codes(file: WorkFile) -> list[str]:
    return [one.code for one in findings(WorkFile.objects.get(pk=file.pk), on=MONDAY)]


def test_the_checks_say_what_is_missing_and_mend_it(cast: Cast, file: WorkFile) -> None:
    for _ in range(2):
        upload = receive([b"Hai ban giong nhau"], name="bao-cao.txt", actor=cast.specialist, at=AT)
        file_upload(file, upload, actor=cast.specialist, at=AT)
    assert codes(file) == ["double", "gap", "gap", "end_date", "retention"]
    with pytest.raises(Refusal, match="ngày công việc kết thúc"):
        close_file(file, actor=cast.specialist, at=AT)
    for one in findings(file, on=MONDAY):
        if one.mend:
            mend(file, one.mend, one.filing, actor=cast.specialist, at=AT)
    assert codes(file) == ["gap"]
    upload_filing = filings_of(file)[-1]
    describe_filing(
        upload_filing, symbol="", title="Báo cáo", issuer="", date=MONDAY, pages=3, actor=cast.specialist, at=AT
    )
    assert codes(file) == []
    closed = close_file(file, actor=cast.specialist, at=AT)
    assert (closed.documents_total, closed.pages_total) == (2, 5)


def test_an_empty_file_is_closed_only_with_a_reason(cast: Cast) -> None:
    file = open_file(cast)
    amend_file(file, **said_of(file, ended_on=MONDAY), actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="Còn 2 điểm"):
        close_file(file, actor=cast.specialist, at=AT)
    closed = close_file(file, overruling="Việc không phát sinh văn bản", actor=cast.specialist, at=AT)
    assert closed.overruled_reason == "Việc không phát sinh văn bản"


def test_closing_writes_down_until_when_it_is_kept_and_when_it_is_due(cast: Cast, file: WorkFile) -> None:
    closed = closed_file(file, cast.specialist)
    assert closed.retention_until == dt.date(2024, 3, 10)
    assert closed.hand_over_due == dt.date(2015, 3, 10)
    with pytest.raises(Refusal, match="đã kết thúc"):
        close_file(file, actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="đã kết thúc"):
        amend_file(file, **said_of(file), actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="lý do"):
        reopen_file(file, reason="", actor=cast.specialist, at=AT)
    assert reopen_file(file, reason="Còn văn bản", actor=cast.specialist, at=AT).hand_over_due is None


def test_a_document_recalled_after_filing_is_said_and_does_not_block(
    cast: Cast, file: WorkFile, document: IncomingDocument
) -> None:
    document.recalled_at = AT
    document.save(update_fields=["recalled_at"])
    (found,) = [one for one in findings(file, on=MONDAY) if one.code == "recalled"]
    assert not found.blocks
    assert closed_file(file, cast.specialist).state == "closed"


def test_a_retention_rule_that_is_gone_is_found(cast: Cast, file: WorkFile, monkeypatch: pytest.MonkeyPatch) -> None:
    WorkFile.objects.filter(pk=file.pk).update(retention_rule="bo-roi")
    assert "retention_rule" in codes(file)
    WorkFile.objects.filter(pk=file.pk).update(retention_rule="", retention_years=None)
    assert "retention_missing" in codes(file)


def test_who_keeps_it_is_told_once_that_it_is_due(cast: Cast, file: WorkFile) -> None:
    closed_file(file, cast.specialist)
    assert remind_due(at=AT) == 0
    assert due_files(cast.specialist).count() == 0
    later = a_year_later()
    assert remind_due(at=later) == 1
    assert remind_due(at=later) == 0
    assert due_files(cast.specialist).count() == 1
    assert [one.pk for one in file_page(cast.specialist, Filters(due=True)).files] == [file.pk]
    assert Notice.objects.filter(post=cast.specialist.post, text__contains="đến hạn nộp lưu").count() == 1


def test_the_archive_takes_files_and_nothing_in_them_changes_any_more(cast: Cast, file: WorkFile) -> None:
    closed_file(file, cast.specialist)
    made = hand_over([file], actor=cast.specialist, at=AT)
    assert Notice.objects.filter(post=cast.clerk.post, kind="hand_over.submitted").exists()
    with pytest.raises(Refusal, match="đang chờ lưu trữ"):
        hand_over([file], actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="rút lại"):
        reopen_file(file, reason="Quên", actor=cast.specialist, at=AT)
    for actor in (cast.specialist, cast.health_clerk):
        with pytest.raises(Forbidden):
            decide(made, actor=actor, at=AT)
    decided = decide(made, actor=cast.clerk, at=AT)
    file.refresh_from_db()
    assert (decided.state, file.state) == ("accepted", "handed_over")
    with pytest.raises(Refusal, match="đã có kết quả"):
        decide(made, actor=cast.clerk, at=AT)
    with pytest.raises(Forbidden):
        reopen_file(file, reason="Quên", actor=cast.specialist, at=AT)
    filing = filings_of(file)[0]
    for change in (
        lambda: WorkFile.objects.filter(pk=file.pk).update(title="Khác"),
        lambda: Filing.objects.filter(pk=filing.pk).update(title="Khác"),
        lambda: Filing.objects.filter(pk=filing.pk).delete(),
        lambda: HandOver.objects.filter(pk=made.pk).update(note="Khác"),
        lambda: Filing.objects.create(
            file=file, subject_kind="incoming", subject_id=7, order=9, filed_by=cast.clerk.post, filed_at=AT
        ),
    ):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()
    assert connection.is_usable()


def test_the_archive_returns_a_file_with_its_reason(cast: Cast, file: WorkFile) -> None:
    closed_file(file, cast.specialist)
    made = hand_over([file], actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="lý do trả lại"):
        decide(made, returned={file.pk: ""}, actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="không thuộc"):
        decide(made, returned={file.pk + 999: "Sai"}, actor=cast.clerk, at=AT)
    decide(made, returned={file.pk: "Thiếu báo cáo kết quả"}, actor=cast.clerk, at=AT)
    made.refresh_from_db()
    file.refresh_from_db()
    assert (made.state, file.state) == ("returned", "closed")
    reopen_file(file, reason="Bổ sung báo cáo", actor=cast.specialist, at=AT)
    closed_file(file, cast.specialist)
    hand_over([file], actor=cast.specialist, at=AT)


def test_what_was_given_is_withdrawn_before_it_is_decided(cast: Cast, file: WorkFile) -> None:
    closed_file(file, cast.specialist)
    made = hand_over([file], actor=cast.specialist, at=AT)
    with pytest.raises(Forbidden):
        withdraw(made, reason="Nhầm", actor=cast.clerk, at=AT)
    withdraw(made, reason="Nhầm", actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="đã có kết quả"):
        decide(made, actor=cast.clerk, at=AT)


def test_only_closed_files_of_ones_own_are_given(cast: Cast, file: WorkFile) -> None:
    with pytest.raises(Refusal, match="chưa kết thúc"):
        hand_over([file], actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="chọn"):
        hand_over([], actor=cast.specialist, at=AT)
    closed_file(file, cast.specialist)
    with pytest.raises(Forbidden):
        hand_over([file], actor=cast.outsider, at=AT)


def test_the_papers_have_the_columns_of_the_decree(cast: Cast, file: WorkFile) -> None:
    closed_file(file, cast.specialist)
    made = hand_over([file], actor=cast.specialist, at=AT)
    decide(made, actor=cast.clerk, at=AT)
    made = HandOver.objects.select_related("agency", "unit", "giver__officer", "receiver__officer").get()
    file = WorkFile.objects.select_related("agency", "post__officer").get()
    listed = files_paper(made)
    sheet = load_workbook(io.BytesIO(as_xlsx(listed))).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert list(FILES_COLUMNS) in lines
    for paper, words in (
        (listed, ("MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", "01.CNTT", "10 năm")),
        (minutes_paper(made), ("BIÊN BẢN GIAO NHẬN", "Phạm Ngọc Ánh", "Đặng Thị Bích Lan", "hai bản", "1 hồ sơ")),
        (contents_paper(file, lines_of(filings_of(file), cast.specialist)), ("139/QĐ-UBND", "10/01/2014")),
    ):
        pdf = as_pdf(paper, created=AT)
        assert pdf == as_pdf(paper, created=AT)
        text = " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
        for word in words:
            assert word in text, word
