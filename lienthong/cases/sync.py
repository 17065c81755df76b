"""What the exchange is told of cases: each change of the national status once, each hand-over once, in their order.

``changed`` is called where the case is saved, in the transaction of the deed and under the lock of the case; where no
partner is connected it does nothing and asks the database nothing.
"""

from __future__ import annotations

import datetime as dt

from lienthong.cases.models import Case, HandBack, HandOver, ResultPaper, Supplement
from lienthong.cases.queries.result_files import addresses_of
from lienthong.exchange import operations, partners, retelling
from lienthong.exchange.facts import Asked, CaseFacts, Facts, Fee, Paper, StepFacts
from lienthong.exchange.queries import arrival_of
from lienthong.organisation.actor import Actor
from lienthong.payments.models import Charge

CASE, STEP = "case", "case_step"
WORDS = {
    "received": "Tiếp nhận hồ sơ", "submitted": "Ghi nhận hồ sơ", "accept": "Tiếp nhận hồ sơ", "forward": "Chuyển",
    "propose": "Trình", "sign": "Ký duyệt, chuyển", "send_back": "Trả lại", "assigned": "Phân công",
    "taken_over": "Bàn giao", "undone": "Hoàn tác, trở lại",
}  # fmt: skip


def declare() -> None:
    """Declare who tells of a case when a message is sent again."""
    retelling.declare("case", _as_it_is)


def changed(case: Case, kind: str, *, is_handed: bool, actor: Actor | None, at: dt.datetime, note: str = "") -> None:
    """Tell every connected partner the status, where it is another than was told last, and the hand-over, if any.

    ``is_handed`` says that the case was just put before somebody. Nothing is asked where nobody is connected; else two
    statements for a status and two more for a hand-over, and one for what the status brings (fees, supplements,
    results).
    """
    if not partners.in_use():
        return
    before = operations.told_last(case.subject, CASE)
    status = str(int(case.status))
    told: list[tuple[str, str, Facts]] = []
    if any(before.get(partner.code) != status for partner in partners.in_use()):
        told.append((CASE, status, facts_of(case, is_first=not before)))
    if is_handed:
        row = HandOver.objects.select_related("unit", "post__officer").filter(case=case, left_at=None).get()
        told.append((STEP, str(row.pk), _step(case, row, kind, note, actor, at)))
    if told:
        operations.announce(case.subject, told, before=before, at=at)


def facts_of(case: Case, *, is_first: bool = False) -> CaseFacts:
    """Return what a partner is told of a case as it is now; its fees and where it came from only the first time."""
    sector = case.version.procedure.sector
    ended_at = case.ended_at if case.status != Case.Status.HANDED_OVER else None
    is_done = case.status in (Case.Status.DONE, Case.Status.HANDED_OVER)
    return CaseFacts(
        code=case.code,
        procedure_code=case.version.procedure.code,
        procedure=case.version.name,
        sector_code=sector.code,  # none is said rather than a wrong one: the message waits until it is entered
        sector=sector.name,
        applicant=case.applicant.name,
        is_citizen=case.applicant.kind == case.applicant.Kind.CITIZEN,
        phone=case.contact_phone,
        email=case.contact_email,
        abstract=case.abstract,
        unit=case.competent_agency.name,
        status=int(case.status),
        by_post=case.return_way == Case.Return.POST,
        received_at=case.received_at,
        promised_at=case.promised_at,
        finished_at=case.finished_at or ended_at,
        handed_over_at=case.handed_over_at,
        handed_over_to=_receiver(case),
        note=_origin(case) if is_first else "",
        fees=_fees(case) if is_first else (),
        asked=_asked(case) if case.rounds else (),
        papers=_papers(case) if is_first else (),
        results=_results(case) if is_done else (),
    )


def _as_it_is(pk: int) -> CaseFacts | None:
    rows = Case.objects.select_related("version__procedure__sector", "applicant", "competent_agency")
    case = rows.defer("version__text").filter(pk=pk).first()
    return facts_of(case) if case is not None else None


def _receiver(case: Case) -> str:
    if case.status != Case.Status.HANDED_OVER:
        return ""
    row = HandBack.objects.filter(case=case).first()
    return f"{row.receiver} ({row.get_way_display()})" if row is not None else ""


def _origin(case: Case) -> str:
    if case.channel != Case.Channel.ONLINE:
        return ""
    arrival = arrival_of(case.subject)
    return f"Mã hồ sơ bên gửi: {arrival.their_id}" if arrival is not None else ""


def _fees(case: Case) -> tuple[Fee, ...]:
    rows = Charge.objects.of(case.subject).filter(state__in=(Charge.State.DUE, Charge.State.PAID)).order_by("pk")
    return tuple(Fee(row.key, row.name, row.amount, row.name.casefold().startswith("phí")) for row in rows)


def _asked(case: Case) -> tuple[Asked, ...]:
    rows = Supplement.objects.filter(case=case).select_related("asked_by__officer", "answered_by__officer")
    return tuple(_asked_once(row) for row in rows.order_by("round"))


def _asked_once(row: Supplement) -> Asked:
    names = tuple(f"{one['name']}: {one['reason']}" for one in row.papers)
    return Asked(
        number=row.pk,
        by=row.asked_by.officer.full_name,
        text="; ".join(filter(None, (*names, row.text))),
        at=row.asked_at,
        answered_at=row.answered_at,
        answered_to=row.answered_by.officer.full_name if row.answered_by else "",
        answer=row.answer,
        papers=tuple(one["name"] for one in row.papers),
        promised_before=row.promised_before,
        promised_after=row.promised_after,
    )


def _papers(case: Case) -> tuple[Paper, ...]:
    rows = case.papers.exclude(given_at=None).order_by("order")
    return tuple(Paper(row.key, row.name, copies=row.originals + row.copies) for row in rows)


def _results(case: Case) -> tuple[Paper, ...]:
    rows = list(ResultPaper.objects.filter(case=case).exclude(symbol="").order_by("pk"))
    files = addresses_of(case) if any(row.is_digital for row in rows) else {}
    return tuple(
        Paper(row.code or row.key, row.name, row.symbol, address=next(iter(files.get(row.pk, [])), "")) for row in rows
    )


def _step(case: Case, row: HandOver, kind: str, note: str, actor: Actor | None, at: dt.datetime) -> StepFacts:
    to = f"{row.post.officer.full_name}, {row.unit.short_name}" if row.post else row.unit.short_name
    said = f"{WORDS.get(kind, 'Chuyển')} “{row.step_name}”: {to}{f'. {note}' if note else ''}"
    return StepFacts(
        code=case.code,
        officer=actor.officer.full_name if actor else case.applicant.name,
        title=actor.post.title if actor else "",
        unit=actor.post.unit.name if actor else "",
        said=said[:1000],
        status=int(case.status),
        at=at,
        begun_at=row.given_at,
        due_at=row.due_at or case.due_at,
    )
