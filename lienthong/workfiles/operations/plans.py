"""The list of files of a year: drafted, copied, put up, approved, amended (NĐ 30/2020 Điều 28)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.rules import required, short_enough
from lienthong.workfiles import notices, policies
from lienthong.workfiles.models import FilePlan, Heading, PlannedFile, WorkFile
from lienthong.workfiles.retention import rule_on

State = FilePlan.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long something is to be kept: a rule's code, or for ever, or years."""

    rule: str = ""
    is_permanent: bool = False
    years: int | None = None

    def columns(self, on: dt.date) -> dict[str, object]:
        """Return the three columns; a rule alone says how long. Refuses a rule that does not hold on the day."""
        rule = rule_on(self.rule, on) if self.rule else None
        if self.rule and rule is None:
            raise Refusal("Mức thời hạn bảo quản này không còn áp dụng. Hãy chọn mức khác.", field="retention")
        if rule and not self.is_permanent and self.years is None:
            return {"retention_rule": rule.code, "is_permanent": rule.years is None, "retention_years": rule.years}
        years = None if self.is_permanent else self.years
        if years is not None and not 1 <= years <= 200:
            raise Refusal("Số năm bảo quản phải từ 1 đến 200.", field="retention_years")
        return {"retention_rule": self.rule, "is_permanent": self.is_permanent, "retention_years": years}


UNSAID = Retention()


@transaction.atomic
def begin_plan(*, year: int, copy_from: FilePlan | None = None, actor: Actor, at: dt.datetime) -> FilePlan:
    """Begin the list of files of the actor's agency for a year, empty or as it was in another year.

    Refuses who may not, a year far away, and a second list for one year.
    """
    agency = actor.post.unit.agency
    if not policies.can_plan(actor) or agency is None:
        raise Forbidden("Bạn không được lập danh mục hồ sơ của cơ quan.")
    if abs(year - local_date(at).year) > 5:
        raise Refusal("Hãy chọn năm trong khoảng năm năm trước hoặc sau năm nay.", field="year")
    if FilePlan.objects.filter(agency=agency, year=year).exists():
        raise Refusal(f"Cơ quan đã có danh mục hồ sơ năm {year}. Hãy mở danh mục đó để sửa.", field="year")
    if copy_from is not None and not actor.keeps_for(copy_from.agency_id):
        raise Forbidden("Chỉ sao chép được danh mục của cơ quan mình.")
    plan = FilePlan.objects.create(agency=agency, year=year, author=actor.post, copied_from=copy_from, created_at=at)
    copied = _copy(copy_from, plan, on=local_date(at)) if copy_from else 0
    event = {"year": year, "from": copy_from.year if copy_from else None, "files": copied}
    record(plan.subject, "file_plan.begun", actor=actor, at=at, particulars=event, is_new=True)
    return plan


def _copy(old: FilePlan, plan: FilePlan, *, on: dt.date) -> int:
    """Copy headings and files, the year in their titles carried on; a post or unit that is no more is left open."""
    count = 0
    for heading in old.headings.order_by("order", "pk"):
        made = Heading.objects.create(
            plan=plan, abbreviation=heading.abbreviation, title=heading.title, order=heading.order
        )
        planned = list(heading.planned.select_related("unit", "post").order_by("number"))
        PlannedFile.objects.bulk_create(
            PlannedFile(
                heading=made,
                number=number,
                title=re.sub(rf"\b{old.year}\b", str(plan.year), one.title),
                is_permanent=one.is_permanent,
                retention_years=one.retention_years,
                retention_rule=one.retention_rule,
                unit=one.unit if one.unit and (one.unit.valid_to is None or one.unit.valid_to > on) else None,
                post=one.post if one.post and (one.post.valid_to is None or one.post.valid_to > on) else None,
                note=one.note,
            )
            for number, one in enumerate(planned, start=1)
        )
        count += len(planned)
    return count


@transaction.atomic
def add_heading(
    plan: FilePlan, *, abbreviation: str, title: str, reason: str = "", actor: Actor, at: dt.datetime
) -> Heading:
    """Add a heading to a list. Refuses an abbreviation that the list has, and no reason once it is approved."""
    plan = _changeable(plan, actor, reason)
    abbreviation = _abbreviation(abbreviation)
    title = required(title, what="tên đề mục", field="title", longest=200)
    if plan.headings.filter(abbreviation=abbreviation).exists():
        raise Refusal(f"Danh mục đã có đề mục {abbreviation}. Hãy chọn chữ viết tắt khác.", field="abbreviation")
    last = plan.headings.aggregate(last=Max("order"))["last"] or 0
    heading = Heading.objects.create(plan=plan, abbreviation=abbreviation, title=title, order=last + 1)
    event = {"heading": str(heading), "reason": reason.strip()}
    record(plan.subject, "file_plan.heading_added", actor=actor, at=at, particulars=event)
    return heading


@transaction.atomic
def amend_heading(
    heading: Heading, *, abbreviation: str, title: str, place: int, reason: str = "", actor: Actor, at: dt.datetime
) -> Heading:
    """Rename a heading, or let it stand at another place of its list (1 is the first).

    Refuses an abbreviation that another has or that stands in the code of an opened file, a place that the list has
    not, and no reason once it is approved.
    """
    plan = _changeable(heading.plan, actor, reason)
    rows = list(plan.headings.select_for_update().order_by("order", "pk"))
    heading = next(row for row in rows if row.pk == heading.pk)
    abbreviation = _abbreviation(abbreviation)
    title = required(title, what="tên đề mục", field="title", longest=200)
    _require_free(heading, abbreviation, rows)
    if not 1 <= place <= len(rows):
        raise Refusal(f"Danh mục có {len(rows)} đề mục. Hãy chọn vị trí từ 1 đến {len(rows)}.", field="place")
    former, stood = str(heading), rows.index(heading) + 1
    if (abbreviation, title, place) == (heading.abbreviation, heading.title, stood):
        raise Refusal("Chưa có thông tin nào thay đổi.")
    heading.abbreviation, heading.title = abbreviation, title
    heading.save(update_fields=["abbreviation", "title"])
    rows.insert(place - 1, rows.pop(stood - 1))
    for order, row in enumerate(rows, start=1):
        row.order = order
    Heading.objects.bulk_update(rows, ["order"])
    event = {"from": former, "to": str(heading), "moved": [stood, place], "reason": reason.strip()}
    record(plan.subject, "file_plan.heading_amended", actor=actor, at=at, particulars=event)
    return heading


def _require_free(heading: Heading, abbreviation: str, rows: list[Heading]) -> None:
    if abbreviation == heading.abbreviation:
        return
    if any(row.abbreviation == abbreviation for row in rows):
        raise Refusal(f"Danh mục đã có đề mục {abbreviation}. Hãy chọn chữ viết tắt khác.", field="abbreviation")
    if opened := heading.files.count():
        raise Refusal(
            f"Đã mở {opened} hồ sơ mang ký hiệu {heading.abbreviation} nên không đổi được chữ viết tắt.",
            field="abbreviation",
        )


@transaction.atomic
def drop_heading(heading: Heading, *, reason: str = "", actor: Actor, at: dt.datetime) -> None:
    """Take an empty heading out of a list. Refuses one with files, and no reason once the list is approved."""
    plan = _changeable(heading.plan, actor, reason)
    heading = Heading.objects.select_for_update().get(pk=heading.pk)
    if count := heading.planned.count() + heading.files.filter(planned=None).count():
        raise Refusal(f"Đề mục {heading.abbreviation} còn {count} hồ sơ. Hãy bỏ các hồ sơ đó trước.")
    event = {"heading": str(heading), "reason": reason.strip()}
    heading.delete()
    record(plan.subject, "file_plan.heading_dropped", actor=actor, at=at, particulars=event)


@transaction.atomic
def plan_file(
    heading: Heading,
    *,
    title: str,
    retention: Retention = UNSAID,
    number: int | None = None,
    unit: Unit | None = None,
    post: Post | None = None,
    note: str = "",
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> PlannedFile:
    """Add a file to a heading, under the next number or the one given.

    Refuses a number that is taken, a post outside the agency, and no reason once the list is approved.
    """
    plan = _changeable(heading.plan, actor, reason)
    heading = Heading.objects.select_for_update().get(pk=heading.pk)
    columns = _columns(plan, title, retention, unit, post, note, at)
    taken = next_number(heading)
    if number is not None and number != taken and is_taken(heading, number):
        raise Refusal(f"Số {number:02} của đề mục {heading.abbreviation} đã dùng.", field="number")
    planned = PlannedFile(heading=heading, number=number or taken, **columns)
    try:
        with transaction.atomic():
            planned.save(force_insert=True)
    except IntegrityError:
        raise Refusal(f"Số {planned.number:02} của đề mục {heading.abbreviation} đã dùng.", field="number") from None
    event = {"file": str(planned), "maintenance": planned.maintenance, "reason": reason.strip()}
    record(plan.subject, "file_plan.file_added", actor=actor, at=at, particulars=event)
    return planned


@transaction.atomic
def amend_planned(
    planned: PlannedFile,
    *,
    title: str,
    retention: Retention = UNSAID,
    unit: Unit | None = None,
    post: Post | None = None,
    note: str = "",
    reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> PlannedFile:
    """Change what a list says of a file; its number stays. Refuses no reason once the list is approved."""
    plan = _changeable(planned.heading.plan, actor, reason)
    planned = PlannedFile.objects.select_for_update(of=("self",)).select_related("heading").get(pk=planned.pk)
    columns = _columns(plan, title, retention, unit, post, note, at)
    changed = {name: [_plain(getattr(planned, name)), _plain(value)] for name, value in columns.items()
               if getattr(planned, name) != value}  # fmt: skip
    if not changed:
        raise Refusal("Chưa có thông tin nào thay đổi.")
    for name, value in columns.items():
        setattr(planned, name, value)
    planned.save(update_fields=list(columns))
    event = {"file": str(planned), "changes": changed, "reason": reason.strip()}
    record(plan.subject, "file_plan.file_amended", actor=actor, at=at, particulars=event)
    return planned


@transaction.atomic
def drop_planned(planned: PlannedFile, *, reason: str = "", actor: Actor, at: dt.datetime) -> None:
    """Take a file out of a list. Refuses one that was opened, and no reason once the list is approved."""
    plan = _changeable(planned.heading.plan, actor, reason)
    planned = PlannedFile.objects.select_for_update(of=("self",)).select_related("heading").get(pk=planned.pk)
    if WorkFile.objects.filter(planned=planned).exists():
        raise Refusal("Hồ sơ này đã mở nên không bỏ khỏi danh mục được.")
    event = {"file": str(planned), "reason": reason.strip()}
    planned.delete()
    record(plan.subject, "file_plan.file_dropped", actor=actor, at=at, particulars=event)


@transaction.atomic
def submit_plan(plan: FilePlan, *, actor: Actor, at: dt.datetime) -> FilePlan:
    """Put a list up for approval. Refuses an empty one, and one with a file without retention."""
    plan = _locked(plan)
    if not policies.can_submit(actor, plan):
        raise Forbidden("Chỉ trình được danh mục đang lập của cơ quan mình.")
    planned = PlannedFile.objects.filter(heading__plan=plan).select_related("heading")
    if not planned:
        raise Refusal("Danh mục chưa có hồ sơ nào. Hãy thêm hồ sơ rồi trình.")
    open_ones = [one.code for one in planned if not one.has_retention]
    if open_ones:
        raise Refusal(f"Chưa có thời hạn bảo quản: {', '.join(open_ones[:5])}. Hãy chọn thời hạn rồi trình.")
    _enter(plan, State.SUBMITTED)
    notices.ask_for_approval(plan, at=at)
    record(plan.subject, "file_plan.submitted", actor=actor, at=at, particulars={"files": len(planned)})
    return plan


@transaction.atomic
def approve_plan(plan: FilePlan, *, actor: Actor, at: dt.datetime) -> FilePlan:
    """Approve a list that was put up: from now on files are opened from it. Refuses a second approval."""
    plan = _locked(plan)
    if plan.is_approved:
        raise Refusal("Danh mục này đã được phê duyệt trước đó.")
    if not policies.can_approve(actor, plan):
        raise Forbidden("Chỉ người đứng đầu cơ quan phê duyệt danh mục đã trình.")
    plan.approved_by, plan.approved_at = actor.post, at
    plan.save(update_fields=["approved_by", "approved_at"])
    _enter(plan, State.APPROVED)
    notices.approval_decided(plan, at=at)
    record(plan.subject, "file_plan.approved", actor=actor, at=at)
    return plan


@transaction.atomic
def give_back_plan(plan: FilePlan, *, reason: str, actor: Actor, at: dt.datetime) -> FilePlan:
    """Give a list back to those who drafted it. Refuses without a reason."""
    plan = _locked(plan)
    if not policies.can_approve(actor, plan):
        raise Forbidden("Chỉ người đứng đầu cơ quan trả lại danh mục đã trình.")
    reason = required(reason, what="lý do trả lại", field="reason", longest=500)
    _enter(plan, State.DRAFT)
    notices.approval_decided(plan, reason, at=at)
    record(plan.subject, "file_plan.given_back", actor=actor, at=at, particulars={"reason": reason})
    return plan


def next_number(heading: Heading) -> int:
    """Return the number of the next file of a heading, planned or not; the caller holds the heading's row."""
    planned = heading.planned.aggregate(last=Max("number"))["last"] or 0
    opened = heading.files.aggregate(last=Max("number"))["last"] or 0
    return int(max(planned, opened)) + 1


def is_taken(heading: Heading, number: int) -> bool:
    """Tell whether a number of a heading stands for something."""
    return heading.planned.filter(number=number).exists() or heading.files.filter(number=number).exists()


def _columns(
    plan: FilePlan,
    title: str,
    retention: Retention,
    unit: Unit | None,
    post: Post | None,
    note: str,
    at: dt.datetime,
) -> dict[str, object]:
    unit = unit or (post.unit if post else None)
    for place, field in ((unit, "unit"), (post.unit if post else None, "post")):
        if place is not None and place.agency_id != plan.agency_id:
            raise Refusal("Hãy chọn đơn vị, người trong cơ quan này.", field=field)
    return {
        "title": required(title, what="tiêu đề hồ sơ", field="title", longest=500),
        "unit": unit,
        "post": post,
        "note": short_enough(note, what="ghi chú", field="note", longest=300),
        **retention.columns(local_date(at)),
    }


def _abbreviation(text: str) -> str:
    text = required(text, what="chữ viết tắt", field="abbreviation", longest=12).upper()
    if not text.replace("-", "").isalnum():
        raise Refusal("Chữ viết tắt chỉ gồm chữ và số, ví dụ TCCB.", field="abbreviation")
    return text


def _locked(plan: FilePlan) -> FilePlan:
    return FilePlan.objects.select_for_update(of=("self",)).select_related("agency").get(pk=plan.pk)


def _changeable(plan: FilePlan, actor: Actor, reason: str) -> FilePlan:
    plan = _locked(plan)
    if plan.state == State.SUBMITTED and policies.can_plan(actor) and actor.keeps_for(plan.agency_id):
        raise Refusal("Danh mục đang chờ phê duyệt. Hãy chờ kết quả rồi sửa.")
    if not policies.can_draft(actor, plan):
        raise Forbidden("Bạn không được sửa danh mục hồ sơ này.")
    if plan.is_approved and not reason.strip():
        raise Refusal("Danh mục đã phê duyệt: hãy ghi lý do sửa đổi, bổ sung.", field="reason")
    return plan


def _enter(plan: FilePlan, state: str) -> None:
    plan.state = state
    plan.save(update_fields=["state"])


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Unit | Post) else value
