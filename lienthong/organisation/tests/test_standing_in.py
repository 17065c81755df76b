from __future__ import annotations

import datetime as dt

import pytest

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.operations import cancel_absence, delegate, record_absence, revoke_delegation
from lienthong.organisation.queries import actors_of, substitutes_on
from tests.cast import Cast

START, BACK = dt.date(2014, 3, 17), dt.date(2014, 3, 22)


def _substitutes_of(cast: Cast, on: dt.date) -> list[str]:
    actors = actors_of(cast.specialist.officer.pk, on=on)
    return [str(actor) for actor in actors if actor.is_substitute]


def test_the_substitute_acts_for_the_absent_on_those_days_only(cast: Cast, at: dt.datetime) -> None:
    head, post = cast.division_head, cast.specialist.post
    record_absence(head.post, substitute=post, valid_from=START, valid_to=BACK, actor=head, at=at)
    assert _substitutes_of(cast, START - dt.timedelta(days=1)) == []
    assert _substitutes_of(cast, START) == ["Phạm Ngọc Ánh thay Lê Quang Huy"]
    assert _substitutes_of(cast, BACK) == []
    acting = next(a for a in actors_of(cast.specialist.officer.pk, on=START) if a.is_substitute)
    assert acting.rights == head.rights
    assert acting.audience == head.audience
    assert head.post.pk in substitutes_on([head.post], START)


def test_others_cannot_say_who_is_away(cast: Cast, at: dt.datetime) -> None:
    for actor in (cast.outsider, cast.specialist, cast.leader):
        with pytest.raises(Forbidden):
            record_absence(
                cast.division_head.post,
                substitute=cast.specialist.post,
                valid_from=START,
                valid_to=BACK,
                actor=actor,
                at=at,
            )


def test_a_substitute_that_cannot_be_is_refused(cast: Cast, at: dt.datetime) -> None:
    head = cast.division_head
    days = {"valid_from": START, "valid_to": BACK, "actor": head, "at": at}
    for substitute in (head.post, cast.outsider.post):
        with pytest.raises(Refusal) as refused:
            record_absence(head.post, substitute=substitute, **days)  # type: ignore[arg-type]  # four of one shape
        assert refused.value.field == "substitute"
    with pytest.raises(Refusal) as refused:
        record_absence(head.post, substitute=cast.specialist.post, valid_from=BACK, valid_to=START, actor=head, at=at)
    assert refused.value.field == "valid_to"


def test_nobody_stands_in_while_away_and_nobody_is_away_twice(cast: Cast, at: dt.datetime) -> None:
    head, ann, duc = cast.division_head, cast.specialist, cast.second_specialist
    record_absence(head.post, substitute=ann.post, valid_from=START, valid_to=BACK, actor=head, at=at)
    with pytest.raises(Refusal, match="Đã khai vắng mặt"):
        record_absence(
            head.post,
            substitute=duc.post,
            valid_from=START + dt.timedelta(days=1),
            valid_to=BACK,
            actor=head,
            at=at,
        )
    with pytest.raises(Refusal, match="cũng vắng"):
        record_absence(duc.post, substitute=head.post, valid_from=START, valid_to=BACK, actor=duc, at=at)
    same = record_absence(head.post, substitute=ann.post, valid_from=START, valid_to=BACK, actor=head, at=at)
    assert head.post.absences.get() == same


def test_coming_back_early_ends_it_that_day(cast: Cast, at: dt.datetime) -> None:
    head = cast.division_head
    absence = record_absence(
        head.post, substitute=cast.specialist.post, valid_from=START, valid_to=BACK, actor=head, at=at
    )
    cancel_absence(absence, on=dt.date(2014, 3, 19), actor=head, at=at)
    assert _substitutes_of(cast, dt.date(2014, 3, 18))
    assert _substitutes_of(cast, dt.date(2014, 3, 19)) == []


def test_a_delegation_gives_the_named_rights_until_revoked(cast: Cast, at: dt.datetime) -> None:
    boss, head = cast.leader, cast.division_head
    delegation = delegate(
        boss.post,
        receiver=head.post,
        rights=["tasks.assign"],
        source="12/QĐ-STTTT",
        valid_from=START,
        valid_to=BACK,
        actor=boss,
        at=at,
    )
    acting = next(actor for actor in actors_of(head.officer.pk, on=START) if actor.is_substitute)
    assert acting.rights == {"tasks.assign"}
    with pytest.raises(Forbidden):
        revoke_delegation(delegation, actor=head, at=at)
    revoke_delegation(delegation, actor=boss, at=at)
    assert not [actor for actor in actors_of(head.officer.pk, on=START) if actor.is_substitute]


def test_a_delegation_lapses_by_itself(cast: Cast, at: dt.datetime) -> None:
    boss, head = cast.leader, cast.division_head
    delegate(boss.post, receiver=head.post, source="12/QĐ-STTTT", valid_from=START, valid_to=BACK, actor=boss, at=at)
    assert len(actors_of(head.officer.pk, on=BACK - dt.timedelta(days=1))) == 2
    assert len(actors_of(head.officer.pk, on=BACK)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"rights": ["incoming.register"]}, "rights"),
        ({"rights": ["organisation.administer"]}, "rights"),
        ({"source": ""}, "source"),
        ({"valid_to": START}, "valid_to"),
    ],
)
def test_a_delegation_beyond_the_law_is_refused(
    changed: dict[str, object], field: str, cast: Cast, at: dt.datetime
) -> None:
    boss = cast.leader
    wanted: dict[str, object] = {
        "receiver": cast.division_head.post,
        "rights": ["tasks.assign"],
        "source": "12/QĐ-STTTT",
        "valid_from": START,
        "valid_to": BACK,
    }
    with pytest.raises(Refusal) as refused:
        delegate(boss.post, **(wanted | changed), actor=boss, at=at)  # type: ignore[arg-type]  # hostile on purpose
    assert refused.value.field == field


def test_what_was_delegated_is_not_delegated_further(cast: Cast, at: dt.datetime) -> None:
    boss, head = cast.leader, cast.division_head
    delegate(boss.post, receiver=head.post, source="12/QĐ-STTTT", valid_from=START, valid_to=BACK, actor=boss, at=at)
    acting = next(actor for actor in actors_of(head.officer.pk, on=START) if actor.is_substitute)
    with pytest.raises(Forbidden):
        delegate(
            boss.post,
            receiver=cast.specialist.post,
            source="13/QĐ-STTTT",
            valid_from=START,
            valid_to=BACK,
            actor=acting,
            at=at,
        )
