"""Loading the skeletons that come with the software."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from lienthong.catalogue.models import DocumentType
from lienthong.journal.operations import record
from lienthong.stationery import skeletons
from lienthong.stationery.models import DocumentTemplate, TemplateVersion


@transaction.atomic
def load_stationery(*, at: dt.datetime) -> int:
    """Bring the templates up to the files of ``data/stationery`` and tell how many that touched.

    A changed file becomes a new version; a template that was edited or retired on screen stays as it is.
    """
    rows = DocumentTemplate.objects.exclude(code="").select_related("current", "document_type")
    present = {row.code: row for row in rows.select_for_update(of=("self",))}
    types: dict[str, DocumentType] = {}
    for kind in DocumentType.objects.filter(valid_to=None).order_by("valid_from"):
        types[kind.code] = kind
    touched = 0
    for path in skeletons.files():
        skeleton = skeletons.read(path)
        if skeleton["type"] in types:
            touched += _load(skeleton, present.get(skeleton["code"]), types[skeleton["type"]], at)
    return touched


def _load(skeleton: dict[str, Any], template: DocumentTemplate | None, kind: DocumentType, at: dt.datetime) -> bool:
    is_new = template is None
    if template is None:
        template = _found(skeleton, kind)
    elif (
        template.retired_at is not None
        or not _is_ours(template)
        or (template.current is not None and template.current.content == skeleton["content"])
    ):
        return False
    number = (template.versions.aggregate(newest=Max("number"))["newest"] or 0) + 1
    template.current = TemplateVersion.objects.create(
        template=template,
        number=number,
        origin=TemplateVersion.Origin.DATA,
        edited_at=at,
        published_at=at,
        **skeleton["content"],
    )
    template.save(update_fields=["current"])
    record(template.subject, "template.loaded", actor=None, at=at, particulars={"number": number}, is_new=is_new)
    return True


def _found(skeleton: dict[str, Any], kind: DocumentType) -> DocumentTemplate:
    """Make the row; where somebody has used its name already, under a name that says where it is from."""
    name = skeleton["name"]
    if DocumentTemplate.objects.filter(document_type=kind, owner=None, name=name, retired_at=None).exists():
        name = f"{name} (kèm phần mềm)"
    return DocumentTemplate.objects.create(document_type=kind, name=name, code=skeleton["code"])


def _is_ours(template: DocumentTemplate) -> bool:
    """Whether nobody has published or begun another version on screen."""
    return not template.versions.filter(origin=TemplateVersion.Origin.SCREEN).exists()
