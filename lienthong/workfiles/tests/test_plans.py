"""The list of files of a year: drafted, put up, approved, amended, copied, imported."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook
from pypdf import PdfReader

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.workfiles.models import FilePlan, PlannedFile
from lienthong.workfiles.operations.importing import import_plan
from lienthong.workfiles.operations.plans import (
    Retention,
    add_heading,
    amend_heading,
    amend_planned,
    approve_plan,
    begin_plan,
    drop_heading,
    drop_planned,
    give_back_plan,
    plan_file,
    submit_plan,
)
from lienthong.workfiles.papers import as_pdf
from lienthong.workfiles.queries.papers import plan_paper
from lienthong.workfiles.sheets import read_pasted, read_xlsx, rows_of
from lienthong.workfiles.tests.builders import TEN_YEARS, approved_plan, draft_plan, open_file, planned
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
TABLE = """SỞ THÔNG TIN VÀ TRUYỀN THÔNG
Số và ký hiệu hồ sơ\tTiêu đề hồ sơ\tThời hạn bảo quản\tNgười lập hồ sơ\tGhi chú
I. TCCB: Tổ chức cán bộ
01.TCCB\tHồ sơ nâng lương năm 2014\t20 năm\t{keeper}\t
02.TCCB\tHồ sơ thi đua, khen thưởng\tVĩnh viễn\tPhòng BCVT\t
"""


def test_codes_are_the_number_and_the_heading(cast: Cast) -> None:
    _, heading = draft_plan(cast)
    assert planned(heading, 1).code == "01.CNTT"
    assert [one.maintenance for one in heading.planned.order_by("number")] == ["10 năm", "Vĩnh viễn"]


def test_the_head_of_the_agency_approves_what_was_put_up(cast: Cast) -> None:
    plan, _ = draft_plan(cast)
    with pytest.raises(Forbidden):
        approve_plan(plan, actor=cast.leader, at=AT)  # not put up yet
    submit_plan(plan, actor=cast.clerk, at=AT)
    assert Notice.objects.filter(post=cast.leader.post, text__contains="Danh mục hồ sơ năm 2014").exists()
    with pytest.raises(Forbidden):
        approve_plan(plan, actor=cast.clerk, at=AT)
    with pytest.raises(Forbidden):
        approve_plan(plan, actor=cast.health_leader, at=AT)
    approve_plan(plan, actor=cast.leader, at=AT)
    assert "phê duyệt danh mục hồ sơ" in timeline(plan.subject)[0].sentence


def test_a_list_is_not_approved_twice(cast: Cast) -> None:
    plan, _ = approved_plan(cast)
    with pytest.raises(Refusal, match="đã được phê duyệt trước đó"):
        approve_plan(plan, actor=cast.leader, at=AT)


def test_a_list_given_back_is_drafted_on(cast: Cast) -> None:
    plan, heading = draft_plan(cast)
    submit_plan(plan, actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="đang chờ phê duyệt"):
        plan_file(heading, title="Thêm", retention=TEN_YEARS, actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="lý do"):
        give_back_plan(plan, reason=" ", actor=cast.leader, at=AT)
    give_back_plan(plan, reason="Thiếu hồ sơ tổ chức cán bộ", actor=cast.leader, at=AT)
    plan_file(heading, title="Thêm", retention=TEN_YEARS, actor=cast.clerk, at=AT)


def test_after_approval_every_change_needs_a_reason(cast: Cast) -> None:
    plan, heading = approved_plan(cast)
    with pytest.raises(Refusal, match="lý do"):
        plan_file(heading, title="Phát sinh", retention=TEN_YEARS, actor=cast.clerk, at=AT)
    added = plan_file(heading, title="Phát sinh", retention=TEN_YEARS, reason="Việc mới giao", actor=cast.clerk, at=AT)
    assert added.code == "03.CNTT"
    amend_planned(added, title="Phát sinh quý I", retention=TEN_YEARS, reason="Rõ tên", actor=cast.clerk, at=AT)
    drop_planned(added, reason="Nhập vào hồ sơ khác", actor=cast.clerk, at=AT)
    told = [entry.sentence for entry in timeline(plan.subject)]
    assert any("bỏ hồ sơ 03.CNTT Phát sinh quý I. Lý do: Nhập vào hồ sơ khác" in one for one in told)
    assert any("sửa 03.CNTT Phát sinh quý I (tiêu đề). Lý do: Rõ tên" in one for one in told)


def test_a_file_that_was_opened_stays_in_the_list(cast: Cast) -> None:
    file = open_file(cast)
    assert file.planned is not None
    with pytest.raises(Refusal, match="đã mở"):
        drop_planned(file.planned, reason="Thôi", actor=cast.clerk, at=AT)


def test_a_list_without_retention_is_not_put_up(cast: Cast) -> None:
    plan, heading = draft_plan(cast)
    plan_file(heading, title="Chưa rõ thời hạn", actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match=r"03\.CNTT"):
        submit_plan(plan, actor=cast.clerk, at=AT)


def test_a_rule_that_is_not_there_is_refused(cast: Cast) -> None:
    _, heading = draft_plan(cast)
    with pytest.raises(Refusal, match="không còn áp dụng"):
        plan_file(heading, title="A", retention=Retention(rule="khong-co"), actor=cast.clerk, at=AT)
    made = plan_file(heading, title="A", retention=Retention(rule="personnel"), actor=cast.clerk, at=AT)
    assert made.maintenance == "70 năm"


def test_who_may_not_plan_is_refused(cast: Cast) -> None:
    for actor in (cast.specialist, cast.outsider, cast.administrator):
        with pytest.raises(Forbidden):
            begin_plan(year=2014, actor=actor, at=AT)
    plan, _ = draft_plan(cast)
    with pytest.raises(Forbidden):
        add_heading(plan, abbreviation="X", title="X", actor=cast.health_clerk, at=AT)
    assert not FilePlan.objects.visible_to(cast.outsider).exists()
    assert FilePlan.objects.visible_to(cast.specialist).exists()


def test_a_year_has_one_list_and_is_near(cast: Cast) -> None:
    draft_plan(cast)
    with pytest.raises(Refusal, match="đã có danh mục"):
        begin_plan(year=2014, actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="năm"):
        begin_plan(year=2099, actor=cast.clerk, at=AT)


def test_last_years_list_is_copied(cast: Cast) -> None:
    plan, _ = approved_plan(cast)
    copy = begin_plan(year=2015, copy_from=plan, actor=cast.clerk, at=AT)
    assert copy.state == "draft"
    codes = [one.code for one in PlannedFile.objects.filter(heading__plan=copy).select_related("heading")]
    assert sorted(codes) == ["01.CNTT", "02.CNTT"]
    with pytest.raises(Forbidden):
        begin_plan(year=2015, copy_from=plan, actor=cast.health_clerk, at=AT)


def test_the_years_in_titles_are_carried_on(cast: Cast) -> None:
    plan, _ = draft_plan(cast)
    copy = begin_plan(year=2015, copy_from=plan, actor=cast.clerk, at=AT)
    titles = PlannedFile.objects.filter(heading__plan=copy).order_by("number").values_list("title", flat=True)
    assert titles[0] == "Hồ sơ rà soát đại lý Internet năm 2015"


def test_a_heading_is_renamed_and_its_codes_follow(cast: Cast) -> None:
    plan, heading = draft_plan(cast)
    amend_heading(heading, abbreviation="tt", title="Thông tin", place=1, actor=cast.clerk, at=AT)
    assert planned(heading, 1).code == "01.TT"
    assert "sửa đề mục CNTT: Công nghệ thông tin thành TT: Thông tin" in timeline(plan.subject)[0].sentence
    with pytest.raises(Refusal, match="Chưa có thông tin nào thay đổi"):
        amend_heading(heading, abbreviation="TT", title="Thông tin", place=1, actor=cast.clerk, at=AT)
    add_heading(plan, abbreviation="VP", title="Văn phòng", actor=cast.clerk, at=AT)
    with pytest.raises(Refusal, match="đã có đề mục VP"):
        amend_heading(heading, abbreviation="VP", title="Thông tin", place=1, actor=cast.clerk, at=AT)
    for actor in (cast.specialist, cast.health_clerk):
        with pytest.raises(Forbidden):
            amend_heading(heading, abbreviation="A", title="A", place=1, actor=actor, at=AT)


def test_headings_stand_in_the_order_that_is_wanted(cast: Cast) -> None:
    plan, first = draft_plan(cast)
    for short in ("VP", "TTr"):
        add_heading(plan, abbreviation=short, title=f"Việc của {short}", actor=cast.clerk, at=AT)
    amend_heading(first, abbreviation="CNTT", title=first.title, place=3, actor=cast.clerk, at=AT)
    assert list(plan.headings.order_by("order").values_list("abbreviation", flat=True)) == ["VP", "TTR", "CNTT"]
    assert "chuyển đề mục CNTT: Công nghệ thông tin tới vị trí 3" in timeline(plan.subject)[0].sentence
    for place in (0, 4):
        with pytest.raises(Refusal, match="từ 1 đến 3"):
            amend_heading(first, abbreviation="CNTT", title=first.title, place=place, actor=cast.clerk, at=AT)


def test_an_approved_heading_is_changed_with_a_reason_and_keeps_the_codes_in_use(cast: Cast) -> None:
    file = open_file(cast)
    said: dict[str, Any] = {"title": "CNTT và truyền thông", "place": 1, "actor": cast.clerk, "at": AT}
    with pytest.raises(Refusal, match="lý do"):
        amend_heading(file.heading, abbreviation="CNTT", **said)
    with pytest.raises(Refusal, match="Đã mở 1 hồ sơ mang ký hiệu CNTT"):
        amend_heading(file.heading, abbreviation="TT", reason="Gọn hơn", **said)
    amend_heading(file.heading, abbreviation="CNTT", reason="Đúng tên phòng", **said)
    assert "Lý do: Đúng tên phòng" in timeline(file.heading.plan.subject)[0].sentence


def test_only_an_empty_heading_is_taken_out(cast: Cast) -> None:
    plan, heading = draft_plan(cast)
    with pytest.raises(Refusal, match="còn 2 hồ sơ"):
        drop_heading(heading, actor=cast.clerk, at=AT)
    empty = add_heading(plan, abbreviation="VP", title="Văn phòng", actor=cast.clerk, at=AT)
    with pytest.raises(Forbidden):
        drop_heading(empty, actor=cast.specialist, at=AT)
    drop_heading(empty, actor=cast.clerk, at=AT)
    assert plan.headings.count() == 1
    assert "bỏ đề mục VP: Văn phòng" in timeline(plan.subject)[0].sentence


def test_a_table_is_tried_row_by_row_and_kept_as_a_whole(cast: Cast) -> None:
    plan = begin_plan(year=2014, actor=cast.clerk, at=AT)
    wrong = rows_of(read_pasted(TABLE.format(keeper="Người Không Có") + "3TCCB\tSai mã\t5 năm\t\t\n"))
    report = import_plan(plan, wrong, keep=True, actor=cast.clerk, at=AT)
    assert (report.faults, report.is_kept) == (2, False)
    assert not plan.headings.exists()
    right = rows_of(read_pasted(TABLE.format(keeper="Phạm Ngọc Ánh")))
    assert import_plan(plan, right, keep=False, actor=cast.clerk, at=AT).files == 2
    assert not plan.headings.exists()
    report = import_plan(plan, right, keep=True, actor=cast.clerk, at=AT)
    assert report.is_kept
    (heading,) = plan.headings.all()
    assert heading.title == "Tổ chức cán bộ"
    first, second = heading.planned.order_by("number")
    assert (first.post, first.maintenance) == (cast.specialist.post, "20 năm")
    assert (second.unit, second.maintenance) == (cast.bcvt, "Vĩnh viễn")


def test_a_workbook_with_other_columns_is_refused_in_words() -> None:
    stream = io.BytesIO()
    book = Workbook()
    book.worksheets[0].append(["Tên", "Tuổi"])
    book.save(stream)
    stream.seek(0)
    with pytest.raises(Refusal, match="Số và ký hiệu hồ sơ"):
        rows_of(read_xlsx(stream))
    for content in (b"", b"PK\x03\x04broken", b"%PDF-1.4", b"x" * 6_000_000):
        with pytest.raises(Refusal):
            read_xlsx(io.BytesIO(content))


def test_the_list_is_printed(cast: Cast) -> None:
    approved_plan(cast)
    paper = plan_paper(FilePlan.objects.select_related("agency", "author__officer", "approved_by__officer").get())
    pdf = as_pdf(paper, created=AT)
    assert pdf == as_pdf(paper, created=AT)
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    for words in ("DANH MỤC HỒ SƠ", "01.CNTT", "Thời hạn bảo quản", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "có 2 hồ sơ"):
        assert words in text
