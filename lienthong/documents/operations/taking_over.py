"""Documents that wait for a post, and the rules that name it, go to another post."""

from __future__ import annotations

from django.db.models import QuerySet

from lienthong.documents.models import Forwarding, IncomingDocument, StandingRule, Wait
from lienthong.documents.operations.readers import open_many_to
from lienthong.journal.operations import record, record_many
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.operations import clear_many
from lienthong.organisation.holdings import Hands


def for_instruction(rows: QuerySet[IncomingDocument], hands: Hands) -> int:
    """Put what waits for the giver's word before the taker; the book shows the way it went."""
    documents = list(rows.select_for_update(of=("self",)))
    keys = [document.pk for document in documents]
    _require_one_agency({document.agency_id for document in documents}, hands)
    IncomingDocument.objects.filter(pk__in=keys).update(holder_post=hands.taker)
    Wait.objects.running().filter(document__in=keys, post=hands.giver).update(post=hands.taker)
    Forwarding.objects.bulk_create(
        Forwarding(
            document_id=key,
            giver=hands.giver,
            taker=hands.taker,
            taker_unit=hands.taker.unit,
            note="Bàn giao công việc",
            at=hands.at,
        )
        for key in keys
    )
    _settle(keys, hands)
    return len(keys)


def for_forwarding(rows: QuerySet[Wait], hands: Hands) -> int:
    """Let the clock of what is registered and not yet forwarded run against the taker."""
    waits = list(rows.select_for_update(of=("self",)).select_related("document"))
    _require_one_agency({wait.document.agency_id for wait in waits}, hands)
    Wait.objects.filter(pk__in=[wait.pk for wait in waits]).update(post=hands.taker)
    _settle([wait.document_id for wait in waits], hands)
    return len(waits)


def rules_by_word(rows: QuerySet[StandingRule], hands: Hands) -> int:
    """Let standing rules hold by the taker's word from now on; what they wrote before keeps its author."""
    return _rules(rows, hands, "authority")


def rules_to(rows: QuerySet[StandingRule], hands: Hands) -> int:
    """Let standing rules that forwarded to the giver forward to the taker."""
    return _rules(rows, hands, "leader")


def _rules(rows: QuerySet[StandingRule], hands: Hands, column: str) -> int:
    rules = list(rows.select_for_update(of=("self",)))
    _require_one_agency({rule.agency_id for rule in rules}, hands)
    for rule in rules:
        setattr(rule, column, hands.taker)
        rule.save(update_fields=[column])
        told = {**hands.told, "name": rule.name}
        record(Subject("standing_rule", rule.pk), "rule.taken_over", actor=hands.actor, at=hands.at, particulars=told)
    return len(rules)


def _settle(keys: list[int], hands: Hands) -> None:
    open_many_to(IncomingDocument.objects.filter(pk__in=keys), {hands.taker.unit.audience, hands.taker.audience})
    clear_many("incoming", keys, at=hands.at, posts=[hands.giver])
    events = [(Subject("incoming", key), Subject("incoming", key), hands.told) for key in keys]
    record_many(events, "incoming.taken_over", actor=hands.actor, at=hands.at)


def _require_one_agency(agencies: set[int], hands: Hands) -> None:
    if agencies - {hands.taker.unit.agency_id}:
        raise Refusal(
            f"{hands.taker} không thuộc cơ quan có văn bản đến đang chờ. Hãy chọn người trong cơ quan đó.",
            field="taker",
        )
