"""The register of who may sign what in whose name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from lienthong.kernel.recording import record
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, SigningAuthority, Unit
from lienthong.organisation.policies import require_administrator
from lienthong.organisation.rules import clean, day, ordered, short_enough, within
from lienthong.organisation.signing import COLLECTIVE_KINDS, block_lines, is_deputy

Form = SigningAuthority.Form


@transaction.atomic
def grant_signing_authority(
    post: Post,
    *,
    unit: Unit,
    form: str,
    scope: str = "",
    source: str = "",
    block: Sequence[str] = (),
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    actor: Actor | None,
    at: dt.datetime,
) -> SigningAuthority:
    """Enter that a post may sign for a unit in a form; without a block, the lines of the decree are taken.

    Refuses KT. for who is no deputy, TM. for a unit that decides not as a body, TL. and TUQ. without scope and paper,
    TUQ. without an end or passed on, and the same authority twice in one time (NĐ 30/2020/NĐ-CP, Điều 13).
    """
    require_administrator(actor)
    ordered(valid_from, valid_to)
    scope = short_enough(scope, what="phạm vi", field="scope", longest=300)
    source = short_enough(source, what="văn bản căn cứ", field="source", longest=200)
    post = Post.objects.select_for_update(of=("self",)).select_related("unit", "officer").get(pk=post.pk)
    lines = [clean(line) for line in block if clean(line)] or (
        block_lines(form, unit_kind=unit.kind, title=post.title, own_unit_kind=post.unit.kind)
        if form in Form.values
        else []
    )
    _require_lawful(post, unit, form, scope=scope, source=source, lines=lines, valid_to=valid_to)
    within(valid_from, valid_to, post.valid_from, post.valid_to, what=f"Chức vụ {post.title}")
    within(valid_from, valid_to, unit.valid_from, unit.valid_to, what=unit.name)
    same = SigningAuthority.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=valid_from), post=post, unit=unit, form=form, scope=scope
    )
    for other in same if valid_to is None else same.filter(valid_from__lt=valid_to):
        if (other.valid_from, other.valid_to, other.block) == (valid_from, valid_to, lines):
            return other
        raise Refusal(
            f"Thẩm quyền này đã có từ {day(other.valid_from)}. Hãy cho thôi thẩm quyền đó trước.", field="valid_from"
        )
    authority = SigningAuthority.objects.create(
        post=post,
        unit=unit,
        form=form,
        block=lines,
        scope=scope,
        source=source,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    told = {
        "signer": post.officer.full_name,
        "title": post.title,
        "form": authority.get_form_display(),
        "scope": scope,
        "source": source,
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat() if valid_to else None,
    }
    record(Subject("unit", unit.pk), "signing_authority.granted", actor=actor, at=at, particulars=told)
    return authority


@transaction.atomic
def end_signing_authority(
    authority: SigningAuthority, *, on: dt.date, actor: Actor | None, at: dt.datetime
) -> SigningAuthority:
    """End an authority on a day, at the latest when it would end by itself; ending it again changes nothing."""
    require_administrator(actor)
    authority = (
        SigningAuthority.objects.select_for_update(of=("self",)).select_related("post__officer").get(pk=authority.pk)
    )
    if authority.valid_to == on:
        return authority
    if authority.valid_to is not None and authority.valid_to < on:
        raise Refusal(f"Thẩm quyền này đã thôi từ {day(authority.valid_to)}.", field="on")
    ordered(authority.valid_from, on)
    authority.valid_to = on
    authority.save(update_fields=["valid_to"])
    told = {
        "signer": authority.post.officer.full_name,
        "form": authority.get_form_display(),
        "scope": authority.scope,
        "on": on.isoformat(),
    }
    record(Subject("unit", authority.unit_id), "signing_authority.ended", actor=actor, at=at, particulars=told)
    return authority


def _require_lawful(
    post: Post, unit: Unit, form: str, *, scope: str, source: str, lines: Sequence[str], valid_to: dt.date | None
) -> None:
    if form not in Form.values:
        raise Refusal(f"Không có hình thức ký “{form}”. Hãy chọn trong danh sách.", field="form")
    inside = post.unit_id == unit.pk
    if form in {Form.OWN, Form.COLLECTIVE, Form.ACTING, Form.ON_BEHALF} and not inside:
        raise Refusal(
            f"{post.officer} không giữ chức vụ tại {unit}, nên chỉ có thể ký TL. hoặc TUQ. Hãy chọn lại.", field="form"
        )
    if form == Form.ON_BEHALF and not is_deputy(post.title):
        raise Refusal("Chỉ cấp phó mới ký thay (KT.). Hãy chọn hình thức khác.", field="form")
    if form in {Form.OWN, Form.COLLECTIVE, Form.ACTING} and is_deputy(post.title):
        raise Refusal("Cấp phó ký thay người đứng đầu thì dùng KT. Hãy chọn lại hình thức.", field="form")
    if form == Form.COLLECTIVE and unit.kind not in COLLECTIVE_KINDS:
        raise Refusal(f"{unit} không làm việc theo chế độ tập thể, nên không ký TM. Hãy chọn lại.", field="form")
    if form in {Form.BY_ORDER, Form.BY_DELEGATION}:
        _require_written(post, unit, form, scope=scope, source=source, lines=lines, valid_to=valid_to)


def _require_written(
    post: Post, unit: Unit, form: str, *, scope: str, source: str, lines: Sequence[str], valid_to: dt.date | None
) -> None:
    """Refuse an order or a delegation that the paper does not carry (Điều 13, khoản 3 and 4)."""
    if not scope:
        raise Refusal("Hãy ghi loại văn bản, nội dung được ký.", field="scope")
    if not source:
        raise Refusal("Hãy ghi quy chế hoặc văn bản giao ký.", field="source")
    if form == Form.BY_ORDER and is_deputy(post.title) and post.unit_id == unit.pk:
        raise Refusal("Cấp phó của người đứng đầu ký KT., không ký TL. Hãy chọn lại.", field="form")
    if form == Form.BY_DELEGATION and valid_to is None:
        raise Refusal("Ủy quyền ký (TUQ.) phải có ngày thôi. Hãy ghi thời hạn.", field="valid_to")
    if form == Form.BY_DELEGATION and sum(line.upper().startswith(("TUQ", "KT.")) for line in lines) > 1:
        raise Refusal("Người được ủy quyền không được ủy quyền lại hoặc để cấp phó ký thay.", field="block")
