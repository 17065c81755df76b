"""What an agency that is no more was writing goes on at its successor."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import succeed
from lienthong.organisation.queries import actor_for
from lienthong.outgoing.operations.adopting import adopt
from lienthong.outgoing.operations.drafting import Source
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import Station
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.tests.builders import address, issued_document, make_draft, open_books, put_before, signed_draft
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
DAY = dt.date(2014, 4, 1)
LATER = AT + dt.timedelta(days=30)


def merge(cast: Cast, old: Unit, new: Unit) -> None:
    succeed(kind="merge", predecessors=[old], successors=[new], on=DAY, source="NQ", actor=None, at=AT)
    Unit.objects.filter(Q(pk=old.pk) | Q(agency=old)).update(valid_to=DAY)


def later(actor: Actor) -> Actor:
    return actor_for(actor.post, on=DAY)


def test_the_successor_takes_over_a_signed_draft_under_its_own_head_and_symbol(cast: Cast) -> None:
    open_books(cast)
    draft = signed_draft(cast)
    merge(cast, cast.stttt, cast.soyte)
    clerk = later(cast.health_clerk)
    with pytest.raises(Refusal, match="đã thôi hoạt động"):
        issue(draft, actor=clerk, at=LATER)
    adopted = adopt(draft, actor=clerk, at=LATER)
    assert (adopted.agency, adopted.state, adopted.holder_id) == (cast.soyte, "writing", clerk.post.pk)
    assert (adopted.authority, adopted.version) == (None, 2)
    assert not adopted.signatures.filter(withdrawn_at=None).exists()
    page = pages_of_draft(adopted, on=DAY)
    assert "SYT" in page.symbol
    assert "Thông tin" not in page.issuer


def test_what_the_old_agency_issued_is_corrected_and_replaced_by_its_successor(cast: Cast) -> None:
    open_books(cast)
    old = issued_document(cast)
    with pytest.raises(Refusal, match="Không tìm thấy"):
        make_draft(cast.health_clerk, sources=[Source("corrects", old.subject)])
    merge(cast, cast.stttt, cast.soyte)
    for relation in ("corrects", "replaces"):
        draft = make_draft(later(cast.health_clerk), sources=[Source(relation, old.subject)])
        assert (draft.agency, draft.sources.get().subject) == (cast.soyte, old.subject)
    before = (old.issuer, old.symbol)
    old.refresh_from_db()
    assert (old.issuer, old.symbol) == before


def test_nobody_else_and_nobody_before_the_day_takes_over(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Forbidden):
        adopt(draft, actor=cast.health_clerk, at=AT)
    merge(cast, cast.stttt, cast.soyte)
    with pytest.raises(Forbidden):
        adopt(draft, actor=later(cast.district_clerk), at=LATER)


def test_recipients_that_no_longer_fit_go_and_the_journal_names_them(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    lines = [
        Line(line="Sở Y tế", way="system", unit=cast.soyte),
        Line(line="Phòng BCVT", way="inside", unit=cast.bcvt),
        Line(line="Lưu: VT", way="file"),
    ]
    set_recipients(draft, lines, actor=cast.specialist, at=AT)
    merge(cast, cast.stttt, cast.soyte)
    with time_machine.travel(LATER, tick=False):
        login(client, later(cast.health_clerk))
        address = reverse("outgoing:draft", args=[draft.pk])
        assert "Tiếp nhận dự thảo" in client.get(address).content.decode()
        client.post(reverse("outgoing:step", args=[draft.pk, "adopt"]))
        shown = client.get(address).content.decode()
    assert "Phòng BCVT: bỏ khỏi nơi nhận" in shown
    assert list(draft.recipients.values_list("line", flat=True)) == ["Lưu: VT"]


def test_a_draft_under_review_of_a_division_that_is_no_more_stays_where_it_is(cast: Cast) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    put_before(cast, draft, cast.leader, Station(1, cast.leader.post), actor=cast.specialist)
    merge(cast, cast.cntt, cast.bcvt)
    heir = later(cast.second_division_head)
    adopted = adopt(draft, actor=heir, at=LATER)
    assert (adopted.unit, adopted.author, adopted.state) == (cast.bcvt, heir.post, "review")
    assert adopted.steps.get().state == "current"
