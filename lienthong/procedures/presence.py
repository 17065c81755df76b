"""What the apps below learn of procedures when the house starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from lienthong.journal import sentences
from lienthong.journal.models import Event
from lienthong.kernel import rights, subjects
from lienthong.procedures.models import Procedure, Sector
from lienthong.ui import menu


def declare() -> None:
    """Declare the subject, the right, the sentences of the journal and the entries of the menu."""
    subjects.declare(subjects.SubjectKind("procedure", "Thủ tục", describe=_described, is_visible=lambda _a, _pk: True))
    subjects.declare(subjects.SubjectKind("sector", "Lĩnh vực", describe=_sectors, is_visible=lambda _a, _pk: True))
    _declare_menu()
    rights.declare("procedures.administer", "Quản trị thủ tục hành chính")
    sentences.declare("procedure.drafted", lambda event: f"soạn {_version(event)}")
    sentences.declare("procedure.redrafted", lambda event: f"sửa {_version(event)}")
    sentences.declare("procedure.withdrawn", lambda event: f"bỏ bản soạn {_version(event)}")
    sentences.declare("procedure.published", lambda event: f"công bố {_version(event)}")
    sentences.declare(
        "competence.set",
        lambda event: f"giao lĩnh vực {event.particulars['sector']} cho {event.particulars['unit']}",
    )
    sentences.declare("sector.coded", _coded)


def _coded(event: Event) -> str:
    sector, code = event.particulars["sector"], event.particulars["code"]
    return f"ghi mã quốc gia {code} của lĩnh vực {sector}" if code else f"xóa mã quốc gia của lĩnh vực {sector}"


def _sectors(pks: Iterable[int]) -> Mapping[int, subjects.Described]:
    rows = Sector.objects.filter(pk__in=pks).values_list("pk", "name")
    return {pk: subjects.Described(name, reverse("procedures:sectors")) for pk, name in rows}


def _declare_menu() -> None:
    entry = menu.MenuEntry
    menu.declare(
        entry(key="procedures", label="Thủ tục hành chính", icon="book-2", url_name="procedures:list", order=36)
    )
    menu.declare(
        entry(
            key="competences",
            label="Phụ trách lĩnh vực",
            icon="users-group",
            url_name="procedures:competences",
            right="procedures.administer",
            parent="procedures",
        )
    )
    menu.declare(
        entry(
            key="sectors",
            label="Mã lĩnh vực",
            icon="hash",
            url_name="procedures:sectors",
            right="procedures.administer",
            parent="procedures",
        )
    )


def _described(pks: Iterable[int]) -> Mapping[int, subjects.Described]:
    rows = Procedure.objects.filter(pk__in=pks).values_list("pk", "name", "code")
    return {pk: subjects.Described(name, reverse("procedures:show", args=[code])) for pk, name, code in rows}


def _version(event: Event) -> str:
    return f"phiên bản {event.particulars['version']} của thủ tục {event.particulars['code']}"
