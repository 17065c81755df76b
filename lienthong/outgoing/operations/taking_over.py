"""What a post writes, looks at or is to sign goes to another post; each draft keeps its way and its versions."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from lienthong.journal.operations import record_many
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import in_force
from lienthong.kernel.refusal import Refusal
from lienthong.notifications.operations import clear_many
from lienthong.organisation.holdings import Hands
from lienthong.organisation.models import SigningAuthority
from lienthong.outgoing.models import Draft, ReviewStep
from lienthong.outgoing.operations.readers import open_to

State, Step = Draft.State, ReviewStep.State


def writing(rows: QuerySet[Draft], hands: Hands) -> int:
    """Make the taker the author of what the giver writes; versions keep who wrote them."""
    drafts = _locked(rows)
    _require_one_agency(drafts, hands)
    found = Draft.objects.filter(pk__in=[draft.pk for draft in drafts])
    found.filter(holder=hands.giver, state=State.WRITING).update(holder=hands.taker)
    found.update(author=hands.taker)
    _settle(drafts, "writing", hands)
    return len(drafts)


def reviewing(rows: QuerySet[ReviewStep], hands: Hands) -> int:
    """Let the taker look in the giver's place. Refuses where the taker stands at the same step already."""
    steps = list(rows.select_for_update(of=("self",)).select_related("draft__document_type"))
    drafts = list({step.draft_id: step.draft for step in steps}.values())
    _require_one_agency(drafts, hands)
    places = {(step.draft_id, step.round, step.order) for step in steps}
    theirs = ReviewStep.objects.filter(draft__in=drafts, post=hands.taker).select_related("draft__document_type")
    twice = [step for step in theirs if (step.draft_id, step.round, step.order) in places]
    if twice:
        raise Refusal(
            f"{hands.taker.officer} đã có tên ở cùng bước duyệt của {twice[0].draft}. Hãy bàn giao riêng dự thảo này "
            "cho người khác trước.",
            field="taker",
        )
    ReviewStep.objects.filter(pk__in=[step.pk for step in steps]).update(post=hands.taker)
    keys = [draft.pk for draft in drafts]
    Draft.objects.filter(pk__in=keys, state=State.REVIEW, holder=hands.giver).update(holder=hands.taker)
    _settle(drafts, "review", hands)
    return len(steps)


def signing(rows: QuerySet[Draft], hands: Hands) -> int:
    """Put what waits for the giver's signature before the taker, by an authority of the taker's own.

    Refuses where the register gives the taker none for that agency today (NĐ 30/2020 Điều 13).
    """
    drafts = _locked(rows)
    on = local_date(hands.at)
    own = SigningAuthority.objects.filter(in_force(on), Q(post=hands.taker)).order_by("scope", "pk")
    by_unit: dict[int, SigningAuthority] = {}
    for authority in own:
        by_unit.setdefault(authority.unit_id, authority)
    lacking = next((draft for draft in drafts if draft.agency_id not in by_unit), None)
    if lacking is not None:
        raise Refusal(
            f"{hands.taker.officer} chưa có thẩm quyền ký cho {lacking.agency}. Hãy ghi thẩm quyền ký trước, chọn "
            "người khác, hoặc để người soạn rút dự thảo về.",
            field="taker",
        )
    for draft in drafts:
        draft.authority = by_unit[draft.agency_id]
        if draft.state == State.SIGNING:
            draft.holder = hands.taker
        draft.save(update_fields=["authority", "holder"])
    _settle(drafts, "signing", hands)
    return len(drafts)


def _locked(rows: QuerySet[Draft]) -> list[Draft]:
    return list(rows.select_for_update(of=("self",)).select_related("agency", "document_type"))


def _settle(drafts: Sequence[Draft], part: str, hands: Hands) -> None:
    for draft in drafts:
        open_to(draft, [hands.taker.audience, hands.taker.unit.audience])
    clear_many("draft", [draft.pk for draft in drafts], at=hands.at, posts=[hands.giver])
    events = [(draft.subject, draft.subject, {**hands.told, "part": part}) for draft in drafts]
    record_many(events, "draft.taken_over", actor=hands.actor, at=hands.at)


def _require_one_agency(drafts: Sequence[Draft], hands: Hands) -> None:
    if {draft.agency_id for draft in drafts} - {hands.taker.unit.agency_id}:
        raise Refusal(
            f"{hands.taker} không thuộc cơ quan của các dự thảo. Hãy chọn người trong cơ quan đó.", field="taker"
        )
