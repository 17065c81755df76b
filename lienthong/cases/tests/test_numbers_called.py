"""A number called at a counter and the case that came of it."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.cases.models import Case
from lienthong.cases.tests.builders import BIRTH, citizen
from lienthong.cases.tests.test_pages import FILLED
from lienthong.journal.queries import timeline
from lienthong.queueing.models import ServiceGroup, ServicePoint, Ticket
from lienthong.queueing.operations.hall import add_group, add_point, sit
from lienthong.queueing.operations.tickets import call_next, take_ticket
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
NEW, STRIP = reverse("cases:new", args=[BIRTH]), reverse("queueing:strip")


@pytest.fixture
def point(cast: Cast) -> ServicePoint:
    """A counter of the commune's hall, at which its officer sits."""
    officer = cast.commune_desk_officer
    add_group(cast.commune_desk, letter="A", name="Hộ tịch", actor=officer, at=AT)
    return sit(add_point(cast.commune_desk, number=1, actor=officer, at=AT), actor=officer, at=AT)


def _called(cast: Cast, point: ServicePoint) -> Ticket:
    take_ticket(ServiceGroup.objects.get(unit=point.unit), key=str(uuid.uuid4()), at=AT)
    ticket = call_next(point, after=None, actor=cast.commune_desk_officer, at=AT)
    assert ticket is not None
    return ticket


def _received(desk: Client, cast: Cast, **changes: str) -> Case:
    applicant = citizen(cast.commune_desk_officer)
    said = {**FILLED, "applicant": applicant.pk, "key": str(uuid.uuid4()), "do": "receive"}
    assert desk.post(NEW, said | changes).status_code == 302
    return Case.objects.get()


def test_who_is_at_the_counter_gets_the_case(desk: Client, cast: Cast, point: ServicePoint) -> None:
    ticket = _called(cast, point)
    for page in (reverse("cases:choose"), NEW):
        assert ticket.code in desk.get(page).content.decode()
    case = _received(desk, cast)
    ticket.refresh_from_db()
    assert ticket.subject == case.subject
    assert "Nông Thị Xuân nối số A001 với hồ sơ" in [entry.sentence for entry in timeline(case.subject)]
    record = reverse("cases:show", args=[case.pk])
    assert "queue-strip" in desk.get(f"{record}?received=1").content.decode(), "the next is called from here"
    assert "queue-strip" not in desk.get(record).content.decode()
    assert f'href="{record}"' in desk.get(STRIP).content.decode()


def test_what_came_by_post_is_of_nobody_at_the_counter(desk: Client, cast: Cast, point: ServicePoint) -> None:
    ticket = _called(cast, point)
    _received(desk, cast, channel="post")
    ticket.refresh_from_db()
    assert ticket.subject is None


def test_a_case_is_received_without_any_number(desk: Client, cast: Cast, point: ServicePoint) -> None:
    case = _received(desk, cast)
    assert not [entry for entry in timeline(case.subject) if entry.event.kind.startswith("ticket.")]


def test_who_sits_at_no_counter_is_shown_no_strip(desk: Client) -> None:
    assert "queue-strip" not in desk.get(NEW).content.decode()
    assert "Chọn quầy" in desk.get(STRIP).content.decode()
