"""What a whole page asks of the database: session, account, posts, menu and frame included, however many its rows."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import IncomingDocument
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.routing import forward
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.kernel.timing import queries_of
from lienthong.outgoing.tests.builders import issued_document, make_draft, open_books
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item, report
from lienthong.tasks.operations import accept as take
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
MOST = [
    ("tasks:mine", "leader", 9),
    ("tasks:mine", "division_head", 9),
    ("tasks:list", "leader", 11),
    ("documents:incoming", "clerk", 9),
    ("outgoing:documents", "clerk", 9),
    ("outgoing:drafts", "specialist", 9),
]
MOST_OF_A_RECORD = 15


@pytest.fixture(autouse=True)
def _that_monday(cast: Cast) -> Iterator[None]:
    open_books(cast)
    with time_machine.travel(AT, tick=False):
        yield


def with_documents(cast: Cast, many: int) -> list[IncomingDocument]:
    """Documents with the leader's instruction and a task each; half of the tasks are taken up and reported on."""
    book = make_book(cast, name=f"Sổ {uuid.uuid4().hex[:6]}")
    made = []
    for number in range(many):
        document = make_document(book, cast.clerk, at=AT, symbol=f"{number}/UBND-{book.pk}")
        forward(document, cast.leader.post, actor=cast.clerk, at=AT)
        item = Item(title=f"Tham mưu việc {number}", lead_unit=cast.division_head.post.unit, due=Due.within(10))
        (task,) = instruct(document, text="Phòng tham mưu", items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT)
        if number % 2:
            take(task, actor=cast.division_head, at=AT)
            report(task, text="Đã có dự thảo", percent=40, actor=cast.division_head, at=AT)
        made.append(document)
    return made


def with_outgoing(cast: Cast, many: int) -> None:
    """Issued documents and drafts in hand."""
    for _ in range(many):
        issued_document(cast)
        make_draft(cast.specialist)


FILLED: dict[str, Callable[[Cast, int], object]] = {
    "tasks:mine": with_documents,
    "tasks:list": with_documents,
    "documents:incoming": with_documents,
    "outgoing:documents": with_outgoing,
    "outgoing:drafts": with_outgoing,
}


def opened(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("name", "who", "most"), MOST)
def test_a_list_asks_as_much_for_thirty_rows_as_for_five(
    name: str, who: str, most: int, cast: Cast, client: Client, login: Login
) -> None:
    login(client, getattr(cast, who))
    address = reverse(name)
    FILLED[name](cast, 5)
    opened(client, address)
    few = queries_of(lambda: opened(client, address))
    FILLED[name](cast, 25)
    many = queries_of(lambda: opened(client, address))
    assert many == few <= most


@pytest.mark.parametrize("who", ["clerk", "leader", "division_head"])
def test_the_record_of_a_document_asks_a_fixed_number_of_queries(
    who: str, cast: Cast, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    (document,) = with_documents(cast, 1)
    login(client, getattr(cast, who))
    address = reverse("documents:document", args=[document.pk])
    opened(client, address)
    with django_assert_max_num_queries(MOST_OF_A_RECORD):
        opened(client, address)
    for number in range(30):
        item = Item(title=f"Việc thêm {number}", lead_unit=cast.division_head.post.unit, due=Due.within(5))
        (task,) = instruct(document, text="Làm thêm", items=[item], key=uuid.uuid4(), actor=cast.leader, at=AT)
        take(task, actor=cast.division_head, at=AT)
    with django_assert_max_num_queries(MOST_OF_A_RECORD):
        opened(client, address)
