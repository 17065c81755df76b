"""An ended case goes into a work file with every paper, comes out whole, and is told as its readers may see it."""

from __future__ import annotations

import hashlib
import json

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case, CaseReader, ResultPaper
from lienthong.cases.operations.issuing import issue
from lienthong.cases.operations.writing import show_to
from lienthong.cases.queries.case_parts import parts_of
from lienthong.cases.queries.lists import unfiled_page
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tests.filed import HOUR, heading, solved, work_file
from lienthong.files.operations import attach, receive
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.workfiles.metadata import as_json, as_xml
from lienthong.workfiles.models import Filing, WorkFile
from lienthong.workfiles.operations.closing import close_file, mend
from lienthong.workfiles.operations.files import open_unplanned, share_file
from lienthong.workfiles.operations.filing import describe_filing, file_subject, put_back, take_out
from lienthong.workfiles.operations.handing_over import decide, hand_over
from lienthong.workfiles.operations.ordering import move, order_by_date
from lienthong.workfiles.queries.checks import filings_of, findings, for_eyes
from lienthong.workfiles.queries.papers import contents_paper, facts_of
from lienthong.workfiles.queries.record import HIDDEN, lines_of, story_of, suggested_files
from tests.cast import AT, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]
LATER = AT + 2 * HOUR
TITLES = [
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "Tờ khai đăng ký khai sinh",
    "Giấy chứng sinh",
    "Sổ hộ khẩu, giấy tờ tùy thân của người đi khai (xuất trình)",
    "Giấy khai sinh (bản chính)",
    "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "Nhật ký giải quyết hồ sơ trên hệ thống",
]


@pytest.fixture
def case(cast: Cast) -> Case:
    """A birth that is done."""
    return solved(cast)


@pytest.fixture
def file(cast: Cast) -> WorkFile:
    """An open file of the registrar."""
    return work_file(cast)


def put(file: WorkFile, case: Case, cast: Cast) -> Filing:
    return file_subject(file, case.subject, actor=cast.registrar, at=LATER)


def test_a_case_brings_its_line_and_every_paper(cast: Cast, case: Case, file: WorkFile) -> None:
    whole = put(file, case, cast)
    assert (whole.symbol, whole.date, whole.pages) == (case.code, MONDAY, None)
    assert whole.title == f"Hồ sơ một cửa: {case.version.name}, Trần Văn Nam"
    parts = filings_of(file)[1:]
    assert all(part.whole_id == whole.pk for part in parts)
    kinds = [part.subject_kind for part in parts]
    assert kinds == ["case_issued", *["case_paper"] * 3, "result", "case_control", "case_journal"]
    receipt, paper, *_, result, control, _ = parts
    assert (receipt.date, receipt.pages, receipt.issuer) == (MONDAY, 1, "Ủy ban nhân dân xã Chí Công")
    assert (paper.issuer, paper.note, paper.pages) == ("Trần Văn Nam", "1 bản chính", None)
    assert (result.symbol, result.title, result.date) == ("12/2014", "Giấy khai sinh (bản chính)", MONDAY)
    assert "người ký Đinh Công Tráng" in result.note
    assert control.pages == 1
    case.refresh_from_db()
    assert case.is_filed


def test_a_case_that_runs_is_not_filed_nor_one_that_is_not_seen(cast: Cast, file: WorkFile) -> None:
    running = a_case(cast)
    with pytest.raises(Refusal, match=f"{running.code} đang ở trạng thái “Được tiếp nhận”"):
        put(file, running, cast)
    assert not file.filings.exists()
    done = solved(cast, applicant=running.applicant)
    CaseReader.objects.filter(case=done).delete()
    with pytest.raises(Forbidden):
        put(file, done, cast)


def test_a_withdrawn_case_and_one_refused_are_filed_with_their_slip(cast: Cast, file: WorkFile) -> None:
    withdrawn = a_case(cast)
    operations.withdraw(withdrawn, reason="Nộp nhầm", actor=cast.commune_desk_officer, at=AT)
    refused = a_case(cast, applicant=withdrawn.applicant)
    operations.act(refused, "decline", to="stopped", reason="Không đủ điều kiện", actor=cast.registrar, at=AT)
    issue(refused, "03", actor=cast.registrar, at=AT)
    for one in (withdrawn, refused):
        put(file, one, cast)
    titles = list(file.filings.filter(subject_kind="case_issued").values_list("title", flat=True))
    assert titles == ["Phiếu từ chối tiếp nhận giải quyết hồ sơ"]
    assert file.filings.filter(subject_kind="case").count() == 2


def test_it_comes_out_whole_and_goes_back_whole_while_the_file_is_open(cast: Cast, case: Case, file: WorkFile) -> None:
    whole = put(file, case, cast)
    count = len(filings_of(file))
    with pytest.raises(Refusal, match="đã có trong hồ sơ"):
        put(file, case, cast)
    paper = file.filings.filter(subject_kind="case_paper").first()
    assert paper is not None
    take_out(paper, reason="Đã trả bản chính", actor=cast.registrar, at=LATER)
    take_out(whole, reason="Nhầm hồ sơ", actor=cast.registrar, at=LATER + HOUR)
    assert filings_of(file) == []
    case.refresh_from_db()
    assert not case.is_filed
    with pytest.raises(Refusal, match="đưa trở lại cả hồ sơ"):
        put_back(paper, actor=cast.registrar, at=LATER + HOUR)
    put_back(whole, actor=cast.registrar, at=LATER + HOUR)
    assert len(filings_of(file)) == count - 1  # what was taken out before by itself stays out
    case.refresh_from_db()
    assert case.is_filed


def test_only_who_keeps_an_open_file_takes_a_case_out(cast: Cast, case: Case, file: WorkFile) -> None:
    whole = put(file, case, cast)
    with pytest.raises(Forbidden):
        take_out(whole, reason="Thử", actor=cast.outsider, at=LATER)
    closed(file, cast)
    with pytest.raises(Refusal, match="đã kết thúc"):
        take_out(whole, reason="Thử", actor=cast.registrar, at=LATER)


def closed(file: WorkFile, cast: Cast) -> WorkFile:
    mend(file, "end_date", actor=cast.registrar, at=LATER)
    mend(file, "retention", actor=cast.registrar, at=LATER)
    return close_file(file, actor=cast.registrar, at=LATER)


def test_cases_move_with_their_papers_and_papers_within_their_case(cast: Cast, case: Case, file: WorkFile) -> None:
    first, second = put(file, case, cast), put(file, solved(cast, applicant=case.applicant), cast)
    move(second, up=True, actor=cast.registrar, at=LATER)
    rows = filings_of(file)
    assert rows[0] == second
    assert {one.whole_id for one in rows[1 : len(rows) // 2]} == {second.pk}
    papers = [one for one in rows if one.whole_id == first.pk]
    move(papers[0], up=True, actor=cast.registrar, at=LATER)
    assert filings_of(file) == rows  # it stays below its case
    move(papers[1], up=True, actor=cast.registrar, at=LATER)
    assert [one for one in filings_of(file) if one.whole_id == first.pk][:2] == [papers[1], papers[0]]
    order_by_date(file, actor=cast.registrar, at=LATER)
    assert [one.whole_id is None for one in filings_of(file)] == [True, *[False] * 7, True, *[False] * 7]


def test_who_reads_the_file_but_not_the_case_sees_lines_without_words(cast: Cast, case: Case, file: WorkFile) -> None:
    put(file, case, cast)
    paper = file.filings.filter(subject_kind="case_paper").first()
    assert paper is not None
    words = "Tờ khai của Trần Văn Nam"
    describe_filing(paper, symbol="", title=words, issuer="", date=MONDAY, pages=2, actor=cast.registrar, at=LATER)
    other = cast.outsider
    share_file(file, other.post, actor=cast.registrar, at=LATER)
    lines = lines_of(filings_of(file), other)
    assert {line.title for line in lines} == {HIDDEN}
    assert [line.number for line in lines] == list(range(1, 9))
    assert not any(line.url for line in lines)
    told = as_json(facts_of(file, lines)) + str(contents_paper(file, lines).rows)
    told += " ".join(entry.sentence for entry in story_of(file, other))
    told += " ".join(one.message for one in for_eyes(findings(file, on=MONDAY), file, other))
    for word in ("Trần Văn Nam", case.code, "Giấy khai sinh"):
        assert word not in told
    seen = lines_of(filings_of(file), cast.registrar)
    assert [line.title for line in seen][1:2] == TITLES[:1]
    assert all(line.url for line in seen)


def test_a_recalled_result_a_new_paper_and_unsaid_pages_are_told_before_closing(
    cast: Cast, case: Case, file: WorkFile
) -> None:
    put(file, case, cast)
    assert not [one for one in findings(file, on=MONDAY) if one.code in ("recalled", "grown", "running")]
    pages = next(one for one in findings(file, on=MONDAY) if one.code == "part_pages")
    assert "4 giấy tờ chưa ghi số trang" in pages.message
    assert not pages.blocks
    case.results.update(standing=ResultPaper.Standing.RECALLED)
    case.papers.create(key="khac", name="Giấy bổ sung", copies=1, given_at=AT, order=9)
    found = {one.code: one for one in findings(file, on=MONDAY)}
    assert "Đã bị thu hồi" in found["recalled"].message
    assert "có thêm 1 giấy tờ chưa vào hồ sơ (Giấy bổ sung)" in found["grown"].message
    mend(file, "refresh", found["grown"].filing, actor=cast.registrar, at=LATER)
    assert "grown" not in {one.code for one in findings(file, on=MONDAY)}
    assert filings_of(file)[-1].title == "Giấy bổ sung"


def test_a_case_that_runs_again_keeps_the_file_open(cast: Cast, case: Case, file: WorkFile) -> None:
    put(file, case, cast)
    Case.objects.filter(pk=case.pk).update(status=Case.Status.IN_PROGRESS)
    with pytest.raises(Refusal, match="điểm phải xử lý"):
        closed(file, cast)
    (found,) = [one for one in findings(file, on=MONDAY) if one.code == "running"]
    mend(file, found.mend, found.filing, actor=cast.registrar, at=LATER)
    assert filings_of(file) == []


def test_what_the_archive_takes_holds_the_papers_of_the_case(cast: Cast, case: Case, file: WorkFile) -> None:
    put(file, case, cast)
    shut = closed(file, cast)
    assert (shut.documents_total, shut.pages_total) == (8, 2)
    made = hand_over([shut], actor=cast.registrar, at=LATER)
    decide(made, actor=cast.commune_clerk, at=LATER)
    shut.refresh_from_db()
    told = json.loads(as_json(facts_of(shut, lines_of(filings_of(shut), cast.registrar))))
    assert told["DocTotal"] == 8
    assert [one["Subject"] for one in told["Documents"]][1:] == TITLES
    assert told["Documents"][5]["CodeNotation"] == "12/2014"
    rows = contents_paper(shut, lines_of(filings_of(shut), cast.registrar)).rows
    assert [row[3] for row in rows][1:] == TITLES
    with pytest.raises(Refusal):
        take_out(filings_of(shut)[0], reason="Thử", actor=cast.registrar, at=LATER)


def test_the_files_of_papers_stand_in_the_manifest_for_who_sees_the_case(
    cast: Cast, case: Case, file: WorkFile
) -> None:
    upload = receive([b"Giay chung sinh"], name="chung-sinh.txt", actor=cast.commune_desk_officer, at=AT)
    for one in (case, solved(cast, applicant=case.applicant)):  # the same paper with two cases is no double
        paper = one.papers.get(key="chung_sinh")
        attach(upload, paper.subject, actor=cast.commune_desk_officer, at=AT)
        put(file, one, cast)
    assert "double" not in {one.code for one in findings(file, on=MONDAY)}
    facts = facts_of(file, lines_of(filings_of(file), cast.registrar))
    document = next(one for one in json.loads(as_json(facts))["Documents"] if one["Subject"] == "Giấy chứng sinh")
    digest = hashlib.sha256(b"Giay chung sinh").hexdigest()
    assert document["Files"] == [{"FileName": "chung-sinh.txt", "SHA256": digest, "Size": 15}]
    assert f"<Files><File><FileName>chung-sinh.txt</FileName><SHA256>{digest}</SHA256>" in as_xml(facts)
    share_file(file, cast.outsider.post, actor=cast.registrar, at=LATER)
    assert digest not in as_json(facts_of(file, lines_of(filings_of(file), cast.outsider)))


def test_the_list_holds_what_the_office_decided_until_it_is_filed(cast: Cast, case: Case, file: WorkFile) -> None:
    running = a_case(cast, applicant=case.applicant)
    for actor in (cast.registrar, cast.commune_leader, cast.commune_desk_officer):
        assert unfiled_page(actor).cases == [case], actor
    assert running not in unfiled_page(cast.registrar).cases
    assert unfiled_page(cast.registrar, procedure=case.procedure_id).cases == [case]
    assert unfiled_page(cast.registrar, procedure=case.procedure_id + 1).cases == []
    show_to(case, [cast.outsider.audience])
    assert unfiled_page(cast.outsider).cases == []  # seen, but not theirs to keep
    put(file, case, cast)
    assert unfiled_page(cast.registrar).cases == []
    case.refresh_from_db()
    show_to(case, [cast.second_specialist.audience])
    assert CaseReader.objects.get(case=case, audience=cast.second_specialist.audience).is_filed


def test_a_file_with_cases_of_the_procedure_is_proposed(cast: Cast, case: Case) -> None:
    under = heading(cast)
    births, other = (
        work_file(cast, under),
        open_unplanned(under, title="Việc khác", reason="Việc mới", actor=cast.registrar, at=LATER),
    )
    put(births, case, cast)
    another = solved(cast, applicant=case.applicant)
    assert suggested_files(another.subject, [births, other]) == {births.pk}


def test_many_cases_ask_the_same_as_one(
    cast: Cast, case: Case, file: WorkFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    more = [solved(cast, applicant=case.applicant) for _ in range(2)]
    with django_assert_num_queries(8):
        parts_of([case.pk])
    with django_assert_num_queries(8):
        parts_of([case.pk, *(one.pk for one in more)])
    with django_assert_num_queries(1):
        assert len(unfiled_page(cast.registrar).cases) == 3
    for one in (case, *more):
        put(file, one, cast)
    filings = filings_of(file)
    with django_assert_num_queries(12):
        lines_of(filings[:8], cast.registrar)
    with django_assert_num_queries(12):
        lines_of(filings, cast.registrar)
