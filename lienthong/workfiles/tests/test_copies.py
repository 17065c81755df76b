"""The use of kept copies: given by leave, in one hand at a time, returned, and all of it in the register."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lienthong.journal.queries import timeline
from lienthong.kernel.clock import local_date, now
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.tests.builders import issued_document, open_books
from lienthong.workfiles.models import CopyUse
from lienthong.workfiles.operations.copies import give_copy, take_copy_back
from lienthong.workfiles.operations.filing import file_subject
from lienthong.workfiles.printing import find_register
from lienthong.workfiles.queries.copies import register_rows, register_total
from lienthong.workfiles.tests.builders import open_file
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]


@pytest.fixture(autouse=True)
def books(cast: Cast) -> None:
    open_books(cast)


def given(cast: Cast, document: OutgoingDocument, at: dt.datetime = AT) -> CopyUse:
    return give_copy(document, user=cast.specialist.post, allowed_by=cast.leader.post, actor=cast.clerk, at=at)


def test_a_copy_is_given_and_comes_back(cast: Cast) -> None:
    document = issued_document(cast)
    use = given(cast, document)
    assert use.user_name == cast.specialist.post.officer.full_name
    take_copy_back(use, actor=cast.clerk, at=AT + dt.timedelta(days=2))
    use.refresh_from_db()
    assert use.returned_on == MONDAY + dt.timedelta(days=2)
    told = [entry.sentence for entry in timeline(document.draft.subject)]
    assert any("cho Phạm Ngọc Ánh sử dụng bản lưu" in sentence for sentence in told), told
    assert any("nhận lại bản lưu từ Phạm Ngọc Ánh" in sentence for sentence in told)
    with pytest.raises(Refusal, match="đã trả ngày"):
        take_copy_back(use, actor=cast.clerk, at=AT + dt.timedelta(days=3))


def test_a_copy_is_in_one_hand_at_a_time(cast: Cast) -> None:
    document = issued_document(cast)
    use = given(cast, document)
    with pytest.raises(Refusal, match="đang sử dụng bản lưu"):
        give_copy(document, user="Lê Văn Tám, Sở Y tế", allowed_by=cast.leader.post, actor=cast.clerk, at=AT)
    take_copy_back(use, actor=cast.clerk, at=AT)
    other = give_copy(document, user="Lê Văn Tám, Sở Y tế", allowed_by=cast.leader.post, actor=cast.clerk, at=AT)
    assert (other.user, other.user_name) == (None, "Lê Văn Tám, Sở Y tế")


def test_days_leaves_and_people_are_checked(cast: Cast) -> None:
    document = issued_document(cast)
    said = {"user": cast.specialist.post, "allowed_by": cast.leader.post, "actor": cast.clerk, "at": AT}
    for day in (MONDAY + dt.timedelta(days=1), MONDAY - dt.timedelta(days=30)):
        with pytest.raises(Refusal, match="từ ngày văn bản đến hôm nay"):
            give_copy(document, **said, given_on=day)  # type: ignore[arg-type]  # one set of words for all
    with pytest.raises(Refusal, match="Người cho phép"):
        give_copy(document, **{**said, "allowed_by": cast.health_leader.post})  # type: ignore[arg-type]  # the same
    with pytest.raises(Refusal, match="ngoài cơ quan"):
        give_copy(document, **{**said, "user": cast.outsider.post})  # type: ignore[arg-type]  # the same
    with pytest.raises(Refusal, match="họ tên"):
        give_copy(document, **{**said, "user": "  "})  # type: ignore[arg-type]  # the same
    use = given(cast, document)
    with pytest.raises(Refusal, match="từ ngày sử dụng"):
        take_copy_back(use, returned_on=MONDAY - dt.timedelta(days=1), actor=cast.clerk, at=AT)


def test_only_the_keepers_of_the_agency_give_copies(cast: Cast) -> None:
    document = issued_document(cast)
    for actor in (cast.specialist, cast.leader, cast.health_clerk, cast.administrator):
        with pytest.raises(Forbidden):
            give_copy(document, user=cast.specialist.post, allowed_by=cast.leader.post, actor=actor, at=AT)
    use = given(cast, document)
    with pytest.raises(Forbidden):
        take_copy_back(use, actor=cast.health_clerk, at=AT)
    assert not CopyUse.objects.visible_to(cast.health_clerk).exists()
    assert find_register(cast.health_clerk, cast.stttt.pk) is None
    assert find_register(cast.specialist, cast.stttt.pk) is None


def test_the_register_has_its_nine_columns(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    document = issued_document(cast)
    file = open_file(cast, cast.clerk)
    file_subject(file, document.subject, actor=cast.clerk, at=AT)
    use = given(cast, document)
    take_copy_back(use, actor=cast.clerk, at=AT)
    given(cast, document)
    book = find_register(cast.clerk, cast.stttt.pk)
    assert book is not None
    with django_assert_num_queries(1):
        first, second = register_rows(book, since=MONDAY, until=MONDAY)
    assert first.cells == (
        f"{MONDAY:%d/%m/%Y}",
        "Phạm Ngọc Ánh",
        f"{document.symbol}, {document.issue_date:%d/%m/%Y}",
        document.title,
        "01.CNTT",
        "",
        f"{MONDAY:%d/%m/%Y}",
        cast.leader.post.officer.full_name,
        "",
    )
    assert second.cells[6] == ""
    assert [row.place for row in register_rows(book, since=MONDAY, until=MONDAY, after=first.place)] == [second.place]
    for odd in ("x", "2014-02-31_1", "_", "9" * 40):
        assert len(list(register_rows(book, since=MONDAY, until=MONDAY, after=odd))) == 2
    assert register_total(book, since=MONDAY, until=MONDAY) == 2
    assert register_total(book, since=dt.date(2013, 1, 1), until=dt.date(2013, 12, 31)) == 0


def test_the_pages_give_take_back_and_print(cast: Cast, client: Client, login: Login) -> None:
    document = issued_document(cast)
    login(client, cast.clerk)
    assert "Không có bản lưu nào" in client.get("/kept-copies/").content.decode()
    record = client.get(f"/outgoing/{document.pk}/").content.decode()
    assert f"/kept-copies/new/?document={document.pk}" in record
    assert f"/work-files/filing/?subject=outgoing:{document.pk}" in record
    asked = client.get("/kept-copies/new/", {"document": document.pk}).content.decode()
    assert f'value="{document.symbol}"' in asked
    today = f"{local_date(now()):%d/%m/%Y}"
    said = {
        "symbol": document.symbol, "user": cast.specialist.post.pk, "allowed_by": cast.leader.post.pk,
        "given_on": today,
    }  # fmt: skip
    wrong = client.post("/kept-copies/new/", said | {"symbol": "999/KHONG"})
    assert wrong.status_code == 422
    assert "không có văn bản đi số 999/KHONG" in wrong.content.decode()
    nobody = client.post("/kept-copies/new/", said | {"user": ""})
    assert "hoặc ghi họ tên người ngoài cơ quan" in nobody.content.decode()
    page = client.post("/kept-copies/new/", said, follow=True).content.decode()
    assert "Phạm Ngọc Ánh sử dụng bản lưu" in page
    use = CopyUse.objects.get()
    address = f"/kept-copies/register/{cast.stttt.pk}/copies/"
    assert document.symbol in client.get(address).content.decode()
    for form in ("print", "pdf", "xlsx"):
        answer = client.get(address, {"since": today, "until": today, "format": form})
        assert answer.status_code == 200
        assert b"".join(answer)
    client.post(f"/kept-copies/{use.pk}/return/", {"returned_on": today})
    use.refresh_from_db()
    assert use.returned_on is not None
    login(client, cast.specialist)
    assert client.get("/kept-copies/").status_code == 403
    login(client, cast.health_clerk)
    assert client.get(f"/kept-copies/{use.pk}/return/").status_code == 404
    assert client.get(address).status_code == 404
