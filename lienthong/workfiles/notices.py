"""Whom a step on a list, a file or a hand-over concerns, and what they are told."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.clock import local_date
from lienthong.notifications.operations import clear, tell
from lienthong.organisation.models import Post
from lienthong.organisation.roles import roles
from lienthong.workfiles.models import FilePlan, HandOver, WorkFile

SUBMITTED, DECIDED, DUE = "file_plan.submitted", "file_plan.decided", "work_file.due"
OFFERED, ANSWERED = "hand_over.submitted", "hand_over.decided"
KINDS = {
    SUBMITTED: "Danh mục hồ sơ chờ phê duyệt",
    DECIDED: "Danh mục hồ sơ đã có ý kiến",
    DUE: "Hồ sơ đến hạn nộp lưu",
    OFFERED: "Hồ sơ giao nộp chờ nhận",
    ANSWERED: "Lưu trữ trả lời về hồ sơ giao nộp",
}


def posts_with(right: str, agency_id: int, at: dt.datetime) -> list[Post]:
    """Return the posts of an agency that hold a right on a day."""
    holding = [code for code, role in roles().items() if right in role.rights]
    posts = Post.objects.in_force(local_date(at)).filter(unit__agency=agency_id, role__in=holding)
    return list(posts.select_related("unit").order_by("pk"))


def ask_for_approval(plan: FilePlan, *, at: dt.datetime) -> None:
    """Tell those who may approve that a list waits."""
    approvers = posts_with("workfiles.approve", plan.agency_id, at)
    tell(approvers, about=plan.subject, text=f"Chờ phê duyệt: {plan}", at=at, kind=SUBMITTED)


def approval_decided(plan: FilePlan, reason: str = "", *, at: dt.datetime) -> None:
    """Tell who drafted a list what became of it."""
    clear(plan.subject, [SUBMITTED], at=at)
    text = f"{plan}: trả lại, {reason}" if reason else f"{plan} đã được phê duyệt"
    tell([plan.author_id], about=plan.subject, text=text, at=at, kind=DECIDED)


def due(file: WorkFile, *, at: dt.datetime) -> None:
    """Tell who keeps a file that it is to go to the archive."""
    text = f"Hồ sơ {file.code} đến hạn nộp lưu ngày {file.hand_over_due:%d/%m/%Y}: {file.title}"
    tell([file.post_id], about=file.subject, text=text, at=at, kind=DUE)


def offered(hand_over: HandOver, archivists: list[Post], count: int, *, at: dt.datetime) -> None:
    """Tell the archivists that files wait for them."""
    text = f"{hand_over.unit.short_name} giao nộp {count} hồ sơ, chờ kiểm tra và nhận"
    tell(archivists, about=hand_over.subject, text=text, at=at, kind=OFFERED)


def answered(hand_over: HandOver, accepted: int, returned: int, *, at: dt.datetime) -> None:
    """Tell who gave files what the archive said."""
    clear(hand_over.subject, [OFFERED], at=at)
    text = f"Lưu trữ nhận {accepted} hồ sơ" + (f", trả lại {returned} hồ sơ" if returned else "")
    tell([hand_over.giver_id], about=hand_over.subject, text=text, at=at, kind=ANSWERED)
