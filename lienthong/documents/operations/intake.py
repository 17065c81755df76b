"""At the counter: a dropped file is read, its metadata proposed, the clerk confirms."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from lienthong.documents.deliveries import tell_refused
from lienthong.documents.extraction import extract, secrecy_mark
from lienthong.documents.models import Intake
from lienthong.documents.proposals import as_stored
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach, destroy, read_text
from lienthong.files.text import reading_of, text_of
from lienthong.journal.operations import record
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor


@transaction.atomic
def take_in(file: StoredFile, *, actor: Actor, at: dt.datetime) -> Intake:
    """Put a received file among those that wait to be registered; it is read next (``read``)."""
    if not actor.can("incoming.register"):
        raise Forbidden("Chỉ văn thư được tiếp nhận văn bản đến.")
    agency = actor.post.unit.agency
    if agency is None:
        raise Refusal("Đơn vị của bạn không có sổ văn bản.")
    intake = Intake.objects.create(agency=agency, file=file, created_by=actor.post, created_at=at)
    attach(file, intake.subject, actor=actor, at=at, tell=False)
    jobs.configure_task("lienthong.documents.jobs.read_intake", queue="files").defer(intake_id=intake.pk)
    return intake


def read_at_once(intake: Intake, *, at: dt.datetime) -> Intake:
    """Read a small file while the clerk waits (seconds at most); what is larger or scanned is left to the worker."""
    if intake.file is None:
        return intake
    read_text(intake.file, at=at)
    reading = reading_of(intake.file)
    return read(intake, reading.text) if reading and reading.is_settled else intake


@transaction.atomic
def read(intake: Intake, text: str) -> Intake:
    """Propose metadata from the text of the file; where a secrecy mark stands, keep the mark and nothing of it."""
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if intake.state != Intake.State.READING:
        return intake
    intake.secrecy_mark = secrecy_mark(text) or ""
    intake.proposals = {} if intake.secrecy_mark else as_stored(extract(text, filename=intake.name))
    intake.state = Intake.State.READY
    intake.save(update_fields=["state", "secrecy_mark", "proposals"])
    return intake


@transaction.atomic
def discard(intake: Intake, *, reason: str, actor: Actor, at: dt.datetime) -> None:
    """Take a file from the counter without registering it (a double, a wrong file). Refuses without a reason.

    A file that bears a secrecy mark is destroyed, and its name is not written down.
    """
    intake = _locked(intake, actor)
    if not reason.strip():
        raise Refusal("Hãy ghi lý do bỏ tệp này.", field="reason")
    intake.state = Intake.State.DISCARDED
    intake.save(update_fields=["state"])
    event = {"file": "" if intake.secrecy_mark else intake.name, "reason": reason.strip()}
    if intake.secrecy_mark and intake.file:
        destroy(intake.file)
    record(intake.subject, "intake.discarded", actor=actor, at=at, particulars=event)
    tell_refused(intake.sender, reason.strip(), at)


@transaction.atomic
def clear_secrecy_mark(intake: Intake, *, reason: str, actor: Actor, at: dt.datetime) -> Intake:
    """Say that what looked like a secrecy mark is none, and read the text after all; the journal keeps who said so."""
    intake = _locked(intake, actor)
    if not reason.strip():
        raise Refusal("Hãy ghi vì sao đây không phải dấu độ mật.", field="reason")
    event = {"mark": intake.secrecy_mark, "reason": reason.strip()}
    text = text_of(intake.file) if intake.file else ""
    intake.secrecy_mark = ""
    intake.proposals = as_stored(extract(text, filename=intake.name))
    intake.save(update_fields=["secrecy_mark", "proposals"])
    record(intake.subject, "intake.mark_cleared", actor=actor, at=at, particulars=event)
    return intake


def _locked(intake: Intake, actor: Actor) -> Intake:
    waiting = Intake.objects.visible_to(actor).waiting().select_for_update(of=("self",)).select_related("file")
    found = waiting.filter(pk=intake.pk).first()
    if found is None:
        raise Refusal("Tệp này đã được vào sổ hoặc đã bỏ. Hãy tải lại trang.")
    return found
