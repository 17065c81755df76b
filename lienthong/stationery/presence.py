"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from lienthong.journal import sentences
from lienthong.journal.models import Event
from lienthong.kernel import rights, subjects
from lienthong.kernel.subjects import Described
from lienthong.organisation.actor import Actor
from lienthong.stationery import policies
from lienthong.stationery.models import DocumentTemplate
from lienthong.stationery.models.template import ADMINISTER
from lienthong.ui import menu


def declare() -> None:
    """Declare subjects, rights, sentences, notices and the menu."""
    rights.declare(ADMINISTER, "Quản trị mẫu văn bản và phần đầu văn bản của mọi đơn vị")
    rights.declare(policies.KEEP, "Giữ mẫu văn bản và phần đầu văn bản của đơn vị mình")
    menu.declare(
        menu.MenuEntry(
            key="templates",
            label="Mẫu văn bản",
            icon="template",
            url_name="stationery:templates",
            right=(ADMINISTER, policies.KEEP),
            place="foot",
            order=55,
        )
    )
    subjects.declare(
        subjects.SubjectKind("document_template", "Mẫu văn bản", describe=_describe, is_visible=_is_visible)
    )
    sentences.declare("template.created", lambda e: "lập mẫu “{name}”, loại {type}".format(**e.particulars))
    sentences.declare("template.loaded", lambda e: f"nạp phiên bản {_number(e)} kèm phần mềm")
    sentences.declare("template.renamed", lambda e: "đổi tên mẫu “{former}” thành “{name}”".format(**e.particulars))
    sentences.declare("template.drafted", lambda e: f"mở bản nháp phiên bản {_number(e)}")
    sentences.declare("template.edited", lambda e: f"sửa bản nháp phiên bản {_number(e)}")
    sentences.declare(
        "template.file_put", lambda e: f"gắn tệp Word “{e.particulars['name']}” vào bản nháp {_number(e)}"
    )
    sentences.declare("template.file_taken_off", lambda e: f"gỡ tệp Word khỏi bản nháp {_number(e)}")
    sentences.declare("template.published", lambda e: f"ban hành phiên bản {_number(e)}")
    sentences.declare("template.draft_discarded", lambda e: f"bỏ bản nháp phiên bản {_number(e)}")
    sentences.declare("template.retired", lambda _event: "thôi dùng mẫu")
    sentences.declare("template.restored", lambda _event: "dùng lại mẫu")
    sentences.declare("letterhead.set", lambda e: "đặt phần đầu văn bản “{issuer}” từ {from}".format(**e.particulars))
    sentences.declare("letterhead.ended", lambda e: "thôi dùng phần đầu “{issuer}” từ {on}".format(**e.particulars))


def _number(event: Event) -> str:
    return str(event.particulars["number"])


def _describe(pks: Iterable[int]) -> Mapping[int, Described]:
    rows = DocumentTemplate.objects.filter(pk__in=pks).values_list("pk", "name")
    return {pk: Described(f"Mẫu “{name}”", reverse("stationery:template", args=[pk])) for pk, name in rows}


def _is_visible(actor: Actor, pk: int) -> bool:
    return DocumentTemplate.objects.visible_to(actor).filter(pk=pk).exists()
