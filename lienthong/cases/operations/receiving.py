"""Taking a case in: at the counter (received at once), or as something that a desk must first look at."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lienthong.applicants.models import Applicant
from lienthong.applicants.particulars import email_address, phone_number
from lienthong.calendars import operations as calendars
from lienthong.calendars.queries import calendar_of, work_calendar_for
from lienthong.calendars.working_time import Calendar
from lienthong.cases import figures, following, places, policies, sync
from lienthong.cases.cut_offs import received_on
from lienthong.cases.lookups import Known, files_said
from lienthong.cases.models import Case, CasePaper
from lienthong.cases.operations import writing
from lienthong.cases.operations.charging import charge_fees
from lienthong.cases.operations.making import made_before, once
from lienthong.cases.operations.opening import lay
from lienthong.cases.places import Hands
from lienthong.cases.queries.desks import require_desk
from lienthong.fields.kind import Context
from lienthong.files.operations.attaching import attach
from lienthong.identity.models import User
from lienthong.journal.operations import record
from lienthong.kernel.clock import local, local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.numbering import operations as numbering
from lienthong.numbering.periods import of_day
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.procedures.definition import Component
from lienthong.procedures.models import ProcedureVersion
from lienthong.search.operations import index_entry
from lienthong.search.sources import Entry
from lienthong.workflow.actions import Action
from lienthong.workflow.flow import Need


class Incomplete(Refusal):
    """What was filled in is not right yet: ``problems`` says what, by the dotted paths of the form."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        first = next(iter(self.problems.values()))
        more = f" (và {len(self.problems) - 1} chỗ khác)" if len(self.problems) > 1 else ""
        super().__init__(f"{first}{more}", field="values")


@dataclass(frozen=True, slots=True)
class Given:
    """Giấy tờ đã nộp: how many originals and copies of one component, and whether it was handed in as a file."""

    originals: int = 0
    copies: int = 0
    is_digital: bool = False
    note: str = ""

    @property
    def is_something(self) -> bool:
        """Whether anything of it was handed in."""
        return bool(self.originals or self.copies or self.is_digital)


@dataclass(frozen=True, slots=True)
class Reception:
    """Hồ sơ nộp: what an applicant hands in, as the desk or the applicant wrote it down."""

    version: ProcedureVersion
    applicant: Applicant
    desk: Unit
    key: uuid.UUID
    values: Mapping[str, Any] = field(default_factory=dict)
    papers: Mapping[str, Given] = field(default_factory=dict)
    channel: str = Case.Channel.COUNTER
    submitter: Applicant | None = None
    phone: str = ""
    email: str = ""
    return_way: str = Case.Return.COUNTER
    return_address: str = ""
    abstract: str = ""
    account: User | None = None

    @property
    def agency(self) -> Unit:
        """The agency of the desk."""
        return self.desk.agency or self.desk

    @property
    def facts(self) -> dict[str, str]:
        """What conditions may ask of the case itself."""
        return {"channel": self.channel, "subject": self.applicant.kind, "case_kind": ""}


@once
def receive(reception: Reception, *, actor: Actor, at: dt.datetime) -> Case:
    """Receive a case at a desk under a code of the day and promise when it is done (NĐ 61/2018, NĐ 118/2025).

    The same key again gives the case of the first time. Refuses: who is at no one-stop desk; a procedure that does not
    hold today; a form that is not right; missing papers, each by name; a competent agency that is not found.
    """
    if not policies.can_receive(actor):
        raise Forbidden("Chỉ cán bộ Bộ phận Một cửa tiếp nhận hồ sơ.")
    numbered = _numbered(reception, at)
    if numbered.known:
        return made_before(numbered.known)
    case, papers = _case_of(reception, numbered, actor=actor, at=at)
    definition, competent = case.version.definition, case.competent_agency
    if reception.channel != Case.Channel.ONLINE:  # that desk was chosen by the rule when it was handed in
        require_desk(definition, reception.desk, competent, channel=reception.channel, on=local_date(at))
    accept = case.version.definition.flow.start.move(Action.ACCEPT)
    assert accept is not None  # noqa: S101 - a flow that was published accepts at its start
    if Need.PAPERS in accept.needs:
        _refuse_missing(reception, papers)
    step = case.version.definition.flow.step(accept.to)
    case.status, case.received_at, case.received_by = Case.Status.RECEIVED, at, actor.post
    hands = places.resolve(step.place, writing.ground_of(case, local_date(at)))
    return _open(case, reception, papers, step=step.key, hands=hands, actor=actor, at=at)


@once
def submit(reception: Reception, *, actor: Actor | None, at: dt.datetime) -> Case:
    """Let a case come before its desk, not yet received: from the applicant's own desk, by post, or in doubt.

    It has its code at once; no promise is made before it is received. Refuses as ``receive`` does, but for papers.
    """
    if actor is not None and not policies.can_receive(actor):
        raise Forbidden("Chỉ cán bộ Bộ phận Một cửa ghi nhận hồ sơ.")
    numbered = _numbered(reception, at)
    if numbered.known:
        return made_before(numbered.known)
    case, papers = _case_of(reception, numbered, actor=actor, at=at)
    case.status = Case.Status.NEW
    start = case.version.definition.flow.start
    return _open(case, reception, papers, step=start.key, hands=Hands(reception.desk), actor=actor, at=at)


def _numbered(reception: Reception, at: dt.datetime) -> places.Numbering:
    return places.numbering_of(reception.agency, local_date(at), reception.key)


def _case_of(
    reception: Reception, numbered: places.Numbering, *, actor: Actor | None, at: dt.datetime
) -> tuple[Case, list[Component]]:
    version, day = reception.version, local_date(at)
    if version.state != ProcedureVersion.State.PUBLISHED or not version.holds(day):
        raise Refusal(f"Thủ tục “{version.name}” không áp dụng vào ngày {day:%d/%m/%Y}. Hãy chọn lại thủ tục.")
    definition = version.definition
    if reception.applicant.kind not in definition.subjects:
        raise Refusal(
            f"Thủ tục này không dành cho {reception.applicant.get_kind_display().lower()}.", field="applicant"
        )
    known = Known(actor, reception.account)
    context = Context(day, reception.facts, known)
    checked = definition.form.check(reception.values, context=context)
    if checked.problems:
        raise Incomplete(checked.problems)
    area = places.area_of(definition, checked.values, reception.applicant.commune_code)
    agency = reception.agency
    commune = known.unit(area, day) if area else None
    competent = places.competent_agency(definition, area=area, receiving=agency, on=day, commune=commune)
    case = Case(
        pk=numbered.pk,
        procedure=version.procedure,
        version=version,
        applicant=reception.applicant,
        submitter=reception.submitter,
        contact_phone=phone_number(reception.phone) or reception.applicant.phone,
        contact_email=email_address(reception.email) or reception.applicant.email,
        abstract=(reception.abstract.strip() or f"{version.name} - {reception.applicant.name}")[:500],
        values=checked.values,
        channel=reception.channel,
        return_way=reception.return_way,
        return_address=reception.return_address.strip()[:300],
        receiving_unit=reception.desk,
        receiving_agency=agency,
        competent_agency=competent,
        agency_code=numbered.prefix,
        code_date=day,
        submitted_at=at,
        request_key=reception.key,
        changed_at=at,
    )
    return case, definition.papers_for(checked.values, reception.facts)


def _refuse_missing(reception: Reception, papers: Sequence[Component]) -> None:
    missing = [one.name for one in papers if one.required and not reception.papers.get(one.key, Given()).is_something]
    if missing:
        raise Refusal(
            f"Thiếu {len(missing)} giấy tờ bắt buộc: {'; '.join(missing)}. Nhận thêm giấy tờ, hoặc lập phiếu yêu cầu "
            "bổ sung.",
            field="papers",
        )


def _open(
    case: Case,
    reception: Reception,
    papers: Sequence[Component],
    *,
    step: str,
    hands: Hands,
    actor: Actor | None,
    at: dt.datetime,
) -> Case:
    """Write a new case with all that hangs on it. What points at it waits for it until the transaction ends."""
    case.step, case.holder_unit, case.holder_post, case.holder = step, hands.unit, hands.post, hands.audience
    calendar: Calendar | None = None
    if case.received_at:
        calendar = promise(case, reception.facts, actor=actor, at=at)
        figures.add(case, "received", at=at)
    own = {reception.desk.audience, case.receiving_agency.audience, case.competent_agency.audience}
    audiences = sorted(own | hands.audiences | ({actor.audience} if actor else set()))
    lay(case, _papers(case, reception, papers, at), audiences)
    _number(case, at=at)
    case.save(force_insert=True)
    _attach_said(case, Known(actor, reception.account), actor=actor, at=at)
    own_calendar = calendar if hands.unit.agency_id == case.competent_agency_id else None
    writing.give(case, writing.step_of(case), hands, actor=actor, at=at, is_first=True, calendar=own_calendar)
    index_entry(entry_of(case, audiences, at=at))
    total = charge_fees(case, at=at)
    told = {
        "fees": total or "",
        "code": case.code,
        "promised": case.promised_at.isoformat() if case.promised_at else "",
    }
    kind = "case.received" if case.received_at else "case.submitted"
    record(case.subject, kind, actor=actor, at=at, particulars={k: v for k, v in told.items() if v}, is_new=True)
    sync.changed(case, kind.removeprefix("case."), is_handed=True, actor=actor, at=at)
    following.tell("received" if case.received_at else "submitted", case, actor=actor, at=at)
    return case


def _attach_said(case: Case, known: Known, *, actor: Actor | None, at: dt.datetime) -> None:
    """Hang the files that the form itself names on the case, so that its readers may open them."""
    for key in files_said(case.version.definition.form.fields, case.values):
        found = known.files(key)
        for file in found if found is not None else ():
            attach(file, case.subject, label="Tệp trong biểu mẫu", actor=actor, at=at, tell=False)


def _number(case: Case, *, at: dt.datetime) -> None:
    """Give a case the next code of its agency and day; held until the transaction ends, so it comes late."""
    key = f"case:{case.agency_code}"
    case.code_number = numbering.take_in(
        key, name=f"Mã hồ sơ {case.agency_code}", period=of_day(case.code_date), subject=case.subject, at=at
    )
    case.code = f"{case.agency_code}-{case.code_date:%y%m%d}-{case.code_number:04}"


def promise(case: Case, facts: Mapping[str, str], *, actor: Actor | None, at: dt.datetime) -> Calendar:
    """Start the legal clock of a case that was received; without a limit in law nothing is promised.

    What was handed in after the cut-off hour of the day (``data/reception.toml``) counts from the next opening. Returns
    the calendar of the agency that decides, by which its own steps count too.
    """
    rule = case.version.definition.limit_for(case.channel, case.values, facts)
    chosen = work_calendar_for(case.competent_agency, local_date(at))
    assert chosen.current is not None  # noqa: S101 - found by it
    calendar = calendar_of(chosen.current)
    if rule.limit is not None:
        deadline = calendars.set_deadline(
            case.subject, start=at, limit=rule.limit, calendar=chosen,
            received_on=received_on(calendar, case.submitted_at, at, case.channel), actor=actor, at=at,
        )  # fmt: skip
        case.due_at = case.promised_at = deadline.due_at
    return calendar


def _papers(case: Case, reception: Reception, papers: Sequence[Component], at: dt.datetime) -> list[CasePaper]:
    rows = []
    for order, one in enumerate(papers):
        given = reception.papers.get(one.key, Given())
        rows.append(
            CasePaper(
                case=case,
                key=one.key,
                name=one.name,
                originals=given.originals,
                copies=given.copies,
                is_digital=given.is_digital,
                is_required=one.required,
                note=given.note[:300],
                order=order,
                given_at=at if given.is_something else None,
            )
        )
    return rows


def entry_of(case: Case, audiences: Sequence[int], *, at: dt.datetime) -> Entry:
    """Return what a case is found by."""
    return Entry(
        subject=case.subject,
        title=case.abstract,
        symbol=case.code or "",
        body=case.applicant.name,
        kind="case",
        unit_id=case.competent_agency_id,
        year=local(case.submitted_at).year,
        state=str(case.status),
        audiences=audiences,
        at=at,
    )
