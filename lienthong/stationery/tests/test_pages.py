"""The pages of templates and letterheads, as the keeper of a unit and as the administrator see them."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lienthong.stationery import operations, queries
from lienthong.stationery.models import DocumentTemplate, Letterhead
from lienthong.stationery.operations import load_stationery
from tests.cast import Cast

LIST = reverse("stationery:templates")


@pytest.fixture
def loaded(cast: Cast, at: dt.datetime) -> DocumentTemplate:
    """The templates that come with the software; the letter among them."""
    load_stationery(at=at)
    return DocumentTemplate.objects.get(code="cong-van")


def typed(client: Client, template: DocumentTemplate, **changes: str) -> dict[str, str]:
    """What the browser sends for a draft as it is shown, with changes."""
    page = client.get(reverse("stationery:draft", args=[template.pk]))
    data: dict[str, str] = {}
    for form in [page.context["form"], page.context["fields"].management_form, *page.context["fields"]]:
        for field in form:
            value = field.value()
            if value not in (None, False):
                data[field.html_name] = "on" if value is True else str(value)
    return data | changes


def test_the_list_shows_every_type_with_its_template(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate, django_assert_max_num_queries: Any
) -> None:
    login(client, cast.clerk).get(LIST)
    with django_assert_max_num_queries(12):
        page = client.get(LIST).content.decode()
    assert "Công văn trả lời" in page
    assert "Giấy nghỉ phép" in page
    found = client.get(LIST, {"q": "to trinh"}).content.decode()
    assert "Tờ trình" in found
    assert "Giấy nghỉ phép" not in found
    assert "Không có mẫu nào như vậy" in client.get(LIST, {"q": "khong co dau"}).content.decode()


def test_an_empty_list_offers_the_first_step(client: Client, cast: Cast, login: Any) -> None:
    page = login(client, cast.clerk).get(LIST).content.decode()
    assert "Chưa có mẫu văn bản" in page
    assert reverse("stationery:new_template") in page


def test_a_specialist_only_sees_what_a_template_looks_like(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate
) -> None:
    assert login(client, cast.specialist).get(LIST).status_code == 403
    assert client.get(reverse("stationery:template", args=[loaded.pk])).status_code == 403
    assert client.get(reverse("stationery:page", args=[loaded.pk, 1, 1])).status_code == 200


def test_a_clerk_reads_everybodys_template_and_may_only_copy_it(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate
) -> None:
    login(client, cast.clerk)
    page = client.get(reverse("stationery:template", args=[loaded.pk])).content.decode()
    assert "Sao chép" in page
    assert "Sửa mẫu" not in page
    assert client.post(reverse("stationery:draft", args=[loaded.pk]), {"begin": "1"}).status_code == 403
    copy = reverse("stationery:copy", args=[loaded.pk])
    assert "Mọi đơn vị" not in client.get(copy).content.decode()
    answer = client.post(copy, {"name": "Công văn của Sở", "owner": cast.stttt.pk}, follow=True)
    assert "Đã sao chép" in answer.content.decode()
    assert DocumentTemplate.objects.get(name="Công văn của Sở").owner == cast.stttt


def test_the_page_of_a_version_is_a_picture(client: Client, cast: Cast, login: Any, loaded: DocumentTemplate) -> None:
    login(client, cast.clerk)
    answer = client.get(reverse("stationery:page", args=[loaded.pk, 1, 1]))
    assert answer["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert client.get(reverse("stationery:page", args=[loaded.pk, 9, 1])).status_code == 404


def test_an_administrator_edits_previews_and_publishes(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate
) -> None:
    login(client, cast.administrator)
    draft = reverse("stationery:draft", args=[loaded.pk])
    assert "Lưu bản nháp" in client.post(draft, {"begin": "1"}, follow=True).content.decode()
    broken = typed(client, loaded, body="Kính đề nghị {{ noi_gui_den }} xem xét./.")
    preview = client.post(reverse("stationery:preview", args=[loaded.pk]), broken).content.decode()
    assert "Nội dung, dòng 1: không có trường “noi_gui_den”. Có phải “noi_gui” không?" in preview
    assert "data:image/png" not in preview
    client.post(draft, broken)
    refused = client.post(reverse("stationery:publication", args=[loaded.pk]), follow=True).content.decode()
    assert "Mẫu còn sai ở Nội dung, dòng 1" in refused
    right = typed(client, loaded, body="Kính đề nghị {{ noi_gui }} xem xét./.", abstract="{{ viec }}")
    preview = client.post(reverse("stationery:preview", args=[loaded.pk]), right).content.decode()
    assert "data:image/png;base64," in preview
    assert "1 trang" in preview
    assert "Đã lưu bản nháp" in client.post(draft, right, follow=True).content.decode()
    page = client.post(reverse("stationery:publication", args=[loaded.pk]), follow=True).content.decode()
    assert "Đã ban hành phiên bản 2" in page
    loaded.refresh_from_db()
    assert loaded.current is not None
    assert loaded.current.body == "Kính đề nghị {{ noi_gui }} xem xét./."


def test_an_older_version_is_taken_back_into_a_draft(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate, at: dt.datetime
) -> None:
    assert loaded.current is not None
    first = loaded.current.body
    version = operations.begin_draft(loaded, actor=cast.administrator, at=at)
    login(client, cast.administrator)
    address = reverse("stationery:draft", args=[loaded.pk])
    client.post(address, typed(client, loaded, body="Kính đề nghị {{ noi_gui }} xem xét./.", abstract="{{ viec }}"))
    old = reverse("stationery:template", args=[loaded.pk]) + "?version=1"
    assert "Lấy lại phiên bản 1" not in client.get(old).content.decode()
    client.post(reverse("stationery:publication", args=[loaded.pk]))
    assert "Lấy lại phiên bản 1" in client.get(old).content.decode()
    page = client.post(address, {"begin": "1", "like": "1"}, follow=True).content.decode()
    assert "Đã lấy nội dung phiên bản 1 vào bản nháp" in page
    draft = queries.draft_of(loaded)
    assert draft is not None
    assert (draft.number, draft.body) == (version.number + 1, first)
    refused = client.post(address, {"begin": "1", "like": "2"})
    assert refused.status_code == 409
    assert "Mẫu đang có bản nháp" in refused.content.decode()


def test_two_editors_do_not_overwrite_each_other(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate, at: dt.datetime
) -> None:
    login(client, cast.administrator)
    version = operations.begin_draft(loaded, actor=cast.administrator, at=at)
    mine = typed(client, loaded, body="Bản của tôi./.")
    theirs = version.content | {"body": "Bản của người khác./."}
    later = at + dt.timedelta(minutes=1)
    operations.edit_draft(version, content=theirs, actor=cast.administrator, at=later)
    answer = client.post(reverse("stationery:draft", args=[loaded.pk]), mine)
    assert answer.status_code == 422
    assert "Có người vừa lưu bản nháp này" in answer.content.decode()
    assert "Bản của tôi./." in answer.content.decode()


def test_a_field_is_declared_on_the_page(client: Client, cast: Cast, login: Any, loaded: DocumentTemplate) -> None:
    login(client, cast.administrator)
    draft = reverse("stationery:draft", args=[loaded.pk])
    client.post(draft, {"begin": "1"})
    last = len(operations.begin_draft(loaded, actor=None, at=dt.datetime.now(dt.UTC)).fields)  # noqa: TID251 - any moment
    nameless = typed(client, loaded, **{f"field-{last}-label": "Người phụ trách"})
    assert "Hãy đặt tên cho trường này" in client.post(draft, nameless).content.decode()
    named = nameless | {f"field-{last}-name": "nguoi_phu_trach", f"field-{last}-required": "on"}
    client.post(draft, named)
    version = queries.draft_of(loaded)
    assert version is not None
    assert version.declared["nguoi_phu_trach"].required


@pytest.mark.usefixtures("data_directory")
def test_a_word_file_goes_out_and_comes_back(client: Client, cast: Cast, login: Any, loaded: DocumentTemplate) -> None:
    login(client, cast.administrator)
    client.post(reverse("stationery:draft", args=[loaded.pk]), {"begin": "1"})
    answer = client.get(reverse("stationery:word_file", args=[loaded.pk, 2]))
    assert "cong-van-mau-2.docx" in answer["Content-Disposition"]
    put = reverse("stationery:draft_file", args=[loaded.pk])
    sent = SimpleUploadedFile("mau.docx", answer.content)
    page = client.post(put, {"file": sent}, follow=True).content.decode()
    assert "Đã gắn tệp Word vào bản nháp" in page
    assert "Gỡ tệp Word" in page
    not_word = client.post(put, {"file": io.BytesIO(b"khong phai Word")})
    assert not_word.status_code == 422
    assert "tệp hỏng nên không mở được" in not_word.content.decode()
    assert "Đã gỡ tệp Word" in client.post(put, {"off": "1"}, follow=True).content.decode()


def test_what_is_retired_comes_back(client: Client, cast: Cast, login: Any, loaded: DocumentTemplate) -> None:
    login(client, cast.administrator)
    address = reverse("stationery:retirement", args=[loaded.pk])
    assert "thôi dùng" in client.post(address, follow=True).content.decode()
    assert loaded.name not in client.get(LIST, {"q": "cong van tra loi khac"}).content.decode()
    assert "Dùng lại" in client.get(reverse("stationery:template", args=[loaded.pk])).content.decode()
    assert "dùng lại được" in client.post(address, {"again": "1"}, follow=True).content.decode()


def test_a_new_template_starts_from_the_types_own(
    client: Client, cast: Cast, login: Any, loaded: DocumentTemplate
) -> None:
    login(client, cast.leader)
    address = reverse("stationery:new_template")
    assert client.get(address).status_code == 200
    facts = {"document_type": loaded.document_type_id, "name": "Công văn đôn đốc", "owner": cast.cntt.pk}
    page = client.post(address, facts, follow=True).content.decode()
    assert "Bản nháp phiên bản 1" in page
    assert "&#123;{ noi_gui }}" in page
    again = client.post(address, facts)
    assert again.status_code == 422
    assert "Đã có mẫu “Công văn đôn đốc”" in again.content.decode()


def test_letterheads_are_set_and_ended_on_the_page(client: Client, cast: Cast, login: Any) -> None:
    login(client, cast.clerk)
    assert "Sở Thông tin và Truyền thông" in client.get(reverse("stationery:letterheads")).content.decode()
    address = reverse("stationery:letterhead", args=[cast.stttt.pk])
    page = client.get(address).content.decode()
    assert "UBND TỈNH BÌNH THUẬN" in page
    assert "Theo cây đơn vị" in page
    facts = {
        "valid_from": "01/01/2014",
        "superior": "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN",
        "issuer": "SỞ THÔNG TIN\nVÀ TRUYỀN THÔNG",
        "place": "Phan Thiết",
        "contact": "Số 01 đường Ví Dụ, thành phố Phan Thiết",
    }
    assert "Đã đặt phần đầu từ 01/01/2014" in client.post(address, facts, follow=True).content.decode()
    again = client.post(address, facts)
    assert again.status_code == 422
    assert "Hãy chọn ngày sau ngày đó" in again.content.decode()
    picture = client.get(reverse("stationery:letterhead_picture", args=[cast.stttt.pk]))
    assert picture.content.startswith(b"\x89PNG")
    end = reverse("stationery:letterhead_end", args=[Letterhead.objects.get().pk])
    assert "phải sau ngày bắt đầu" in client.post(end, {"end-valid_to": "01/01/2014"}, follow=True).content.decode()
    assert "Đã ghi ngày thôi dùng" in client.post(end, {"end-valid_to": "01/03/2014"}, follow=True).content.decode()


def test_nobody_sets_the_letterhead_of_another_unit(client: Client, cast: Cast, login: Any) -> None:
    login(client, cast.clerk)
    address = reverse("stationery:letterhead", args=[cast.soyte.pk])
    assert "Đặt phần đầu từ một ngày" not in client.get(address).content.decode()
    facts = {"valid_from": "01/01/2014", "issuer": "SỞ Y TẾ", "place": "Bình Thuận"}
    assert client.post(address, facts).status_code == 403
