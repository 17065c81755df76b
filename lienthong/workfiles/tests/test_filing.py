"""Opening files, putting documents and tasks into them, who sees what, and how they pass on."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import IntegrityError, connection, transaction

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.readers import open_to as open_document
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.journal.queries import timeline
from lienthong.kernel.clock import at_local, local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Post
from lienthong.organisation.operations import close_unit, end_post, succeed
from lienthong.organisation.queries import actors_of
from lienthong.search.queries import find
from lienthong.workfiles import policies
from lienthong.workfiles.metadata import LENGTHS, as_json, as_xml
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.operations.files import amend_file, open_planned, open_unplanned, pass_file, share_file
from lienthong.workfiles.operations.filing import file_subject, file_upload, put_back, take_out
from lienthong.workfiles.operations.ordering import move, order_by_date
from lienthong.workfiles.operations.plans import Retention
from lienthong.workfiles.queries.checks import filings_of, findings, for_eyes
from lienthong.workfiles.queries.lists import Filters, file_page
from lienthong.workfiles.queries.papers import facts_of
from lienthong.workfiles.queries.record import HIDDEN, lines_of, story_of, suggested_files
from lienthong.workfiles.tests.builders import TEN_YEARS, approved_plan, draft_plan, open_file, planned, said_of
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]


@pytest.fixture
def document(cast: Cast) -> IncomingDocument:
    """A document that the clerk registered and the specialist may read."""
    made = make_document(make_book(cast), cast.clerk)
    open_document(made, [cast.specialist.audience])
    return made


def test_a_planned_file_is_opened_once_with_what_the_list_says(cast: Cast) -> None:
    file = open_file(cast)
    assert (file.code, file.post, file.maintenance) == ("01.CNTT", cast.specialist.post, "10 năm")
    assert file.planned is not None
    with pytest.raises(Refusal, match="đã được Phạm Ngọc Ánh mở"):
        open_planned(file.planned, actor=cast.division_head, at=AT)
    (hit,) = find(cast.specialist, "rà soát đại lý", kinds=["work_file"]).hits
    assert hit.subject == file.subject


def test_no_file_is_opened_from_a_list_that_is_not_approved(cast: Cast) -> None:
    _, heading = draft_plan(cast)
    with pytest.raises(Refusal, match="chưa được phê duyệt"):
        open_planned(planned(heading), actor=cast.specialist, at=AT)


def test_an_unplanned_file_gets_the_next_number_and_needs_a_reason(cast: Cast) -> None:
    _, heading = approved_plan(cast)
    with pytest.raises(Refusal, match="lý do"):
        open_unplanned(heading, title="Đột xuất", reason="", actor=cast.specialist, at=AT)
    first = open_unplanned(heading, title="Đột xuất", reason="Việc mới", actor=cast.specialist, at=AT)
    second = open_unplanned(heading, title="Khác", reason="Việc mới", retention=TEN_YEARS, actor=cast.specialist, at=AT)
    assert [first.code, second.code] == ["03.CNTT", "04.CNTT"]
    for actor in (cast.outsider, cast.administrator):
        with pytest.raises(Forbidden):
            open_unplanned(heading, title="X", reason="Y", actor=actor, at=AT)


def test_a_document_is_filed_once_in_a_file_and_in_several(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    filing = file_subject(file, document.subject, actor=cast.specialist, at=AT)
    assert (filing.symbol, filing.date) == (document.symbol, document.document_date)
    with pytest.raises(Refusal, match="đã có trong hồ sơ"):
        file_subject(file, document.subject, actor=cast.specialist, at=AT)
    other = open_planned(planned(file.heading, 2), actor=cast.specialist, at=AT)
    file_subject(other, document.subject, actor=cast.specialist, at=AT)
    take_out(filing, reason="Nhầm hồ sơ", actor=cast.specialist, at=AT)
    file_subject(file, document.subject, actor=cast.specialist, at=AT)
    assert "đưa ra khỏi hồ sơ: 139/QĐ-UBND" in timeline(file.subject)[1].sentence
    with pytest.raises(Refusal, match="đã được đưa ra"):
        take_out(filing, reason="Lại", actor=cast.specialist, at=AT)


def test_what_was_taken_out_is_put_back_at_its_place(cast: Cast, document: IncomingDocument) -> None:
    file, second = open_file(cast), make_document(document.book, cast.clerk, symbol="7/UBND")
    open_document(second, [cast.specialist.audience])
    filing = file_subject(file, document.subject, actor=cast.specialist, at=AT)
    file_subject(file, second.subject, actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="đã có trong hồ sơ"):
        put_back(filing, actor=cast.specialist, at=AT)
    take_out(filing, reason="Nhầm hồ sơ", actor=cast.specialist, at=AT)
    with pytest.raises(Forbidden):
        put_back(filing, actor=cast.second_specialist, at=AT)
    put_back(filing, actor=cast.specialist, at=AT)
    assert next(one.pk for one in filings_of(file)) == filing.pk
    assert "đưa trở lại hồ sơ: 139/QĐ-UBND" in timeline(file.subject)[0].sentence
    take_out(filing, reason="Nhầm hồ sơ", actor=cast.specialist, at=AT)
    file_subject(file, document.subject, actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="đã có trong hồ sơ"):
        put_back(filing, actor=cast.specialist, at=AT)


def test_what_one_may_not_see_one_may_not_file(cast: Cast) -> None:
    file = open_file(cast)
    hidden = make_document(make_book(cast), cast.clerk)
    for subject in (hidden.subject, Subject("incoming", 999_999), Subject("account", 1), Subject("stored_file", 1)):
        with pytest.raises(Forbidden):
            file_subject(file, subject, actor=cast.specialist, at=AT)


def test_who_reads_a_file_does_not_thereby_read_its_documents(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    file_subject(file, document.subject, actor=cast.specialist, at=AT)
    assert not WorkFile.objects.visible_to(cast.second_specialist).exists()
    share_file(file, cast.second_specialist.post, actor=cast.specialist, at=AT)
    assert WorkFile.objects.visible_to(cast.second_specialist).exists()
    (line,) = lines_of(filings_of(file), cast.second_specialist)
    assert (line.is_hidden, line.title, line.url) == (True, HIDDEN, "")
    assert document.abstract not in as_json(facts_of(file, [line]))
    (entry,) = (one for one in story_of(file, cast.second_specialist) if one.event.kind == "work_file.filed")
    assert entry.sentence.endswith(f"đưa vào hồ sơ: {HIDDEN.lower()}")
    assert any(document.symbol in one.sentence for one in story_of(file, cast.specialist))
    found = findings(file, on=local_date(AT))
    assert any(document.symbol in one.message for one in for_eyes(found, file, cast.specialist))
    told = for_eyes(found, file, cast.second_specialist)
    assert any("tài liệu số 1, không thuộc quyền xem" in one.message for one in told)
    assert not any(document.symbol in one.message for one in told)
    (line,) = lines_of(filings_of(file), cast.specialist)
    assert not line.is_hidden
    assert not WorkFile.objects.visible_to(cast.outsider).exists()


def test_an_uploaded_file_is_opened_by_whoever_reads_the_work_file(cast: Cast) -> None:
    file = open_file(cast)
    upload = receive([b"Bien ban kiem tra"], name="bien-ban.txt", actor=cast.specialist, at=AT)
    filing = file_upload(file, upload, actor=cast.specialist, at=AT)
    assert filing.title == "bien-ban"
    assert StoredFile.objects.visible_to(cast.division_head, [upload.pk]).exists()
    assert not StoredFile.objects.visible_to(cast.outsider, [upload.pk]).exists()


def test_documents_are_ordered_by_hand_and_by_date(cast: Cast) -> None:
    file, book = open_file(cast), make_book(cast)
    for day in (12, 8, 10):
        one = make_document(book, cast.clerk, symbol=f"{day}/UBND", document_date=dt.date(2014, 1, day))
        open_document(one, [cast.specialist.audience])
        file_subject(file, one.subject, actor=cast.specialist, at=AT)
    first, second, third = filings_of(file)
    move(third, up=True, actor=cast.specialist, at=AT)
    move(first, up=True, actor=cast.specialist, at=AT)
    assert filings_of(file) == [first, third, second]
    order_by_date(file, actor=cast.specialist, at=AT)
    assert filings_of(file) == [second, third, first]


def test_only_who_looks_after_a_file_changes_it(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    share_file(file, cast.second_specialist.post, actor=cast.specialist, at=AT)
    for actor in (cast.second_specialist, cast.outsider, cast.health_clerk):
        with pytest.raises(Forbidden):
            file_subject(file, document.subject, actor=actor, at=AT)
    assert policies.can_keep(cast.division_head, file)
    pass_file(file, cast.second_specialist.post, reason="Nghỉ thai sản", actor=cast.division_head, at=AT)
    file.refresh_from_db()
    assert file.post == cast.second_specialist.post
    assert policies.can_keep(cast.second_specialist, file)


def test_impossible_days_are_refused(cast: Cast) -> None:
    file = open_file(cast)
    for changes in ({"ended_on": dt.date(2014, 1, 1)}, {"ended_on": dt.date(2015, 1, 1)}, {"title": " "}):
        said = said_of(file, **changes)
        with pytest.raises(Refusal):
            amend_file(file, **said, actor=cast.specialist, at=AT)
    said = said_of(file, retention=Retention(rule="bo-roi"))
    with pytest.raises(Refusal, match="không còn áp dụng"):
        amend_file(file, **said, actor=cast.specialist, at=AT)


def test_the_same_task_or_thread_suggests_the_same_file(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    file_subject(file, document.subject, actor=cast.specialist, at=AT)
    assert suggested_files(document.subject, [file]) == set()
    assert suggested_files(Subject("task", 999), [file]) == set()


def test_metadata_have_the_names_and_lengths_of_the_decree(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    file_subject(file, document.subject, actor=cast.specialist, at=AT)
    facts = facts_of(file, lines_of(filings_of(file), cast.specialist))
    told = json.loads(as_json(facts))
    assert list(told)[:11] == [
        "FileCode",
        "Title",
        "Maintenance",
        "Rights",
        "Creator",
        "Language",
        "StartDate",
        "EndDate",
        "DocTotal",
        "PageTotal",
        "Description",
    ]
    assert told["FileCode"] == {"OrganId": "H11.14", "FileCatalog": 2014, "FileNotation": "01.CNTT"}
    assert (told["DocTotal"], told["Maintenance"]) == (1, "10 năm")
    for name, longest in LENGTHS.items():
        assert len(str(told.get(name, ""))) <= longest
    xml = as_xml(facts)
    assert "<FileNotation>01.CNTT</FileNotation>" in xml
    assert "<CodeNotation>139/QĐ-UBND</CodeNotation>" in xml


def test_the_list_of_files_asks_the_same_whatever_its_length(cast: Cast, django_assert_num_queries: object) -> None:
    _, heading = approved_plan(cast)
    for number in range(5):
        open_unplanned(heading, title=f"Hồ sơ {number}", reason="Việc mới", actor=cast.specialist, at=AT)
    with django_assert_num_queries(1):  # type: ignore[operator]  # the plugin's fixture
        page = file_page(cast.specialist, Filters(), size=2)
        assert len(page.files) == 2
    older = file_page(cast.specialist, Filters(), after=page.older, size=2)
    assert [file.title for file in (*page.files, *older.files)] == [f"Hồ sơ {n}" for n in (4, 3, 2, 1)]
    assert file_page(cast.specialist, Filters(), before=older.newer, size=2).files == page.files
    assert not file_page(cast.outsider, Filters()).files


def test_the_open_files_of_a_unit_that_is_no_more_pass_to_its_successor(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    day = dt.date(2014, 4, 1)
    morning = at_local(day, dt.time(9, 0))
    (before,) = actors_of(cast.second_division_head.officer.pk, on=day)
    assert not WorkFile.objects.visible_to(before).exists()
    succeed(kind="merge", predecessors=[cast.cntt], successors=[cast.bcvt], on=day, source="QĐ 99", actor=None, at=AT)
    for post in Post.objects.filter(unit=cast.cntt):
        end_post(post, on=day, actor=None, at=AT)
    close_unit(cast.cntt, on=day, source="QĐ 99", actor=None, at=AT)
    (heir,) = actors_of(cast.second_division_head.officer.pk, on=day)
    assert [one.pk for one in file_page(heir, Filters()).files] == [file.pk]
    open_document(document, [cast.bcvt.audience])
    file_subject(file, document.subject, actor=heir, at=morning)
    pass_file(file, heir.post, reason="Phòng đã sáp nhập", actor=heir, at=morning)
    file.refresh_from_db()
    assert (file.unit, file.code) == (cast.bcvt, "01.CNTT")


def test_two_at_once_file_a_document_once(cast: Cast, document: IncomingDocument) -> None:
    file = open_file(cast)
    filing = file_subject(file, document.subject, actor=cast.specialist, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Filing.objects.create(
            file=file,
            subject_kind=filing.subject_kind,
            subject_id=filing.subject_id,
            order=9,
            filed_by=cast.specialist.post,
            filed_at=AT,
        )
    assert connection.is_usable()
