"""A draft begins, is saved while somebody types, moves to a newer version, is thrown away, lapses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from lienthong.cases.models import Case
from lienthong.fields.form import Form
from lienthong.fields.kind import Context
from lienthong.files.models import StoredFile
from lienthong.files.operations.destroying import forget
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.operations import recall
from lienthong.online.desks import require_some_desk
from lienthong.online.keeping import keeping_on
from lienthong.online.models import Citizen, Filling, FillingFile
from lienthong.online.queries.fillings import known_who, newer_than
from lienthong.online.standing import ONLINE, Standing
from lienthong.procedures.models import ProcedureVersion

ELSEWHERE = "Bản này vừa được sửa ở cửa sổ hoặc máy khác. Hãy mở lại bản mới, hoặc bấm Lưu để giữ nội dung ở đây."
DONE = "Hồ sơ này đã nộp. Xem trong Hồ sơ của tôi."
CHANGED = "Thủ tục đã có quy định mới từ khi bạn bắt đầu soạn. Hãy xem thay đổi rồi tiếp tục."
MOST_AT_ONCE = 500


class Elsewhere(Refusal):
    """Another window wrote this draft meanwhile."""


class Changed(Refusal):
    """The version that a draft was filled in against holds no more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a window sends: the form, who hands in; which window it is and what revision it was opened with."""

    values: Mapping[str, Any] = field(default_factory=dict)
    who: Mapping[str, Any] = field(default_factory=dict)
    acting: str = Filling.Acting.SELF
    writer: str = ""
    seen: int = 0


@transaction.atomic
def begin(
    citizen: Citizen,
    version: ProcedureVersion,
    *,
    with_who: bool = False,
    like: Case | None = None,
    at: dt.datetime,
) -> Filling:
    """Begin a draft; ``with_who`` and ``like`` take over what the account said before, because it asked for that.

    Refuses a procedure that is not taken online on that day or by no desk at all, and one draft too many.
    """
    on = local_date(at)
    if version.state != "published" or not version.holds(on) or version.definition.online not in ONLINE:
        raise Refusal("Thủ tục này hiện chưa nhận hồ sơ trực tuyến. Hãy nộp tại Bộ phận Một cửa.")
    require_some_desk(version.definition, on)
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    most = keeping_on(on).drafts
    if Filling.objects.visible_to(citizen).open().count() >= most:
        raise Refusal(f"Tài khoản đã có {most} bản đang soạn. Hãy nộp hoặc bỏ bớt rồi bắt đầu bản mới.")
    filling = Filling(citizen=citizen, version=version, phone=citizen.phone, email=citizen.email, started_at=at)
    filling.saved_at = at
    if "citizen" not in version.definition.subjects:
        filling.acting = Filling.Acting.ENTERPRISE
    if with_who:
        filling.who = {"a" if filling.acting == Filling.Acting.SELF else "m": known_who(citizen)}
    if like is not None:
        filling.values = fitting(version.definition.form, like.values, Standing(filling, at).context)[0]
    filling.save(force_insert=True)
    return filling


def fitting(form: Form, values: Mapping[str, Any], context: Context) -> tuple[dict[str, Any], list[str]]:
    """Return what of some values a form takes without fault, and the keys of what it does not."""
    checked = form.check(values, context=context, whole=False)
    wrong = {path.partition(".")[0] for path in checked.problems}
    keys = set(form.keys())
    kept = {key: value for key, value in checked.values.items() if key in keys and key not in wrong}
    return kept, [key for key in values if key not in kept and values[key] not in ("", None, [], {}, False)]


@transaction.atomic
def keep(filling: Filling, said: Said, *, at: dt.datetime) -> Filling:
    """Keep what was typed so far; nothing is required. Refuses what was handed in, and what another window overtook."""
    row = locked(filling)
    if row.writer not in ("", said.writer) and row.revision != said.seen:
        raise Elsewhere(ELSEWHERE)
    row.acting = said.acting if said.acting in Filling.Acting.values else row.acting
    row.who = {**row.who, **said.who}
    row.values = row.version.definition.form.check(
        said.values, context=Standing(row, at).context, whole=False
    ).values  # fmt: skip
    untell(row)
    row.writer, row.revision, row.saved_at = said.writer[:36], row.revision + 1, at
    row.save(update_fields=["acting", "who", "values", "writer", "revision", "saved_at"])
    return row


@transaction.atomic
def save_contact(filling: Filling, *, desk: str = "", at: dt.datetime, **said: str) -> Filling:
    """Keep how the applicant is reached, gets the result, and which desk takes it in.

    ``desk`` is the key of a unit; empty: that of who decides. Refuses a desk that may not take it in on that day
    (NĐ 118/2025; ``data/reception.toml``).
    """
    row = locked(filling)
    if desk:
        allowed = {str(one.pk): one for one in Standing(row, at).choice().desks}
        if desk not in allowed:
            raise Refusal("Nơi này không nhận được hồ sơ. Hãy chọn lại nơi nhận trong danh sách.", field="desk")
        row.desk = allowed[desk]
    row.phone, row.email = said["phone"], said["email"]
    row.return_way, row.return_address, row.saved_at = said["return_way"], said["return_address"], at
    row.save(update_fields=["phone", "email", "return_way", "return_address", "desk", "saved_at"])
    return row


@transaction.atomic
def carry_over(filling: Filling, *, at: dt.datetime) -> Filling:
    """Move a draft to the version that holds today; what it has no place for stays in ``left``, to be copied.

    Refuses where nothing changed, or where the procedure is not taken online any more.
    """
    row = locked(filling)
    is_old, current = newer_than(row, local_date(at))
    if not is_old:
        raise Refusal("Bản soạn đã theo quy định đang áp dụng.")
    if current is None:
        raise Refusal(
            "Thủ tục này hiện không nhận hồ sơ trực tuyến. Hãy chép lại nội dung rồi nộp tại Bộ phận Một cửa."
        )
    before = Standing(row, at)
    kept, lost = fitting(current.definition.form, row.values, before.context)
    told = [one for one in before.said if one.path.partition(".")[0] in lost and one.text]
    row.left = [*row.left, *({"label": one.label, "text": one.text} for one in told)]
    row.version, row.values, row.saved_at = current, kept, at
    row.revision += 1
    row.save(update_fields=["left", "version", "values", "saved_at", "revision"])
    return row


@transaction.atomic
def throw_away(filling: Filling) -> None:
    """Throw a draft away with the files that were sent for it alone. Refuses one that was handed in."""
    row = locked(filling)
    untell(row)
    files = list(StoredFile.objects.filter(pk__in=row.files.values("file")))
    row.delete()
    for file in files:
        drop(file)


def untell(row: Filling) -> None:
    """Take back the letter that a draft lapses, where it has not left yet (no query where none was written)."""
    if row.reminded_at is not None and row.reminded_at >= row.saved_at:
        recall(Subject("filling", row.pk), f"filling-{row.pk}-lapse-")


def drop(file: StoredFile) -> None:
    """Let go of a file of a draft unless another draft or a record has it."""
    if not FillingFile.objects.filter(file=file).exists():
        forget(file)


def lapse_all(*, at: dt.datetime) -> int:
    """Throw away the drafts that nobody saved for as long as the rule of the day says; returns how many."""
    before = at - dt.timedelta(days=keeping_on(local_date(at)).days)
    old = list(Filling.objects.open().filter(saved_at__lt=before).order_by("saved_at")[:MOST_AT_ONCE])
    for filling in old:
        throw_away(filling)
    return len(old)


def locked(filling: Filling) -> Filling:
    """Return a draft held until the transaction ends. Refuses one that was handed in, or is no more."""
    rows = Filling.objects.select_for_update(of=("self",)).select_related(
        "version__procedure__sector", "citizen__user"
    )  # fmt: skip
    row = rows.filter(pk=filling.pk).first()
    if row is None:
        raise Refusal("Bản soạn này không còn. Hãy bắt đầu bản mới.")
    if row.case_id is not None:
        raise Refusal(DONE)
    return row
