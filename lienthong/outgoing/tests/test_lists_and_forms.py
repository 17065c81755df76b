"""Lists as spreadsheets and with saved filters; what a template asks; older events; labels; the corner of the desk."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lienthong.outgoing.models import Draft
from lienthong.outgoing.operations.commenting import comment
from lienthong.outgoing.tests.builders import (
    address,
    document_type,
    issued_document,
    make_draft,
    open_books,
    put_before,
)
from lienthong.stationery.models import DocumentTemplate
from lienthong.stationery.operations import load_stationery
from lienthong.tasks import desk
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_monday(cast: Cast) -> Iterator[None]:
    open_books(cast)
    with time_machine.travel(AT, tick=False):
        yield


def cells(content: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)


def test_the_lists_leave_as_spreadsheets_as_they_are_narrowed(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    sheet = client.get(reverse("outgoing:documents"), {"format": "xlsx", "since": "01/03/2014"})
    assert document.symbol in cells(sheet.getvalue())
    sheet = client.get(reverse("outgoing:documents"), {"format": "xlsx", "since": "01/12/2014"})
    assert document.symbol not in cells(sheet.getvalue())
    sheet = client.get(reverse("outgoing:drafts"), {"format": "xlsx", "for": "mine"})
    assert draft.abstract in cells(sheet.getvalue())


@pytest.mark.parametrize(("name", "query"), [("documents", "state=published"), ("drafts", "for=mine")])
def test_a_filter_is_kept_under_a_name(name: str, query: str, cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    shown = client.get(reverse(f"outgoing:{name}") + f"?{query}").content.decode()
    assert "Lưu bộ lọc này" in shown


def asking_template() -> DocumentTemplate:
    load_stationery(at=AT)
    found = DocumentTemplate.objects.select_related("current", "document_type").order_by("pk")
    return next(one for one in found if one.current and any(field.required for field in one.current.declared.values()))


def test_a_template_asks_for_its_required_fields(cast: Cast, client: Client, login: Login) -> None:
    template = asking_template()
    assert template.current is not None
    name, field = next((key, one) for key, one in template.current.declared.items() if one.required)
    login(client, cast.specialist)
    address = reverse("outgoing:new")
    fragment = client.get(address, {"template": template.pk}, headers={"HX-Request": "true"}).content.decode()
    assert f'name="asked-{name}"' in fragment
    form = {"document_type": template.document_type_id, "template": template.pk, "abstract": "Một việc"}
    form |= {"urgency": "normal", "scope": "outgoing", "request_key": uuid.uuid4()}
    answer = client.post(address, form)
    assert answer.status_code == 422
    assert f"hãy ghi “{field.label}”" in answer.content.decode()
    assert not Draft.objects.exists()


def test_a_template_of_another_type_is_refused(cast: Cast, client: Client, login: Login) -> None:
    template = asking_template()
    other = next(code for code in ("bao-cao", "to-trinh") if code != template.document_type.code)
    login(client, cast.specialist)
    form = {"document_type": document_type(other).pk, "template": template.pk, "abstract": "Một việc"}
    answer = client.post(
        reverse("outgoing:new"), form | {"urgency": "normal", "scope": "outgoing", "request_key": uuid.uuid4()}
    )
    assert "Mẫu này để soạn" in answer.content.decode()


def test_older_events_are_one_link_away(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    for number in range(45):
        comment(draft, text=f"Góp ý thứ {number}", actor=cast.division_head, at=AT)
    login(client, cast.specialist)
    shown = client.get(reverse("outgoing:draft", args=[draft.pk])).content.decode()
    link = shown.split('hx-get="')[-1].split('"')[0]
    assert link.startswith(reverse("outgoing:draft_timeline", args=[draft.pk]))
    assert "bắt đầu soạn" not in shown
    assert "bắt đầu soạn" in client.get(link).content.decode()


def test_labels_are_printed_for_what_goes_by_post(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    login(client, cast.clerk)
    shown = client.get(reverse("outgoing:labels", args=[document.pk])).content.decode()
    assert "Công ty cổ phần Mẫu" in shown
    assert "12 Trần Hưng Đạo, Phan Thiết" in shown
    assert "Ủy ban nhân dân tỉnh</strong>" not in shown


def test_what_waits_for_a_signature_stands_on_the_desk_of_who_signs(cast: Cast) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    assert cast.leader.can("drafts.sign")
    assert not cast.specialist.can("drafts.sign")
    assert "Chờ tôi ký" in [tab["label"] for tab in desk.tabs(cast.leader)]


def test_an_issued_document_is_filed_from_its_page(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    login(client, cast.specialist)
    shown = client.get(reverse("outgoing:document", args=[document.pk])).content.decode()
    assert f"{reverse('workfiles:choosing')}?subject=outgoing:{document.pk}" in shown
