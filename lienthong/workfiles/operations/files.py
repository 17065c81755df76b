"""Opening a work file, saying what it is, and passing it on (NĐ 30/2020 Điều 29)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.rules import required, short_enough
from lienthong.workfiles import policies
from lienthong.workfiles.codes import code_of
from lienthong.workfiles.models import Heading, PlannedFile, WorkFile, WorkFileReader
from lienthong.workfiles.operations.plans import UNSAID, Retention, is_taken, next_number
from lienthong.workfiles.operations.readers import index_file, locked, open_to


@transaction.atomic
def open_planned(
    planned: PlannedFile, *, post: Post | None = None, started_on: dt.date | None = None, actor: Actor, at: dt.datetime
) -> WorkFile:
    """Open a file that the approved list foresees, under its code and title; for its keeper, else for the actor.

    Refuses a list that is not approved, and a file that was opened before.
    """
    heading = _heading(planned.heading, actor)
    planned = PlannedFile.objects.select_related("heading", "post__unit").get(pk=planned.pk)
    earlier = WorkFile.objects.filter(planned=planned).select_related("post__officer").first()
    if earlier is not None:
        raise Refusal(f"Hồ sơ {earlier.code} đã được {earlier.post.officer} mở. Hãy tìm trong Hồ sơ công việc.")
    keeper = post or _standing(planned.post, at) or actor.post
    return _open(
        heading,
        planned=planned,
        number=planned.number,
        title=planned.title,
        keeper=keeper,
        started_on=started_on,
        reason="",
        kept={
            "is_permanent": planned.is_permanent,
            "retention_years": planned.retention_years,
            "retention_rule": planned.retention_rule,
        },
        actor=actor,
        at=at,
    )


@transaction.atomic
def open_unplanned(
    heading: Heading,
    *,
    title: str,
    reason: str,
    retention: Retention = UNSAID,
    post: Post | None = None,
    started_on: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
) -> WorkFile:
    """Open a file that the list does not foresee, under the next number of a heading. Refuses without a reason."""
    heading = _heading(heading, actor)
    reason = required(reason, what="lý do lập ngoài danh mục", field="reason", longest=500)
    return _open(
        heading,
        planned=None,
        number=next_number(heading),
        title=required(title, what="tiêu đề hồ sơ", field="title", longest=500),
        keeper=post or actor.post,
        started_on=started_on,
        reason=reason,
        kept=retention.columns(local_date(at)),
        actor=actor,
        at=at,
    )


def _heading(heading: Heading, actor: Actor) -> Heading:
    heading = Heading.objects.select_for_update(of=("self",)).select_related("plan__agency").get(pk=heading.pk)
    plan = heading.plan
    if not policies.can_open(actor) or not actor.keeps_for(plan.agency_id):
        raise Forbidden("Chỉ mở được hồ sơ theo danh mục của cơ quan mình.")
    if not plan.is_approved:
        raise Refusal(f"{plan} chưa được phê duyệt nên chưa mở hồ sơ được.")
    return heading


def _standing(post: Post | None, at: dt.datetime) -> Post | None:
    if post is None or (post.valid_to is not None and post.valid_to <= local_date(at)):
        return None
    return post


def _open(
    heading: Heading,
    *,
    planned: PlannedFile | None,
    number: int,
    title: str,
    keeper: Post,
    started_on: dt.date | None,
    reason: str,
    kept: dict[str, object],
    actor: Actor,
    at: dt.datetime,
) -> WorkFile:
    started_on = started_on or local_date(at)
    if started_on > local_date(at):
        raise Refusal("Ngày bắt đầu không thể ở sau hôm nay.", field="started_on")
    if not actor.keeps_for(keeper.unit.agency_id):
        raise Refusal("Người lập hồ sơ phải thuộc cơ quan này.", field="post")
    if planned is None and is_taken(heading, number):
        raise Refusal("Số này vừa có người dùng. Hãy thử lại.")
    plan = heading.plan
    file = WorkFile.objects.create(
        agency=plan.agency,
        unit=keeper.unit,
        post=keeper,
        heading=heading,
        planned=planned,
        year=plan.year,
        number=number,
        code=code_of(number, heading.abbreviation),
        title=title,
        unplanned_reason=reason,
        started_on=started_on,
        opened_at=at,
        opened_by=actor.post,
        **kept,
    )
    audiences = sorted({keeper.audience, keeper.unit.audience, plan.agency.audience, actor.audience})
    WorkFileReader.objects.bulk_create(
        WorkFileReader(file=file, audience=audience, year=file.year, state=file.state) for audience in audiences
    )
    index_file(file, audiences, at=at)
    event = {"code": file.code, "title": file.title, "keeper": str(keeper), "reason": reason}
    record(file.subject, "work_file.opened", actor=actor, at=at, particulars=event, is_new=True)
    return file


@transaction.atomic
def amend_file(
    file: WorkFile,
    *,
    title: str,
    retention: Retention = UNSAID,
    access: str = WorkFile.Access.NORMAL,
    language: str = "Tiếng Việt",
    description: str = "",
    is_construction: bool = False,
    started_on: dt.date,
    ended_on: dt.date | None = None,
    settled_on: dt.date | None = None,
    actor: Actor,
    at: dt.datetime,
) -> WorkFile:
    """Change what is said of an open file; a changed retention is checked with that. Refuses impossible days."""
    file = locked(file)
    require_keeper(actor, file)
    today = local_date(at)
    if started_on > today or (ended_on and ended_on > today):
        raise Refusal("Ngày bắt đầu, kết thúc không thể ở sau hôm nay.", field="ended_on")
    if ended_on and ended_on < started_on:
        raise Refusal("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="ended_on")
    columns: dict[str, object] = {
        "title": required(title, what="tiêu đề hồ sơ", field="title", longest=500),
        "access": access,
        "language": required(language, what="ngôn ngữ", field="language", longest=50),
        "description": short_enough(description, what="chú giải", field="description", longest=500),
        "is_construction": is_construction,
        "started_on": started_on,
        "ended_on": ended_on,
        "settled_on": settled_on,
        **retention.columns(today),
    }
    changes = {
        name: [_plain(getattr(file, name)), _plain(value)]
        for name, value in columns.items()
        if getattr(file, name) != value
    }
    if not changes:
        raise Refusal("Chưa có thông tin nào thay đổi.")
    if changes.keys() & {"is_permanent", "retention_years", "retention_rule"}:
        columns["retention_checked_at"] = at if retention != UNSAID else None
    for name, value in columns.items():
        setattr(file, name, value)
    file.save(update_fields=list(columns))
    index_file(file, file.readers.values_list("audience", flat=True), at=at)
    record(file.subject, "work_file.amended", actor=actor, at=at, particulars={"changes": changes})
    return file


@transaction.atomic
def pass_file(file: WorkFile, to: Post, *, reason: str, actor: Actor, at: dt.datetime) -> WorkFile:
    """Give a file that is not yet in the archive to another keeper of the agency. Refuses without a reason."""
    file = locked(file)
    if not policies.keeps(actor, file) or file.state == WorkFile.State.HANDED_OVER:
        raise Forbidden("Bạn không được chuyển giao hồ sơ này.")
    reason = required(reason, what="lý do chuyển giao", field="reason", longest=500)
    if not actor.keeps_for(to.unit.agency_id) or to.pk == file.post_id:
        raise Refusal("Hãy chọn người khác trong cơ quan.", field="to")
    event = {"from": str(file.post), "to": str(to), "reason": reason}
    file.post, file.unit = to, to.unit
    file.save(update_fields=["post", "unit"])
    open_to(file, [to.audience, to.unit.audience])
    record(file.subject, "work_file.passed", actor=actor, at=at, particulars=event)
    return file


@transaction.atomic
def share_file(file: WorkFile, with_whom: Unit | Post, *, actor: Actor, at: dt.datetime) -> None:
    """Let a further unit or post read a file; what they may not see in it stays hidden from them."""
    file = locked(file)
    if not policies.keeps(actor, file) or file.state == WorkFile.State.HANDED_OVER:
        raise Forbidden("Chỉ người lập hồ sơ cho người khác xem được.")
    if file.readers.filter(audience=with_whom.audience).exists():
        raise Refusal(f"{with_whom} đã xem được hồ sơ này.", field="with_whom")
    open_to(file, [with_whom.audience])
    record(file.subject, "work_file.shared", actor=actor, at=at, particulars={"with": str(with_whom)})


def require_keeper(actor: Actor, file: WorkFile) -> None:
    """Refuse whoever does not look after an open file."""
    if policies.keeps(actor, file) and not file.is_open:
        raise Refusal(f"Hồ sơ {file.code} đã kết thúc. Hãy mở lại hồ sơ trước khi thay đổi.")
    if not policies.can_keep(actor, file):
        raise Forbidden("Chỉ người lập hồ sơ, trưởng đơn vị hoặc lưu trữ thay đổi được hồ sơ này.")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
