"""Making, editing, publishing, copying and retiring templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from lienthong.catalogue.models import DocumentType
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.formatting.blocks import clean as clean_text
from lienthong.journal.operations import record
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.rules import required, short_enough
from lienthong.stationery import papers, queries, word_files
from lienthong.stationery.checking import LONGEST_BODY, summary
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from lienthong.stationery.models.template import CONTENT
from lienthong.stationery.policies import require_keeper
from lienthong.stationery.words import samples

EMPTY: dict[str, Any] = {name: [] if name == "fields" else "" for name in CONTENT}
LONGEST = {"abstract": 500, "addressees": 2_000, "recipients": 4_000, "signing_hint": 300, "guidance": 4_000}
CALLED = {
    "abstract": "trích yếu", "addressees": "kính gửi", "recipients": "nơi nhận", "signing_hint": "gợi ý ký",
    "guidance": "hướng dẫn dùng",
}  # fmt: skip


@transaction.atomic
def create_template(
    *,
    document_type: DocumentType,
    owner: Unit | None,
    name: str,
    content: Mapping[str, Any] = EMPTY,
    actor: Actor | None,
    at: dt.datetime,
) -> DocumentTemplate:
    """Make a template with a first draft. Refuses a name that the same owner already has for the type."""
    require_keeper(actor, owner)
    name = required(name, what="tên mẫu", field="name", longest=150)
    _require_free(document_type, owner, name)
    template = DocumentTemplate.objects.create(document_type=document_type, owner=owner, name=name)
    TemplateVersion.objects.create(template=template, number=1, edited_at=at, **_cleaned(content))
    told = {"name": name, "type": document_type.name, "owner": owner.name if owner else None}
    record(template.subject, "template.created", actor=actor, at=at, particulars=told, is_new=True)
    return template


@transaction.atomic
def begin_template(
    *, document_type: DocumentType, owner: Unit | None, name: str, actor: Actor, at: dt.datetime
) -> DocumentTemplate:
    """Make a template that says what the type's own template says; where the type has none, an empty one."""
    usual = queries.templates_for(actor, document_type.code, local_date(at))
    everybodys = [row for row in usual if row.owner_id is None and row.current]
    everybodys.sort(key=lambda row: row.code != document_type.code)  # the type's own before those of a purpose
    source = everybodys[0].current if everybodys else None
    content = source.content if source else EMPTY
    return create_template(document_type=document_type, owner=owner, name=name, content=content, actor=actor, at=at)


@transaction.atomic
def copy_template(
    template: DocumentTemplate, *, owner: Unit | None, name: str, actor: Actor | None, at: dt.datetime
) -> DocumentTemplate:
    """Make a new template for a unit from what another says now; the other stays as it is."""
    source = template.current or queries.draft_of(template)
    if source is None:
        raise Refusal("Mẫu này chưa có nội dung để sao chép.")
    copied = create_template(
        document_type=template.document_type, owner=owner, name=name, content=source.content, actor=actor, at=at
    )
    if source.file is not None:
        draft = copied.versions.get()
        draft.file = source.file
        draft.save(update_fields=["file"])
        attach(source.file, copied.subject, actor=None, at=at, tell=False)
    return copied


@transaction.atomic
def rename_template(template: DocumentTemplate, *, name: str, actor: Actor | None, at: dt.datetime) -> DocumentTemplate:
    """Give a template another name. The same name changes nothing."""
    template = _locked(template, actor)
    name = required(name, what="tên mẫu", field="name", longest=150)
    if name == template.name:
        return template
    _require_free(template.document_type, template.owner, name)
    former, template.name = template.name, name
    template.save(update_fields=["name"])
    record(template.subject, "template.renamed", actor=actor, at=at, particulars={"former": former, "name": name})
    return template


@transaction.atomic
def begin_draft(
    template: DocumentTemplate, *, actor: Actor | None, at: dt.datetime, like: TemplateVersion | None = None
) -> TemplateVersion:
    """Begin the next version from the one in use, or ``like`` an older one; an open draft is returned as it is.

    Refuses an older version while a draft is open: what was written there is not thrown away.
    """
    template = _locked(template, actor)
    draft = queries.draft_of(template)
    if draft is not None:
        if like is not None:
            raise Refusal("Mẫu đang có bản nháp. Hãy ban hành hoặc bỏ bản nháp rồi lấy lại phiên bản cũ.")
        return draft
    current = like or template.current
    content = current.content if current else EMPTY
    newest = template.versions.aggregate(newest=Max("number"))["newest"] or 0
    draft = TemplateVersion.objects.create(
        template=template, number=newest + 1, file=current.file if current else None, edited_at=at, **content
    )
    record(template.subject, "template.drafted", actor=actor, at=at, particulars={"number": draft.number})
    return draft


@transaction.atomic
def edit_draft(
    version: TemplateVersion,
    *,
    content: Mapping[str, Any],
    seen: dt.datetime | None = None,
    actor: Actor | None,
    at: dt.datetime,
) -> TemplateVersion:
    """Write the texts and fields of a draft; faults may stay in it until it is published.

    Refuses a published version, and what somebody else has saved since the editor was opened (``seen``).
    """
    version = _locked_draft(version, actor)
    if seen is not None and version.edited_at != seen:
        raise Refusal(
            "Có người vừa lưu bản nháp này. Hãy chép lại phần vừa gõ, tải lại trang rồi sửa tiếp trên bản mới nhất."
        )
    if version.content == (cleaned := _cleaned(content)):
        return version
    for name, value in cleaned.items():
        setattr(version, name, value)
    version.edited_at, version.origin = at, TemplateVersion.Origin.SCREEN
    version.save(update_fields=[*CONTENT, "edited_at", "origin"])
    record(version.template.subject, "template.edited", actor=actor, at=at, particulars={"number": version.number})
    return version


@transaction.atomic
def put_file(version: TemplateVersion, file: StoredFile, *, actor: Actor, at: dt.datetime) -> TemplateVersion:
    """Put a Word file on a draft: papers begun from it take its form. Refuses one with faults, naming the first."""
    version = _locked_draft(version, actor)
    faults = word_files.faults_in(queries.bytes_of(file), version.declared.values())
    if faults:
        raise Refusal(summary(faults), field="file")
    attach(file, version.template.subject, label=f"Phiên bản {version.number}", actor=actor, at=at, tell=False)
    version.file, version.edited_at = file, at
    version.save(update_fields=["file", "edited_at"])
    told = {"number": version.number, "name": file.name, "sha256": file.sha256}
    record(version.template.subject, "template.file_put", actor=actor, at=at, particulars=told)
    return version


@transaction.atomic
def take_file_off(version: TemplateVersion, *, actor: Actor | None, at: dt.datetime) -> TemplateVersion:
    """Take the Word file off a draft: its Word form is made from its texts again."""
    version = _locked_draft(version, actor)
    if version.file is None:
        return version
    version.file, version.edited_at = None, at
    version.save(update_fields=["file", "edited_at"])
    told = {"number": version.number}
    record(version.template.subject, "template.file_taken_off", actor=actor, at=at, particulars=told)
    return version


@transaction.atomic
def publish(version: TemplateVersion, *, actor: Actor | None, at: dt.datetime) -> TemplateVersion:
    """Put a draft in use; from then on it never changes. Refuses one with a fault, naming the first."""
    version = _locked_draft(version, actor)
    faults = queries.faults_of(version)
    if faults:
        raise Refusal(summary(faults))
    papers.filled(version.content, samples(version.declared))
    template = version.template
    version.published_at, version.published_by = at, actor.post if actor else None
    version.save(update_fields=["published_at", "published_by"])
    template.current = version
    template.save(update_fields=["current"])
    record(template.subject, "template.published", actor=actor, at=at, particulars={"number": version.number})
    return version


@transaction.atomic
def discard_draft(version: TemplateVersion, *, actor: Actor | None, at: dt.datetime) -> DocumentTemplate:
    """Throw a draft away; a template that was never published is retired with it. Refuses a published version."""
    version = _locked_draft(version, actor)
    template, number = version.template, version.number
    if template.current_id is None:
        return retire(template, actor=actor, at=at)
    version.delete()
    record(template.subject, "template.draft_discarded", actor=actor, at=at, particulars={"number": number})
    return template


@transaction.atomic
def retire(template: DocumentTemplate, *, actor: Actor | None, at: dt.datetime) -> DocumentTemplate:
    """Offer a template no longer; drafts begun from it go on. Retired again, nothing changes."""
    template = _locked(template, actor)
    if template.retired_at is None:
        template.retired_at = at
        template.save(update_fields=["retired_at"])
        record(template.subject, "template.retired", actor=actor, at=at)
    return template


@transaction.atomic
def restore(template: DocumentTemplate, *, actor: Actor | None, at: dt.datetime) -> DocumentTemplate:
    """Offer a retired template again. Refuses when another has taken its name."""
    template = _locked(template, actor)
    if template.retired_at is not None:
        _require_free(template.document_type, template.owner, template.name)
        template.retired_at = None
        template.save(update_fields=["retired_at"])
        record(template.subject, "template.restored", actor=actor, at=at)
    return template


def _locked(template: DocumentTemplate, actor: Actor | None) -> DocumentTemplate:
    require_keeper(actor, template.owner)
    rows = DocumentTemplate.objects.select_for_update(of=("self",)).select_related("owner", "document_type", "current")
    return rows.get(pk=template.pk)


def _locked_draft(version: TemplateVersion, actor: Actor | None) -> TemplateVersion:
    template = _locked(version.template, actor)
    locked = template.versions.select_related("file__blob").filter(pk=version.pk).first()
    if locked is None or not locked.is_draft:
        raise Refusal("Phiên bản này đã ban hành hoặc đã bỏ nên không sửa được. Hãy mở bản nháp mới.")
    locked.template = template
    return locked


def _require_free(document_type: DocumentType, owner: Unit | None, name: str) -> None:
    taken = DocumentTemplate.objects.filter(document_type=document_type, owner=owner, name=name, retired_at=None)
    if taken.exists():
        raise Refusal(f"Đã có mẫu “{name}” của loại {document_type.name}. Hãy đặt tên khác.", field="name")


def _cleaned(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts composed and without unseen letters. Refuses what is longer than its place."""
    found: dict[str, Any] = {"fields": [dict(field) for field in content["fields"]]}
    for name, longest in LONGEST.items():
        text = clean_text(str(content[name])).strip()
        found[name] = short_enough(text, what=CALLED[name], field=name, longest=longest) if "\n" not in text else text
        if len(text) > longest:
            raise Refusal(f"Phần {CALLED[name]} dài quá {longest} ký tự. Hãy viết gọn lại.", field=name)
    found["body"] = clean_text(str(content["body"])).strip()
    if len(found["body"]) > LONGEST_BODY:
        raise Refusal(f"Nội dung dài quá {LONGEST_BODY} ký tự. Hãy rút gọn.", field="body")
    found["abstract"] = " ".join(found["abstract"].split())
    return {name: found[name] for name in CONTENT}
