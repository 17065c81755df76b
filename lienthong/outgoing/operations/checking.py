"""Setting and checking a long draft outside of the request, and holding its signature until that is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from lienthong.formatting.setting import page_count, set_pages
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.outgoing.models import Draft, DraftVersion, LongCheck
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.queries.checks import is_long, key_of
from lienthong.outgoing.queries.record import findings_of

State = LongCheck.State
SILENT = dt.timedelta(minutes=2)
"""A job that gave no sign of life for so long was killed, or failed; another begins."""


@transaction.atomic
def ask_for_check(draft: Draft, *, at: dt.datetime) -> LongCheck | None:
    """Have the newest version of a long draft set and checked by a job; asking again while it goes on changes nothing.

    Returns None for a draft that is short enough to be checked while a page waits.
    """
    draft = Draft.objects.select_for_update(of=("self",)).select_related("agency", "document_type").get(pk=draft.pk)
    version = draft.versions.get(number=draft.version)
    if not is_long(version):
        return None
    on = local_date(at)
    key = key_of(draft, pages_of_draft(draft, version, on=on), on=on)
    row = LongCheck.objects.filter(draft=draft).defer("pdf").first()
    if row is not None and row.key == key and (row.state == State.DONE or _is_fresh(row, at)):
        return row
    row, _ = LongCheck.objects.update_or_create(
        draft=draft,
        defaults={
            "key": key, "state": State.WAITING, "pages": 0, "findings": [], "pdf": None, "asked_at": at, "seen_at": at
        },
    )  # fmt: skip
    jobs.configure_task("lienthong.outgoing.jobs.check", queue="files").defer(check_id=row.pk, key=key)
    return row


def _is_fresh(row: LongCheck, at: dt.datetime) -> bool:
    return at - row.seen_at < SILENT


def produce_check(row: LongCheck, *, key: str, clock: Callable[[], dt.datetime]) -> None:
    """Set and check the paper that was asked for; what another paper has taken the place of is left."""
    draft = row.draft
    on = local_date(row.asked_at)
    official = pages_of_draft(draft, on=on)
    if key_of(draft, official, on=on) != key or not _enter(row, key, State.SETTING, at=clock()):
        return
    try:
        pdf = set_pages(official, created=draft.begun_at)
        if not _enter(row, key, State.CHECKING, at=clock()):
            return
        findings = findings_of(official, on=on, type_code=draft.document_type.code)
    except Exception:
        _enter(row, key, State.FAILED, at=clock())
        raise
    made = {"pages": page_count(pdf), "findings": [asdict(one) for one in findings], "pdf": pdf}
    LongCheck.objects.filter(pk=row.pk, key=key).update(state=State.DONE, seen_at=clock(), **made)


def _enter(row: LongCheck, key: str, state: str, *, at: dt.datetime) -> bool:
    return bool(LongCheck.objects.filter(pk=row.pk, key=key).exclude(state=State.DONE).update(state=state, seen_at=at))


def refuse_unchecked(draft: Draft, version: DraftVersion, *, at: dt.datetime) -> None:
    """Refuse to sign a long version that was not checked as it is today; a short one is checked on its page."""
    if not is_long(version):
        return
    on = local_date(at)
    key = key_of(draft, pages_of_draft(draft, version, on=on), on=on)
    if not LongCheck.objects.filter(draft=draft, key=key, state=State.DONE).exists():
        raise Refusal(
            "Dự thảo dài nên hệ thống đang dàn trang và kiểm tra thể thức đúng phiên bản này. "
            "Hãy mở trang dự thảo, chờ kiểm tra xong rồi ký."
        )
