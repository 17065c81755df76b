"""What the check of form found goes into the reason with which a document is returned."""

from __future__ import annotations

import io

import docx
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from docx.shared import Mm

from lienthong.documents.forms import LONGEST_RETURN
from lienthong.documents.models import IncomingDocument
from lienthong.documents.returning import sentence
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach, receive
from lienthong.formatting.checking import Finding
from lienthong.formatting.setting import as_docx
from lienthong.formatting.tests.papers import CREATED, DECISION
from lienthong.journal.queries import timeline
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db


def wrong() -> bytes:
    paper = docx.Document(io.BytesIO(as_docx(DECISION, created=CREATED)))
    paper.sections[0].left_margin = Mm(20)
    next(one for one in paper.paragraphs if one.text.startswith("Điều 1")).add_run(" [điền tên đơn vị]")
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


@pytest.fixture
def document(cast: Cast) -> IncomingDocument:
    return make_document(make_book(cast), cast.clerk)


@pytest.fixture
def file(cast: Cast, document: IncomingDocument) -> StoredFile:
    found = receive(ContentFile(wrong()), name="quyet-dinh.docx", actor=cast.clerk, at=AT)
    attach(found, document.subject, actor=cast.clerk, at=AT)
    return found


def test_the_picked_findings_become_the_reason(
    cast: Cast, client: Client, login: Login, document: IncomingDocument, file: StoredFile
) -> None:
    login(client, cast.clerk)
    back = reverse("documents:return", args=[document.pk])
    record = client.get(reverse("documents:document", args=[document.pk])).content.decode()
    check = f"{reverse('stationery:form', args=[file.pk])}?to={back}"
    assert check in record
    points = client.get(check).content.decode()
    assert f'action="{back}"' in points
    assert 'name="pick" value="page.margin.left"' in points
    page = client.get(back, {"file": str(file.pk), "pick": ["page.margin.left", "typing.blanks", "nation.words"]})
    reason = page.context["form"].initial["reason"]
    assert reason.startswith("Văn bản chưa đúng thể thức: 1. ")
    assert "Lề trái là 20 mm, phải từ 30 đến 35 mm" in reason
    assert "còn chỗ chưa điền" in reason
    assert "Quốc hiệu" not in reason, "what is right is not named, whatever the address says"
    assert reason in page.content.decode()
    assert client.post(back, {"reason": reason}).status_code == 302
    document.refresh_from_db()
    assert document.state == IncomingDocument.State.RETURNED
    told = next(one for one in timeline(document.subject) if one.event.kind == "incoming.returned")
    assert told.event.particulars["reason"] == reason


def test_a_file_of_another_document_gives_no_reason(
    cast: Cast, client: Client, login: Login, document: IncomingDocument
) -> None:
    other = receive(ContentFile(wrong()), name="khac.docx", actor=cast.clerk, at=AT)
    login(client, cast.clerk)
    page = client.get(
        reverse("documents:return", args=[document.pk]), {"file": str(other.pk), "pick": "page.margin.left"}
    )
    assert page.context["form"].initial["reason"] == ""


def test_who_may_not_return_is_led_to_the_document_and_a_reason_is_needed(
    cast: Cast, client: Client, login: Login, document: IncomingDocument
) -> None:
    back = reverse("documents:return", args=[document.pk])
    login(client, cast.clerk)
    assert client.post(back, {"reason": " "}).status_code == 422
    assert client.post(back, {"reason": "x" * (LONGEST_RETURN + 1)}).status_code == 422
    login(client, cast.health_clerk)
    assert client.get(back).status_code == 404
    document.refresh_from_db()
    assert document.state != IncomingDocument.State.RETURNED


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"]
)
def test_findings_are_never_sent_elsewhere(
    cast: Cast, client: Client, login: Login, file: StoredFile, elsewhere: str
) -> None:
    login(client, cast.clerk)
    page = client.get(reverse("stationery:form", args=[file.pk]), {"to": elsewhere}).content.decode()
    assert "example.org" not in page
    assert 'name="pick"' not in page


def test_many_findings_fit_into_what_the_sender_keeps() -> None:
    one = Finding(rule="x", article="Điều 5", severity="error", message=f"{'Lề trái sai ' * 8}. Sửa.", where="Trang")
    text = sentence([one] * 40)
    assert len(text) <= LONGEST_RETURN
    assert "điểm khác" in text
    assert text.endswith("Đề nghị sửa rồi gửi lại.")
    assert sentence([]) == ""
    assert sentence([one]).count("1. ") == 1
