"""Writing: a draft is begun, worded, given recipients, given up."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.journal.operations import record
from lienthong.kernel.clock import local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject, is_visible
from lienthong.organisation.actor import Actor
from lienthong.outgoing import hooks, policies
from lienthong.outgoing.models import Draft, DraftReader, DraftSource, DraftVersion, OutgoingDocument, ReviewStep
from lienthong.outgoing.models.book import Scope
from lienthong.outgoing.operations.readers import enter, index_draft, locked
from lienthong.outgoing.wording import Wording, appendices_of, checked
from lienthong.tasks.models import Task

NOT_YOURS = "Chỉ người soạn thảo và đồng nghiệp cùng đơn vị sửa được, khi dự thảo chưa trình ký."
State = Draft.State
GONE = (OutgoingDocument.State.REPLACED, OutgoingDocument.State.RECALLED)


@dataclass(frozen=True, slots=True)
class Source:
    """What a draft is for: a relation (``DraftSource.Relation``) to a subject."""

    relation: str
    subject: Subject


@transaction.atomic
def begin(
    document_type: DocumentType,
    wording: Wording,
    *,
    scope: str = Scope.OUTGOING,
    urgency: str = IncomingDocument.Urgency.NORMAL,
    circulation: str = "",
    sources: Sequence[Source] = (),
    file: StoredFile | None = None,
    losses: Sequence[str] = (),
    request_key: uuid.UUID | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Draft:
    """Begin a draft of the actor's agency. The same ``request_key`` again returns the draft of the first time.

    Refuses who writes for no agency, sources that the actor may not see, a task that is not theirs, and what
    ``wording.checked`` refuses.
    """
    agency = actor.post.unit.agency
    if agency is None or not policies.can_begin(actor):
        raise Forbidden("Chức vụ hiện tại không soạn thảo văn bản. Hãy chọn chức vụ khác.")
    request_key = request_key or uuid.uuid4()
    done = Draft.objects.filter(request_key=request_key).first()
    if done:
        return done
    wording = checked(wording)
    due_at = _checked_sources(sources, actor)
    draft = Draft.objects.create(
        agency=agency,
        unit=actor.post.unit,
        author=actor.post,
        holder=actor.post,
        scope=scope,
        document_type=document_type,
        abstract=wording.abstract,
        urgency=urgency,
        circulation=circulation,
        due_at=due_at,
        begun_at=at,
        request_key=request_key,
    )
    _write(draft, wording, number=1, file=file, losses=losses, actor=actor, at=at)
    DraftSource.objects.bulk_create(
        DraftSource(draft=draft, relation=one.relation, subject_kind=one.subject.kind, subject_id=one.subject.pk)
        for one in dict.fromkeys(sources)
    )
    audiences = sorted({actor.audience, actor.post.audience, actor.post.unit.audience})
    DraftReader.objects.bulk_create(
        DraftReader(draft=draft, audience=audience, state=draft.state) for audience in audiences
    )
    if file:
        attach(file, draft.subject, label="Dự thảo", actor=actor, at=at, tell=False)
    index_draft(draft, audiences, body=wording.body, at=at)
    event = {"type": document_type.name, "abstract": draft.abstract}
    record(draft.subject, "draft.begun", actor=actor, at=at, particulars=event, is_new=True)
    for one in sources:
        if one.relation == DraftSource.Relation.ANSWERS:
            record(one.subject, "answer.begun", actor=actor, at=at, particulars={"draft": draft.pk} | event)
    return draft


@transaction.atomic
def save(
    draft: Draft,
    wording: Wording,
    *,
    number: int,
    revision: int,
    file: StoredFile | None = None,
    losses: Sequence[str] = (),
    note: str = "",
    apart: bool = False,
    actor: Actor,
    at: dt.datetime,
) -> DraftVersion:
    """Save a wording over the one that the actor had before them (``number``, ``revision``).

    While the same author goes on, the open version is written over; another author's wording becomes a version of its
    own; ``apart`` makes it one anyway, to go back from. Refuses who may not write now, and a wording that somebody
    changed meanwhile: then nothing is written over.
    """
    draft = locked(draft)
    if not policies.can_write(actor, draft, reviews=is_reviewer(draft, actor)):
        raise Forbidden(NOT_YOURS)
    wording = checked(wording)
    last = draft.versions.select_for_update().get(number=draft.version)
    if (last.number, last.revision) != (number, revision):
        raise Refusal(
            f"Dự thảo đã được {last.post.officer} lưu lúc {local(last.saved_at):%H:%M %d/%m/%Y}. "
            "Bản của bạn chưa lưu: hãy xem khác biệt rồi lưu lại.",
            field="body",
        )
    if last.closed_at is None and last.post_id == actor.post.pk and not file and not apart:
        _overwrite(last, wording, note=note, at=at)
        version = last
    else:
        if last.closed_at is None:
            last.closed_at = at
            last.save(update_fields=["closed_at"])
        version = _write(
            draft, wording, number=last.number + 1, file=file, losses=losses, note=note, actor=actor, at=at
        )
        if file:
            attach(file, draft.subject, label=f"Phiên bản {version.number}", actor=actor, at=at, tell=False)
        event = {"number": version.number, "note": version.note, "file": file.name if file else ""}
        record(draft.subject, "draft.worded", actor=actor, at=at, particulars=event)
    draft.abstract, draft.version = wording.abstract, version.number
    draft.save(update_fields=["abstract", "version"])
    index_draft(draft, draft.readers.values_list("audience", flat=True), body=wording.body, at=at)
    return version


@transaction.atomic
def restore(draft: Draft, version: DraftVersion, *, actor: Actor, at: dt.datetime) -> DraftVersion:
    """Make an earlier wording the newest again, as a version of its own; nothing in between is lost."""
    draft = locked(draft)
    last = draft.versions.get(number=draft.version)
    old = draft.versions.get(pk=version.pk)
    if last.closed_at is None:
        last.closed_at = at
        last.save(update_fields=["closed_at"])
    wording = Wording(
        abstract=old.abstract,
        addressees=tuple(old.addressees),
        body=old.body,
        appendices=appendices_of(old.appendices),
    )
    note = f"Lấy lại phiên bản {old.number}"
    return save(draft, wording, number=last.number, revision=last.revision, note=note, actor=actor, at=at)


@transaction.atomic
def drop(draft: Draft, *, reason: str, actor: Actor, at: dt.datetime) -> Draft:
    """Give a draft up; it may be taken up again. Refuses without a reason, and once it is signed."""
    draft = locked(draft)
    if not policies.can_drop(actor, draft):
        raise Forbidden("Chỉ người soạn thảo bỏ được dự thảo, khi chưa ký.")
    if not reason.strip():
        raise Refusal("Hãy ghi lý do bỏ dự thảo.", field="reason")
    draft.steps.filter(state__in=(ReviewStep.State.WAITING, ReviewStep.State.CURRENT)).update(
        state=ReviewStep.State.DROPPED
    )
    enter(draft, State.DROPPED, holder=None)
    hooks.tell(draft, "dropped", actor=actor, at=at, reason=reason.strip())
    record(draft.subject, "draft.dropped", actor=actor, at=at, particulars={"reason": reason.strip()})
    return draft


@transaction.atomic
def take_up_again(draft: Draft, *, actor: Actor, at: dt.datetime) -> Draft:
    """Go on with a draft that was given up."""
    draft = locked(draft)
    if not policies.can_take_up_again(actor, draft):
        raise Forbidden("Chỉ người soạn thảo mở lại được dự thảo đã bỏ.")
    enter(draft, State.WRITING, holder=draft.author_id)
    record(draft.subject, "draft.taken_up_again", actor=actor, at=at)
    return draft


def close_version(draft: Draft, *, at: dt.datetime) -> DraftVersion:
    """Close the newest version of a locked draft, because it leaves its author's hands; return it."""
    version = draft.versions.get(number=draft.version)
    if version.closed_at is None:
        version.closed_at = at
        version.save(update_fields=["closed_at"])
    return version


def copy_version(draft: Draft, *, note: str, actor: Actor, at: dt.datetime) -> DraftVersion:
    """Close the newest version of a locked draft and carry its wording into one of its own; the caller saves the draft.

    For what changes the paper but not its wording.
    """
    last = close_version(draft, at=at)
    wording = Wording(
        abstract=last.abstract,
        addressees=tuple(last.addressees),
        body=last.body,
        appendices=appendices_of(last.appendices),
    )
    draft.version = last.number + 1
    return _write(draft, wording, number=draft.version, file=None, note=note, actor=actor, at=at)


def is_reviewer(draft: Draft, actor: Actor) -> bool:
    """Tell whether a step of the draft waits for the actor's post now."""
    return draft.steps.filter(post__in=actor.posts, state=ReviewStep.State.CURRENT).exists()


def _write(
    draft: Draft,
    wording: Wording,
    *,
    number: int,
    file: StoredFile | None,
    losses: Sequence[str] = (),
    note: str = "",
    actor: Actor,
    at: dt.datetime,
) -> DraftVersion:
    return DraftVersion.objects.create(
        draft=draft,
        number=number,
        post=actor.post,
        abstract=wording.abstract,
        addressees=list(wording.addressees),
        body=wording.body,
        appendices=wording.appendices_json(),
        file=file,
        losses=list(losses),
        note=note.strip()[:300],
        begun_at=at,
        saved_at=at,
    )


def _overwrite(version: DraftVersion, wording: Wording, *, note: str, at: dt.datetime) -> None:
    version.abstract, version.addressees = wording.abstract, list(wording.addressees)
    version.body, version.appendices = wording.body, wording.appendices_json()
    version.note = note.strip()[:300] or version.note
    version.revision += 1
    version.saved_at = at
    version.save(update_fields=["abstract", "addressees", "body", "appendices", "note", "revision", "saved_at"])


def _checked_sources(sources: Sequence[Source], actor: Actor) -> dt.datetime | None:
    """Refuse what cannot be a source for this actor; return the earliest due moment of the tasks it closes."""
    for one in sources:
        if one.relation not in DraftSource.Relation.values or not is_visible(actor, one.subject):
            raise Refusal("Không tìm thấy văn bản hoặc việc mà dự thảo này giải quyết. Hãy chọn lại.", field="sources")
    changing = {one.subject.pk: one.relation for one in sources if one.relation in ("replaces", "corrects")}
    for document in OutgoingDocument.objects.filter(pk__in=changing).only("agency_id", "symbol", "state"):
        if not actor.keeps_for(document.agency_id):
            raise Refusal("Chỉ thay thế, đính chính được văn bản của cơ quan mình.", field="sources")
        if document.state in GONE:
            said = document.get_state_display().lower()
            raise Refusal(f"{document.symbol} {said}, không thay thế, đính chính được nữa.", field="sources")
    tasks = Task.objects.filter(pk__in=[one.subject.pk for one in sources if one.subject.kind == "task"])
    dues = []
    for task in tasks:
        if task.is_ended or task.doer not in actor.work_audiences:
            raise Refusal(f"Việc “{task.title}” không phải việc bạn đang làm.", field="sources")
        dues.append(task.due_at)
    return min((due for due in dues if due), default=None)
