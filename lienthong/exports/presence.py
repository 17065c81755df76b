"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from lienthong.exports import notices, policies
from lienthong.exports.models import Export
from lienthong.journal import sentences
from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, SubjectKind
from lienthong.notifications import kinds as notice_kinds
from lienthong.organisation.actor import Actor
from lienthong.ui import menu


def declare() -> None:
    """Declare subjects, sentences, notices and the menu."""
    subjects.declare(SubjectKind("export", "Bản kết xuất", _describe, _is_visible))
    for kind, meaning in notices.KINDS.items():
        notice_kinds.declare(kind, meaning)
    sentences.declare("export.ordered", lambda e: "đặt kết xuất {title} ({format})".format(**e.particulars))
    sentences.declare("export.cancelled", lambda _event: "hủy bản kết xuất")
    sentences.declare("export.finished", lambda _event: "lập xong bản kết xuất")
    sentences.declare("export.failed", lambda e: "không lập được bản kết xuất: {reason}".format(**e.particulars))
    menu.declare(
        menu.MenuEntry(
            key="exports", label="Bản kết xuất", icon="file-download", url_name="exports:list", place="me", order=40
        )
    )


def _describe(pks: Iterable[int]) -> Mapping[int, Described]:
    found = Export.objects.filter(pk__in=pks)
    return {export.pk: Described(str(export), reverse("exports:show", args=[export.pk])) for export in found}


def _is_visible(actor: Actor, pk: int) -> bool:
    export = Export.objects.visible_to(actor).filter(pk=pk).first()
    return export is not None and policies.can_fetch(actor, export)
