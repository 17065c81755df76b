"""The pages: a year's file goes through them from the list of files to the archive."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.operations.readers import enter
from lienthong.documents.operations.readers import open_to as open_document
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.kernel.clock import local_date, now
from lienthong.workfiles.models import FilePlan, HandOver, PlannedFile, WorkFile
from lienthong.workfiles.operations.filing import file_subject
from lienthong.workfiles.operations.handing_over import hand_over
from lienthong.workfiles.tests.builders import closed_file, open_file
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]


def said(client: Client, address: str, **fields: Any) -> str:
    """Send a form that must succeed; return the page after it."""
    answer = client.post(address, fields, follow=True)
    assert answer.redirect_chain, answer.content.decode()[-3000:]
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_years_file_goes_from_the_list_to_the_archive(cast: Cast, client: Client, login: Login) -> None:
    year, today = local_date(now()).year, f"{local_date(now()):%d/%m/%Y}"
    login(client, cast.clerk)
    assert "Chưa có danh mục hồ sơ" in client.get("/file-plans/").content.decode()
    said(client, "/file-plans/new/", year=year)
    plan = FilePlan.objects.get()
    said(client, f"/file-plans/{plan.pk}/headings/new/", abbreviation="cntt", title="Công nghệ thông tin")
    heading = plan.headings.get()
    said(
        client,
        f"/file-plans/{plan.pk}/files/new/",
        heading=heading.pk,
        title="Hồ sơ rà soát đại lý Internet",
        retention="period-report",
        keeper=f"post:{cast.specialist.post.pk}",
    )
    assert "cần đối chiếu" in client.get(f"/file-plans/{plan.pk}/").content.decode()
    said(client, f"/file-plans/{plan.pk}/submission/")
    login(client, cast.leader)
    assert "Đã phê duyệt danh mục" in said(client, f"/file-plans/{plan.pk}/approval/")

    login(client, cast.specialist)
    planned = PlannedFile.objects.get()
    page = said(client, f"/work-files/planned/{planned.pk}/", post=cast.specialist.post.pk, started_on=today)
    assert "Đã mở hồ sơ 01.CNTT" in page
    file = WorkFile.objects.get()
    document = make_document(make_book(cast), cast.clerk, pages=2)
    open_document(document, [cast.specialist.audience])
    found = client.get(f"/work-files/{file.pk}/filings/", {"q": "nhiệm vụ chủ yếu"}).content.decode()
    assert f'value="incoming:{document.pk}"' in found
    assert "Đã đưa 1 tài liệu" in said(client, f"/work-files/{file.pk}/filings/", subject=f"incoming:{document.pk}")
    filing = reverse("workfiles:choosing")
    assert "Đã có trong" in client.get(filing, {"subject": f"incoming:{document.pk}"}).content.decode()

    checks = client.get(f"/work-files/{file.pk}/closing/").content.decode()
    assert "Chưa ghi ngày công việc kết thúc" in checks
    assert client.post(f"/work-files/{file.pk}/closing/", {"overruling": ""}).status_code == 422
    for how in ("end_date", "retention"):
        said(client, f"/work-files/{file.pk}/mend/", how=how)
    assert "đã đủ" in client.get(f"/work-files/{file.pk}/closing/").content.decode()
    assert "Đã kết thúc hồ sơ" in said(client, f"/work-files/{file.pk}/closing/", overruling="")
    assert "Đã giao nộp 1 hồ sơ" in said(client, "/hand-overs/new/", files=file.pk)
    made = HandOver.objects.get()
    assert "Nhận vào lưu trữ" not in client.get(f"/hand-overs/{made.pk}/").content.decode()

    login(client, cast.clerk)
    assert "Chờ nhận lưu trữ" in client.get("/").content.decode()
    assert "Nhận vào lưu trữ" in client.get(f"/hand-overs/{made.pk}/").content.decode()
    assert "Đã nhận 1 hồ sơ vào lưu trữ." in said(client, f"/hand-overs/{made.pk}/decision/")
    for which in ("files.pdf", "files.xlsx", "minutes.pdf"):
        assert client.get(f"/hand-overs/{made.pk}/{which}").status_code == 200
    page = client.get(f"/work-files/{file.pk}/").content.decode()
    assert "Đã nộp lưu" in page
    assert "nhận hồ sơ vào lưu trữ" in page
    assert "Thêm tài liệu" not in page


def test_whoever_has_no_part_in_it_finds_nothing(cast: Cast, client: Client, login: Login) -> None:
    file = open_file(cast)
    plan = file.heading.plan
    login(client, cast.outsider)
    for address in (
        f"/work-files/{file.pk}/",
        f"/work-files/{file.pk}/filings/",
        f"/work-files/{file.pk}/closing/",
        f"/work-files/{file.pk}/metadata.json",
        f"/work-files/{file.pk}/contents.pdf",
        f"/file-plans/{plan.pk}/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get("/work-files/filing/", {"subject": "incoming:1"}).status_code == 404


def test_a_form_with_mistakes_says_them_beside_the_fields(cast: Cast, client: Client, login: Login) -> None:
    file = open_file(cast)
    login(client, cast.specialist)
    address = f"/work-files/{file.pk}/details/"
    page = client.post(address, {"title": "", "retention": "years", "started_on": "31/02/2014"})
    assert page.status_code == 422
    for words in ("Hãy ghi tiêu đề hồ sơ.", "Hãy ghi số năm bảo quản.", "Lịch không có ngày 31/02/2014"):
        assert words in page.content.decode()
    for odd in ({"subject": "incoming:x"}, {"subject": "account:1"}, {"files": "9" * 30}, {}):
        assert client.post(f"/work-files/{file.pk}/filings/", odd).status_code == 302


def test_a_table_is_tried_before_it_is_kept(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.clerk)
    said(client, "/file-plans/new/", year=local_date(now()).year)
    plan = FilePlan.objects.get()
    address = f"/file-plans/{plan.pk}/import/"
    table = "Số và ký hiệu hồ sơ\tTiêu đề hồ sơ\tThời hạn bảo quản\n01.TCCB\tNâng lương\tmãi mãi\n"
    page = client.post(address, {"pasted": table}).content.decode()
    assert "1 dòng sai" in page
    assert client.post(address, {"pasted": "a\tb\nc\td"}).status_code == 422
    table = table.replace("mãi mãi", "20 năm")
    assert "Thêm 1 hồ sơ vào danh mục" in client.post(address, {"pasted": table}).content.decode()
    assert "Đã thêm 1 hồ sơ" in said(client, address, pasted=table, confirm="1")


def test_a_file_goes_back_only_when_it_is_marked_and_has_a_reason(cast: Cast, client: Client, login: Login) -> None:
    document = make_document(make_book(cast), cast.clerk, pages=2)
    open_document(document, [cast.specialist.audience])
    file = open_file(cast)
    file_subject(file, document.subject, actor=cast.specialist, at=AT)
    file = closed_file(file, cast.specialist)
    made = hand_over([file], actor=cast.specialist, at=AT)
    login(client, cast.clerk)
    refused = client.post(f"/hand-overs/{made.pk}/decision/", {"returned": file.pk})
    assert refused.status_code == 422
    assert "Hãy nhập lý do trả lại hồ sơ 01.CNTT" in refused.content.decode()
    assert 'aria-invalid="true"' in refused.content.decode()
    unmarked = client.post(f"/hand-overs/{made.pk}/decision/", {f"reason-{file.pk}": "Thiếu biên bản"})
    assert unmarked.status_code == 422
    assert "Đã ghi lý do cho hồ sơ 01.CNTT nhưng chưa đánh dấu" in unmarked.content.decode()
    assert 'value="Thiếu biên bản"' in unmarked.content.decode()
    fields = {"returned": file.pk, f"reason-{file.pk}": "Thiếu biên bản"}
    page = said(client, f"/hand-overs/{made.pk}/decision/", **fields)
    assert "Đã trả lại 1 hồ sơ." in page
    assert "minutes.pdf" not in page  # nothing was taken in: no minutes of it
    assert "Lý do: Thiếu biên bản" in page


def test_taking_out_can_be_undone_from_the_message(cast: Cast, client: Client, login: Login) -> None:
    file = open_file(cast)
    document = make_document(make_book(cast), cast.clerk)
    open_document(document, [cast.specialist.audience])
    login(client, cast.specialist)
    said(client, f"/work-files/{file.pk}/filings/", subject=str(document.subject))
    filing = file.filings.get()
    page = said(client, f"/work-files/{file.pk}/filings/{filing.pk}/removal/", reason="Nhầm hồ sơ")
    undo = f"/work-files/{file.pk}/filings/{filing.pk}/restoration/"
    assert f'action="{undo}"' in page
    assert "Hồ sơ chưa có tài liệu" in page
    page = said(client, undo)
    assert "Đã đưa tài liệu trở lại hồ sơ" in page
    assert document.symbol in page
    login(client, cast.second_specialist)
    assert client.post(undo).status_code == 404


def test_a_heading_is_changed_moved_and_taken_out_on_its_pages(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.clerk)
    said(client, "/file-plans/new/", year=local_date(now()).year)
    plan = FilePlan.objects.get()
    for short in ("VP", "CNTT"):
        said(client, f"/file-plans/{plan.pk}/headings/new/", abbreviation=short, title=f"Việc của {short}")
    second = plan.headings.get(abbreviation="CNTT")
    address = f"/file-plans/{plan.pk}/headings/{second.pk}/"
    assert address in client.get(f"/file-plans/{plan.pk}/").content.decode()
    assert "1, chỗ của VP" in client.get(address).content.decode()
    taken = client.post(address, {"abbreviation": "VP", "title": "Khác", "place": "2"})
    assert taken.status_code == 422
    assert "đã có đề mục VP" in taken.content.decode()
    assert client.post(address, {"abbreviation": "TT", "title": "Khác", "place": "9"}).status_code == 422
    page = said(client, address, abbreviation="TT", title="Thông tin", place="1")
    assert page.index("TT · Thông tin") < page.index("VP · Việc của VP")
    page = said(client, f"{address}removal/", reason="Nhập vào Văn phòng")
    assert "bỏ đề mục TT: Thông tin. Lý do: Nhập vào Văn phòng" in page
    following = client.get(f"/file-plans/new/?copy_from={plan.pk}").content.decode()
    assert f'value="{plan.year + 1}"' in following
    assert f'<option value="{plan.pk}" selected>' in following
    login(client, cast.health_clerk)
    assert client.get(address).status_code == 404


def test_a_full_file_asks_the_same_as_an_empty_one(
    cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    file, book = open_file(cast), make_book(cast)
    login(client, cast.specialist)
    for number in range(8):
        one = make_document(book, cast.clerk, symbol=f"{number}/UBND", at=AT + dt.timedelta(minutes=number))
        open_document(one, [cast.specialist.audience])
        said(client, f"/work-files/{file.pk}/filings/", subject=f"incoming:{one.pk}")
    with django_assert_max_num_queries(40):
        client.get(f"/work-files/{file.pk}/")
    with django_assert_max_num_queries(30):
        client.get("/work-files/")


def test_choosing_a_file_from_a_document(cast: Cast, client: Client, login: Login) -> None:
    file = open_file(cast)
    document = make_document(make_book(cast), cast.clerk)
    open_document(document, [cast.specialist.audience])
    login(client, cast.specialist)
    address = reverse("workfiles:choosing")
    record = client.get(f"/incoming/{document.pk}/").content.decode()
    assert f"{address}?subject=incoming:{document.pk}" in record
    page = client.get(address, {"subject": f"incoming:{document.pk}"}).content.decode()
    assert "01.CNTT" in page
    said(client, address, subject=f"incoming:{document.pk}", file=file.pk)
    assert file.filings.count() == 1


def test_a_settled_document_is_listed_until_it_lies_in_a_file(cast: Cast, client: Client, login: Login) -> None:
    file = open_file(cast)
    document = make_document(make_book(cast), cast.clerk)
    open_document(document, [cast.specialist.audience])
    login(client, cast.specialist)
    assert "Không còn văn bản nào" in client.get("/work-files/unfiled/").content.decode()
    enter(document, "settled")
    assert document.symbol in client.get("/work-files/unfiled/").content.decode()
    said(client, reverse("workfiles:choosing"), subject=f"incoming:{document.pk}", file=file.pk)
    assert "Không còn văn bản nào" in client.get("/work-files/unfiled/").content.decode()
