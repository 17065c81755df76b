"""What a case does when the document that is its result is issued, frozen, recalled, or its draft dropped."""

from __future__ import annotations

import datetime as dt

from lienthong.cases import following, notices
from lienthong.cases.models import Case, ResultPaper
from lienthong.cases.operations import registering, writing
from lienthong.cases.operations.resulting import ISSUED, results_of
from lienthong.files.models import Attachment
from lienthong.files.operations import attach, detach
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.outgoing import hooks
from lienthong.outgoing.models import OutgoingDocument


def declare() -> None:
    """Declare who is told of documents that are results."""
    hooks.declare("result", on_told)


def on_told(told: hooks.Told) -> None:
    """Follow the document, under the lock of the case: outgoing locked its own rows before."""
    found = ResultPaper.objects.select_related("case").get(pk=told.subject.pk)
    case = writing.locked(found.case)
    row = ResultPaper.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if told.moment == "dropped":
        _dropped(case, row, told)
    elif told.moment == "issued" and told.document is not None:
        _issued(case, row, told.document, actor=told.actor, at=told.at)
    elif told.moment == "published" and told.document is not None:
        _published(case, row, told.document, at=told.at)
    elif told.document is not None and row.document_id == told.document.pk:
        _recalled(case, row, told.document, told)


def _dropped(case: Case, row: ResultPaper, told: hooks.Told) -> None:
    if row.draft_id != told.draft.pk or row.document_id:
        return
    row.draft_id = None
    row.save(update_fields=["draft_id"])
    writing.conclude(case, "result_dropped", actor=told.actor, at=told.at, name=row.name, reason=told.reason)


def _issued(case: Case, row: ResultPaper, document: OutgoingDocument, *, actor: Actor | None, at: dt.datetime) -> None:
    former = OutgoingDocument.objects.filter(pk=row.document_id).first() if row.document_id else None
    if former is not None and former.state != OutgoingDocument.State.REPLACED:
        raise Refusal(f"Hồ sơ {case.code}: {ISSUED.format(name=row.name, symbol=former.symbol)}")
    if case.is_ended and case.status != Case.Status.HANDED_OVER:
        raise Refusal(
            f"Hồ sơ {case.code} đã kết thúc ({case.get_status_display().lower()}) nên văn bản kết quả không phát hành. "
            "Hãy rút chữ ký và bỏ dự thảo."
        )
    _take_files_off(case, row, actor=actor, at=at)
    row.draft_id, row.document_id, row.standing, row.reason = document.draft_id, document.pk, "", ""
    row.symbol, row.signer, row.signed_at = document.symbol, document.signer, document.signature.signed_at
    known = results_of(case).get(row.key)
    registering.enter(case, row, known.register if known else "", actor=actor, at=at)
    row.save()
    writing.conclude(
        case, "result_issued", actor=actor, at=at, name=row.name, symbol=row.symbol, signer=row.signer,
        was=former.symbol if former else "", entry=row.entry,
    )  # fmt: skip
    if former is not None:
        notices.result_changed(case, f"{row.name} có văn bản mới {row.symbol} thay {former.symbol}", at=at)
    following.tell("result", case, actor=actor, at=at)


def _published(case: Case, row: ResultPaper, document: OutgoingDocument, *, at: dt.datetime) -> None:
    if row.document_id != document.pk or document.pdf is None:
        return
    attach(document.pdf, row.subject, label="Kết quả", actor=None, at=at, tell=False)
    if not row.is_digital and not case.is_ended:
        row.is_digital = True
        row.save(update_fields=["is_digital"])


def _recalled(case: Case, row: ResultPaper, document: OutgoingDocument, told: hooks.Told) -> None:
    """Take the number off: the result is not signed any more, and the step waits for another."""
    registering.take_out(case, row, f"Văn bản {document.symbol} đã thu hồi", actor=told.actor, at=told.at)
    _take_files_off(case, row, actor=told.actor, at=told.at)
    row.standing, row.reason = ResultPaper.Standing.RECALLED, f"{document.symbol}: {told.reason}"[:500]
    row.symbol, row.signer, row.signed_at, row.draft_id, row.document_id = "", "", None, None, None
    row.save()
    writing.conclude(
        case, "result_recalled", actor=told.actor, at=told.at, name=row.name, symbol=document.symbol, reason=told.reason
    )
    notices.result_changed(case, f"{row.name} {document.symbol} đã bị thu hồi", at=told.at)


def _take_files_off(case: Case, row: ResultPaper, *, actor: Actor | None, at: dt.datetime) -> None:
    """Take the files of a former document off; whether the case was digital when it was handed over stays as it was."""
    if actor is not None and row.is_digital:
        for one in Attachment.objects.of(row.subject).standing():
            detach(one, actor=actor, at=at)
    row.is_digital = row.is_digital and case.is_ended
