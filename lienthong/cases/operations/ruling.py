"""Rules of reception entered on screen: from a day to come on, never over what was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import connection, transaction

from lienthong.cases import entered, policies
from lienthong.cases.models import Case, ReceptionRule
from lienthong.cases.queries.rules import Said, rule_said
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.rules import required

ONE_WRITER = "LOCK TABLE cases_receptionrule IN SHARE ROW EXCLUSIVE MODE"


@transaction.atomic
def enter_rule(
    kind: str,
    *,
    channels: Collection[str],
    desks: str = "",
    hour: dt.time | None = None,
    valid_from: dt.date,
    source: str,
    is_verified: bool = False,
    actor: Actor,
    at: dt.datetime,
) -> ReceptionRule:
    """Enter a rule that holds from a day on, for some channels.

    Refuses who may not, no channel, a day that is not to come, a second rule of a day, and what changes nothing.
    """
    _require(actor)
    chosen = [one for one in Case.Channel.values if one in channels]
    if not chosen:
        raise Refusal("Hãy chọn ít nhất một cách nộp.", field="channels")
    if kind == ReceptionRule.Kind.DESKS and desks not in ReceptionRule.Desks.values:
        raise Refusal("Hãy chọn nơi nhận.", field="desks")
    if valid_from <= local_date(at):
        raise Refusal("Quy tắc chỉ đặt cho ngày sau hôm nay; hồ sơ đã nhận theo quy tắc cũ.", field="valid_from")
    source = required(source, what="căn cứ", field="source", longest=300)
    with connection.cursor() as cursor:
        cursor.execute(ONE_WRITER)  # two who enter the same day at once: the second is told
    _refuse_doubles(kind, chosen, valid_from)
    new = Said(desks=desks, hour=hour)
    if all(_same(rule_said(kind, one, valid_from), new) for one in chosen):
        raise Refusal("Quy tắc này giống quy tắc đang áp dụng vào ngày đó nên không đổi gì.", field="valid_from")
    row = ReceptionRule.objects.create(
        kind=kind,
        channels=chosen,
        desks=desks if kind == ReceptionRule.Kind.DESKS else "",
        hour=hour if kind == ReceptionRule.Kind.HOUR else None,
        valid_from=valid_from,
        source=source,
        is_verified=is_verified,
        entered_by=actor.post,
        entered_at=at,
    )
    entered.forget()
    record(row.subject, "reception_rule.entered", actor=actor, at=at, particulars=_told(row), is_new=True)
    return row


@transaction.atomic
def withdraw_rule(rule: ReceptionRule, *, reason: str, actor: Actor, at: dt.datetime) -> ReceptionRule:
    """Take back a rule that has not begun; the row stays with the reason. Refuses one that began or was withdrawn."""
    _require(actor)
    row = ReceptionRule.objects.select_for_update().get(pk=rule.pk)
    if row.withdrawn_at is not None:
        raise Refusal("Quy tắc này đã được rút trước đó.")
    if not row.may_be_withdrawn(local_date(at)):
        raise Refusal("Quy tắc đã áp dụng nên không rút được. Hãy đặt quy tắc mới từ một ngày sau hôm nay.")
    row.withdrawn_reason = required(reason, what="lý do rút", field="reason", longest=300)
    row.withdrawn_at, row.withdrawn_by = at, actor.post
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    entered.forget()
    event = _told(row) | {"reason": row.withdrawn_reason}
    record(row.subject, "reception_rule.withdrawn", actor=actor, at=at, particulars=event)
    return row


def _require(actor: Actor) -> None:
    if not policies.can_regulate(actor):
        raise Forbidden("Chỉ người quản trị đặt quy tắc tiếp nhận hồ sơ.")


def _refuse_doubles(kind: str, channels: list[str], day: dt.date) -> None:
    rows = ReceptionRule.objects.standing().filter(kind=kind, valid_from=day, channels__overlap=channels)
    if rows.exists():
        raise Refusal(
            f"Đã có quy tắc cho cách nộp này từ ngày {day:%d/%m/%Y}. Rút quy tắc đó trước, hoặc chọn ngày khác.",
            field="valid_from",
        )


def _same(now: Said, new: Said) -> bool:
    return (now.desks, now.hour) == (new.desks, new.hour)


def _told(row: ReceptionRule) -> dict[str, object]:
    return {
        "kind": row.kind,
        "channels": row.channels,
        "desks": row.desks,
        "hour": f"{row.hour:%H:%M}" if row.hour else "",
        "from": row.valid_from.isoformat(),
        "source": row.source,
    }
