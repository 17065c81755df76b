"""What the receiver of a document does with it in one press, and answers that begin at a document or a task."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.intake import discard
from lienthong.documents.operations.registration import open_book
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.outgoing.operations.recalling import recall
from lienthong.outgoing.tests.builders import issued_document, open_books
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item, assign
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_monday(cast: Cast) -> object:
    open_books(cast)
    open_book(cast.ubnd, name="Sổ văn bản đến", is_default=True, actor=None, at=AT)
    with time_machine.travel(AT, tick=False):
        yield


def test_a_delivery_is_registered_with_one_press_and_the_sender_sees_its_number(
    cast: Cast, client: Client, login: Login
) -> None:
    document = issued_document(cast)
    intake = Intake.objects.get()
    login(client, cast.province_clerk)
    assert "Gửi trên hệ thống" in client.get(reverse("documents:intake")).content.decode()
    address = reverse("documents:intake_registration", args=[intake.pk])
    answer = client.post(address, follow=True)
    assert f"số đến 1 ngày 10/03/2014: {document.symbol}" in answer.content.decode()
    assert client.post(address).status_code == 409
    login(client, cast.clerk)
    shown = client.get(reverse("outgoing:document", args=[document.pk])).content.decode()
    assert "số đến <strong>1</strong>" in shown
    assert client.post(address).status_code == 404


def test_a_delivery_for_which_there_is_no_book_is_shown_to_be_looked_at(
    cast: Cast, client: Client, login: Login
) -> None:
    issued_document(cast)
    intake = Intake.objects.get()
    cast.ubnd.books.all().update(closed_at=AT)
    login(client, cast.province_clerk)
    answer = client.post(reverse("documents:intake_registration", args=[intake.pk]))
    assert answer["Location"] == reverse("documents:intake_particulars", args=[intake.pk])
    assert not IncomingDocument.objects.exists()


def test_the_receiver_of_a_recalled_document_destroys_its_copy_and_tells_the_sender(
    cast: Cast, client: Client, login: Login
) -> None:
    document = issued_document(cast)
    login(client, cast.province_clerk)
    client.post(reverse("documents:intake_registration", args=[Intake.objects.get().pk]))
    incoming = IncomingDocument.objects.get()
    address = reverse("documents:destruction", args=[incoming.pk])
    assert client.post(address).status_code == 403
    recall(document, reason="Sai số liệu", actor=cast.leader, at=AT)
    record = reverse("documents:document", args=[incoming.pk])
    shown = client.get(record).content.decode()
    assert "Đã hủy bản giữ, báo nơi gửi" in shown
    assert not [word for word in ("forwarding", "filing", "return", "void") if f'data-dialog-open="{word}"' in shown]
    assert client.post(address).status_code == 302
    shown = client.get(record).content.decode()
    assert "Đã hủy bản giữ, báo nơi gửi" not in shown
    assert "Mở lại" not in shown
    assert "Bản giữ đã hủy và đã báo nơi gửi" in shown
    assert document.dispatches.get(recipient__way="system").state == "withdrawn"
    login(client, cast.leader)
    shown = client.get(reverse("outgoing:document", args=[document.pk])).content.decode()
    assert "Nơi nhận đã hủy bản giữ" in shown
    assert "Soạn văn bản thay thế" not in shown


def test_what_came_back_is_said_first_on_the_page_of_the_sender(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    discard(Intake.objects.get(), reason="Không thuộc thẩm quyền", actor=cast.province_clerk, at=AT)
    login(client, cast.specialist)
    shown = client.get(reverse("outgoing:document", args=[document.pk])).content.decode()
    assert "Ủy ban nhân dân tỉnh trả lại" in shown
    assert shown.index("Không thuộc thẩm quyền") < shown.index("Nơi nhận và tình trạng gửi")


def test_an_answer_begins_on_the_page_of_a_document_and_of_a_task(cast: Cast, client: Client, login: Login) -> None:
    incoming = make_document(make_book(cast), cast.clerk)
    item = Item(
        title="Tham mưu trả lời", lead_unit=cast.cntt, lead_post=cast.specialist.post, due=Due.on(dt.date(2014, 3, 20))
    )
    (task,) = assign(incoming.subject, [item], key=uuid.uuid4(), actor=cast.leader, at=AT)
    login(client, cast.clerk)
    shown = client.get(reverse("documents:document", args=[incoming.pk])).content.decode()
    assert f"{reverse('outgoing:new')}?incoming={incoming.pk}" in shown
    login(client, cast.specialist)
    address = f"{reverse('outgoing:new')}?task={task.pk}"
    assert address in client.get(reverse("tasks:show", args=[task.pk])).content.decode()
    assert task.title in client.get(address).content.decode()
    login(client, cast.leader)
    assert address not in client.get(reverse("tasks:show", args=[task.pk])).content.decode()
