"""A unit is no more: who took over from it finds its work and its records on the day, and not before.

Nothing is rewritten: old records keep the unit, the name and the number under which they were made.
"""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.operations.routing import file_away, forward
from lienthong.documents.policies import can_print_books, can_register
from lienthong.documents.queries.lists import Filters, incoming_page
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.kernel.clock import at_local
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.operations import add_officer, appoint, close_unit, end_post, succeed
from lienthong.organisation.queries import actors_of, heirs_of
from lienthong.search.queries import find
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.notices import posts_of
from lienthong.tasks.operations import Item, accept, assign, finish, verify
from lienthong.tasks.queries.inbox import counts, tab
from tests.cast import Cast

pytestmark = pytest.mark.django_db

DAY = dt.date(2014, 4, 1)
EVE = DAY - dt.timedelta(days=1)
MORNING = at_local(DAY, dt.time(9, 0))
PAPER = "Quyết định 99/QĐ-UBND"


def give(cast: Cast, unit: Unit, at: dt.datetime, post: Post | None = None) -> Task:
    item = Item("Rà soát hạ tầng mạng", unit, Due.on(dt.date(2014, 4, 30)), lead_post=post)
    return assign(None, [item], key=uuid.uuid4(), actor=cast.leader, at=at)[0]


def end(unit: Unit, at: dt.datetime) -> None:
    """End a unit on the day, with its posts and parts."""
    for part in unit.children.filter(valid_to=None):
        end(part, at)
    for post in Post.objects.filter(unit=unit):
        end_post(post, on=DAY, actor=None, at=at)
    close_unit(unit, on=DAY, source=PAPER, actor=None, at=at)


def pass_to(gone: Unit, *heirs: Unit, at: dt.datetime, kind: str = "merge", function: str = "") -> None:
    succeed(
        kind=kind,
        predecessors=[gone],
        successors=heirs,
        function=function,
        on=DAY,
        source=PAPER,
        actor=None,
        at=at,
    )


def on(actor: Actor, day: dt.date) -> Actor:
    """The officer's first way to act on a day."""
    return actors_of(actor.officer.pk, on=day)[0]


def todo(actor: Actor) -> list[Task]:
    return list(tab([actor], "todo"))


def sees(actor: Actor, task: Task) -> bool:
    return Task.objects.visible_to(actor).filter(pk=task.pk).exists()


def test_the_head_of_the_heir_gets_the_open_work_of_a_merged_division_on_the_day(cast: Cast, at: dt.datetime) -> None:
    task = give(cast, cast.cntt, at)
    pass_to(cast.cntt, cast.bcvt, at=at)
    end(cast.cntt, at)

    before, after = on(cast.second_division_head, EVE), on(cast.second_division_head, DAY)
    assert todo(before) == []
    assert not sees(before, task)
    assert todo(after) == [task]
    assert sees(after, task)
    assert counts([after], MORNING).tabs["todo"] == 1

    accept(task, actor=after, at=MORNING)
    finish(task, text="Đã rà soát", actor=after, at=MORNING)
    verify(task, actor=on(cast.leader, DAY), at=MORNING)
    task.refresh_from_db()
    assert task.state == "done"
    assert task.lead_unit == cast.cntt
    assert str(task.lead_unit) == str(cast.cntt)


def test_who_moves_along_keeps_the_work_and_the_head_gets_what_nobody_took(cast: Cast, at: dt.datetime) -> None:
    kept = give(cast, cast.cntt, at, cast.specialist.post)
    left = give(cast, cast.cntt, at, cast.second_specialist.post)
    pass_to(cast.cntt, cast.bcvt, at=at)
    end(cast.cntt, at)
    appoint(
        cast.specialist.officer,
        unit=cast.bcvt,
        title="Chuyên viên",
        role="specialist",
        valid_from=DAY,
        actor=None,
        at=at,
    )
    moved, head = on(cast.specialist, DAY), on(cast.second_division_head, DAY)
    assert todo(moved) == [kept]
    assert sees(moved, kept)
    assert not sees(moved, left)
    assert todo(head) == [left]
    assert sees(head, kept)
    finish(kept, text="Đã xong", actor=moved, at=MORNING)

    assert heirs_of([kept.doer], DAY) == {moved.post.audience}
    assert heirs_of([left.doer, cast.soyte.audience], DAY) == {cast.bcvt.audience, cast.soyte.audience}
    assert heirs_of([left.doer], EVE) == {left.doer}
    assert posts_of([left.doer], DAY) == [cast.second_division_head.post.pk]


def test_a_merged_department_hands_over_its_documents_and_books(
    cast: Cast, at: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    document = make_document(make_book(cast), cast.clerk)
    forward(document, to=cast.leader.post, actor=cast.clerk, at=at)
    task = give(cast, cast.cntt, at)
    pass_to(cast.stttt, cast.soyte, at=at)
    end(cast.stttt, at)

    clerk, leader, outsider = on(cast.health_clerk, DAY), on(cast.health_leader, DAY), on(cast.outsider, DAY)
    for early in (on(cast.health_clerk, EVE), on(cast.health_leader, EVE), outsider):
        assert not IncomingDocument.objects.visible_to(early).exists()
        assert not incoming_page(early, Filters()).documents
        assert not find(early, "nhiệm vụ chủ yếu").hits
    with django_assert_num_queries(1):
        assert incoming_page(clerk, Filters()).documents == [document]
    assert incoming_page(leader, Filters(waiting=True)).documents == [document]
    assert [hit.subject for hit in find(clerk, "nhiệm vụ chủ yếu").hits] == [document.subject]
    assert todo(leader) == [task]

    book = Book.objects.visible_to(clerk).get()
    assert can_print_books(clerk, book)
    assert not can_register(clerk, book)
    forward(document, to=leader.post, actor=clerk, at=MORNING)
    file_away(document, actor=leader, at=MORNING)
    document.refresh_from_db()
    assert document.agency == cast.stttt
    assert document.arrival_number == 1


def test_a_unit_that_goes_on_keeps_everything(cast: Cast, at: dt.datetime) -> None:
    task = give(cast, cast.cntt, at)
    pass_to(cast.cntt, cast.bcvt, at=at, kind="transfer", function="hạ tầng mạng")
    assert not sees(on(cast.second_division_head, DAY), task)
    assert todo(on(cast.division_head, DAY)) == [task]


def test_what_was_divided_by_functions_passes_to_each_receiver(cast: Cast, at: dt.datetime) -> None:
    task = give(cast, cast.cntt, at)
    pass_to(cast.cntt, cast.bcvt, at=at, kind="transfer", function="hạ tầng mạng")
    pass_to(cast.cntt, cast.nvy, at=at, kind="transfer", function="ứng dụng")
    end(cast.cntt, at)
    assert todo(on(cast.second_division_head, DAY)) == [task]
    assert heirs_of([task.doer], DAY) == {cast.bcvt.audience, cast.nvy.audience}


def test_a_whole_heir_comes_before_receivers_of_functions(cast: Cast, at: dt.datetime) -> None:
    task = give(cast, cast.cntt, at)
    pass_to(cast.cntt, cast.nvy, at=at, kind="transfer", function="ứng dụng")
    pass_to(cast.cntt, cast.bcvt, at=at)
    end(cast.cntt, at)
    assert heirs_of([task.doer], DAY) == {cast.bcvt.audience}


def test_a_division_that_ends_without_an_heir_falls_to_its_department(cast: Cast, at: dt.datetime) -> None:
    task = give(cast, cast.cntt, at)
    end(cast.cntt, at)
    assert task in todo(on(cast.leader, DAY))
    assert task not in todo(on(cast.leader, EVE))


def test_heirs_of_heirs_are_heirs(cast: Cast, at: dt.datetime) -> None:
    task = give(cast, cast.cntt, at)
    pass_to(cast.cntt, cast.bcvt, at=at)
    pass_to(cast.bcvt, cast.nvy, at=at)
    end(cast.cntt, at)
    end(cast.bcvt, at)
    officer = add_officer(full_name="Lâm Thị Bảy", actor=None, at=at)
    appoint(officer, unit=cast.nvy, title="Trưởng phòng", role="division_head", valid_from=DAY, actor=None, at=at)
    (head,) = actors_of(officer.pk, on=DAY)
    assert todo(head) == [task]


def test_an_inherited_list_stays_a_walk_of_the_index(cast: Cast, at: dt.datetime) -> None:
    book = make_book(cast)
    documents = [make_document(book, cast.clerk, symbol=f"{number}/UBND-VX") for number in range(30)]
    pass_to(cast.stttt, cast.soyte, at=at)
    end(cast.stttt, at)
    clerk = on(cast.health_clerk, DAY)
    first = incoming_page(clerk, Filters())
    second = incoming_page(clerk, Filters(), after=first.older)
    assert [*first.documents, *second.documents] == documents[::-1]
    assert incoming_page(clerk, Filters(), before=second.newer).documents == first.documents
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = on")
    plan = Task.objects.visible_to(clerk).order_by("-pk")[:25].explain()
    assert "Seq Scan" not in plan


def test_nobody_asks_for_heritage_while_no_unit_has_ended(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        actors_of(cast.leader.officer.pk, on=DAY)
