"""Applicant and office write to each other about a case: who may, what is too much, what each side sees."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case, Message
from lienthong.cases.operations.talking import MOST_UNREAD
from lienthong.cases.queries.lists import Filters, case_page
from lienthong.cases.queries.talk import thread_of, unanswered
from lienthong.cases.tests.builders import a_case
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject, is_visible
from lienthong.notifications.models import Delivery, Notice
from lienthong.organisation.actor import Actor
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db


def say(case: Case, text: str = "Bao giờ xong?", actor: Actor | None = None, key: uuid.UUID | None = None) -> Message:
    return operations.write_message(case, text=text, key=key or uuid.uuid4(), author="Trần Văn Nam", actor=actor, at=AT)


def test_what_the_applicant_writes_is_told_to_desk_and_holder_until_somebody_looks(cast: Cast) -> None:
    case = a_case(cast)
    say(case)
    told = set(Notice.objects.filter(kind="case.talked", cleared_at=None).values_list("post", flat=True))
    assert told == {cast.commune_desk_officer.post.pk, cast.registrar.post.pk}
    for actor, count in ((cast.registrar, 1), (cast.commune_desk_officer, 1), (cast.commune_leader, 0)):
        assert unanswered(actor).count() == count, actor
    assert case_page(cast.registrar, Filters("talk"), AT).cases == [case]
    assert operations.read_messages(case, actor=cast.commune_leader, at=AT) == 0
    assert operations.read_messages(case, actor=cast.registrar, at=AT) == 1
    assert Message.objects.get().read_by == cast.registrar.officer
    assert not unanswered(cast.commune_desk_officer).exists()
    assert not Notice.objects.filter(kind="case.talked", cleared_at=None).exists()


def test_what_the_office_writes_is_told_to_the_applicant_without_its_words(cast: Cast) -> None:
    case = a_case(cast)
    say(case, "Mời anh mang bản chính", cast.registrar)
    letter = Delivery.objects.filter(subject_id=case.pk).order_by("-pk")[0]
    assert "UBND xã Chí Công nhắn tin" in letter.heading
    assert "bản chính" not in letter.text
    (said,) = thread_of(case)
    assert (said.message.unit, said.message.by_office) == (cast.commune, True)


def test_only_desk_and_holder_write_for_the_office(cast: Cast) -> None:
    case = a_case(cast)
    for actor in (cast.commune_leader, cast.outsider, cast.district_desk_officer):
        with pytest.raises(Forbidden, match="Chỉ Bộ phận Một cửa"):
            say(case, actor=actor)
    assert say(case, actor=cast.commune_desk_officer).unit == cast.commune_desk


@pytest.mark.parametrize(("text", "words"), [(" \n", "Hãy ghi nội dung"), ("x" * 4001, "dài quá 4000")])
def test_nothing_and_too_much_are_refused(cast: Cast, text: str, words: str) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match=words):
        say(case, text)
    assert say(case, "x" * 4000).pk


def test_a_double_click_is_one_message_and_a_flood_is_stopped(cast: Cast) -> None:
    case, key = a_case(cast), uuid.uuid4()
    assert say(case, key=key) == say(case, key=key)
    for number in range(MOST_UNREAD - 1):
        say(case, f"{number}")
    with pytest.raises(Refusal, match="chưa được xem"):
        say(case)
    operations.read_messages(case, actor=cast.registrar, at=AT)
    assert say(case).pk


def test_an_ended_case_is_not_talked_about(cast: Cast) -> None:
    case = a_case(cast)
    operations.withdraw(case, reason="Thôi", actor=None, at=AT)
    for actor in (None, cast.commune_desk_officer):
        with pytest.raises(Refusal, match="đã kết thúc"):
            say(case, actor=actor)


def test_a_message_is_taken_back_until_it_is_read_and_by_its_writer(cast: Cast) -> None:
    case = a_case(cast)
    first, second = say(case), say(case, "Nữa")
    ours = say(case, "Chờ", cast.registrar)
    for pk, actor in ((first.pk, cast.registrar), (ours.pk, None), (ours.pk, cast.commune_desk_officer)):
        with pytest.raises(Refusal, match="của người khác"):
            operations.take_back_message(case, pk, actor=actor, at=AT)
    operations.take_back_message(case, first.pk, actor=None, at=AT)
    assert [one.message.pk for one in thread_of(case)] == [second.pk, ours.pk]
    operations.read_messages(case, actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="đã xem"):
        operations.take_back_message(case, second.pk, actor=None, at=AT)
    assert Notice.objects.filter(kind="case.talked", cleared_at=None).count() == 0


def test_files_of_a_message_are_seen_by_who_sees_the_case(cast: Cast) -> None:
    row = say(a_case(cast))
    subject = Subject("case_message", row.pk)
    assert is_visible(cast.registrar, subject)
    assert not is_visible(cast.outsider, subject)


def test_the_thread_takes_two_queries(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    case = a_case(cast)
    for number in range(4):
        say(case, f"{number}")
    with django_assert_num_queries(2):
        thread_of(case)


def test_the_record_shows_the_thread_and_lets_its_holder_answer(
    cast: Cast, login: Login, on_monday: None, data_directory: None
) -> None:
    case = a_case(cast)
    say(case, "Con tôi cần gấp <b>")
    leader = login(Client(), cast.commune_leader)
    page = leader.get(f"/cases/{case.pk}/").content.decode()
    assert "Con tôi cần gấp &lt;b&gt;" in page
    assert "Gửi người nộp" not in page
    assert Message.objects.get().read_at is None
    office = login(Client(), cast.registrar)
    page = office.get("/cases/?tab=talk").content.decode()
    assert case.code in page
    page = office.get(f"/cases/{case.pk}/").content.decode()
    assert "Gửi người nộp" in page
    assert Message.objects.get().read_at == AT
    scan = SimpleUploadedFile("mau.txt", b"mau don")
    said = {"key": str(uuid.uuid4()), "text": "Chiều nay xong", "attached": [scan]}
    answer = office.post(f"/cases/{case.pk}/messages/", said, follow=True).content.decode()
    assert "Đã gửi tin nhắn" in answer
    assert "mau.txt" in answer
    assert (
        "Hãy ghi nội dung"
        in office.post(f"/cases/{case.pk}/messages/", {**said, "text": ""}, follow=True).content.decode()
    )
    back = {"message": Message.objects.get(by_office=True).pk}
    assert "Đã thu hồi" in office.post(f"/cases/{case.pk}/messages/taking-back/", back, follow=True).content.decode()
    assert login(Client(), cast.outsider).post(f"/cases/{case.pk}/messages/", said).status_code == 404


def test_a_message_taken_back_recalls_its_own_letter_unless_that_has_left(cast: Cast) -> None:
    case = a_case(cast)
    first, second = say(case, "Một", cast.registrar), say(case, "Hai", cast.registrar)
    told = Delivery.objects.filter(subject_id=case.pk, heading__contains="nhắn tin").order_by("pk")
    assert [one.state for one in told] == ["waiting", "waiting"]
    operations.take_back_message(case, first.pk, actor=cast.registrar, at=AT)
    assert [one.state for one in told.all()] == ["cancelled", "waiting"]
    say(case, "Ba", cast.registrar)
    assert told.all().count() == 3
    told.filter(message_id__contains=f"talk{second.pk}-").update(state="sent")
    operations.take_back_message(case, second.pk, actor=cast.registrar, at=AT)
    assert [one.state for one in told.all()] == ["cancelled", "sent", "waiting"]
