from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet

from lienthong.files.models import StoredFile
from lienthong.files.operations import attach, detach, receive, replace
from lienthong.files.policies import can_open
from lienthong.files.queries import attachments, attachments_of, versions
from lienthong.files.tests.conftest import AT
from lienthong.journal.models import Event
from lienthong.journal.sentences import sentence_of
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor


def ours() -> QuerySet[Event]:
    """The events of attachments; others of this run may have written events too."""
    return Event.objects.filter(kind__startswith="attachment.")


@pytest.fixture
def file(clerk: Actor) -> StoredFile:
    return receive([b"mot"], name="a.txt", actor=clerk, at=AT)


def test_files_hang_on_a_record_in_their_order_and_the_journal_tells(
    clerk: Actor, file: StoredFile, record_of_colleague: Subject
) -> None:
    second = receive([b"hai"], name="b.txt", actor=clerk, at=AT)
    attach(file, record_of_colleague, label="Văn bản chính", actor=clerk, at=AT)
    attach(second, record_of_colleague, actor=clerk, at=AT)
    assert [(each.order, each.file, str(each)) for each in attachments(record_of_colleague)] == [
        (1, file, "Văn bản chính"),
        (2, second, "b.txt"),
    ]
    told = [sentence_of(event) for event in ours().order_by("pk")]
    assert told == ["đính kèm tệp “Văn bản chính” (a.txt)", "đính kèm tệp “b.txt”"]


def test_the_same_file_twice_on_a_record_is_one_attachment(
    clerk: Actor, file: StoredFile, record_of_colleague: Subject
) -> None:
    first = attach(file, record_of_colleague, actor=clerk, at=AT)
    assert attach(file, record_of_colleague, actor=clerk, at=AT) == first
    assert ours().count() == 1


def test_a_file_is_its_senders_until_it_is_attached_and_then_the_records(
    clerk: Actor, colleague: Actor, stranger: Actor, file: StoredFile, record_of_colleague: Subject
) -> None:
    assert [can_open(actor, file) for actor in (clerk, colleague, stranger, None)] == [True, False, False, False]
    attach(file, record_of_colleague, actor=clerk, at=AT)
    assert [can_open(actor, file) for actor in (clerk, colleague, stranger)] == [True, True, False]
    attach(file, Subject("unknown", 7), actor=colleague, at=AT)
    assert [can_open(actor, file) for actor in (clerk, colleague, stranger)] == [True, True, False]


def test_the_sender_of_a_file_on_a_record_that_they_do_not_see_does_not_see_it_any_more(
    colleague: Actor, stranger: Actor, record_of_colleague: Subject
) -> None:
    file = receive([b"mot"], name="a.txt", actor=stranger, at=AT)
    attach(file, record_of_colleague, actor=stranger, at=AT)
    assert [can_open(actor, file) for actor in (stranger, colleague)] == [False, True]


def test_who_does_not_see_a_file_cannot_attach_it(
    stranger: Actor, file: StoredFile, record_of_colleague: Subject
) -> None:
    with pytest.raises(Forbidden, match="không được dùng tệp này"):
        attach(file, record_of_colleague, actor=stranger, at=AT)
    assert attachments(record_of_colleague) == []


def test_a_new_version_takes_the_place_of_the_former(
    clerk: Actor, file: StoredFile, record_of_colleague: Subject
) -> None:
    attachment = attach(file, record_of_colleague, label="Dự thảo", actor=clerk, at=AT)
    newer = receive([b"hai"], name="b.txt", actor=clerk, at=AT)
    second = replace(attachment, newer, actor=clerk, at=AT)
    assert attachments(record_of_colleague) == [second]
    assert (second.version, second.order, second.label) == (2, 1, "Dự thảo")
    assert versions(second) == [second, attachment]
    with pytest.raises(Refusal, match="đã được thay hoặc gỡ"):
        replace(attachment, newer, actor=clerk, at=AT)
    again = receive([b"hai"], name="c.txt", actor=clerk, at=AT)
    with pytest.raises(Refusal, match="giống hệt"):
        replace(second, again, actor=clerk, at=AT)


def test_what_is_taken_off_is_remembered_and_seen_no_more(
    clerk: Actor, colleague: Actor, file: StoredFile, record_of_colleague: Subject
) -> None:
    attachment = attach(file, record_of_colleague, actor=clerk, at=AT)
    detach(attachment, actor=colleague, at=AT)
    assert attachments(record_of_colleague) == []
    assert not can_open(colleague, file)
    attachment.refresh_from_db()
    assert (attachment.removed_at, attachment.removed_by) == (AT, colleague.post)
    with pytest.raises(Refusal, match="đã được thay hoặc gỡ"):
        detach(attachment, actor=colleague, at=AT)
    assert [event.kind for event in ours().order_by("pk")] == ["attachment.added", "attachment.removed"]


def test_lists_of_attachments_cost_one_query(
    clerk: Actor, file: StoredFile, record_of_colleague: Subject, django_assert_num_queries: Any
) -> None:
    attach(file, record_of_colleague, actor=clerk, at=AT)
    with django_assert_num_queries(1):
        assert [each.file.blob.size for each in attachments(record_of_colleague)] == [3]
    with django_assert_num_queries(1):
        assert list(attachments_of("sample", [1, 2])) == [1]


def test_receiving_and_attaching_cost_few_queries(
    clerk: Actor, record_of_colleague: Subject, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):  # savepoint pair, lock, look, blob, text, job, file
        file = receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    with django_assert_max_num_queries(10):
        attach(file, record_of_colleague, actor=clerk, at=AT)
