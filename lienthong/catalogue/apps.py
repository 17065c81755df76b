from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.apps import AppConfig

from lienthong.kernel.subjects import Described


class CatalogueConfig(AppConfig):
    name = "lienthong.catalogue"
    verbose_name = "Danh mục"

    def ready(self) -> None:
        from lienthong.catalogue import policies
        from lienthong.journal import sentences
        from lienthong.kernel import rights, subjects
        from lienthong.ui import menu

        menu.declare(
            menu.MenuEntry(
                key="document_types",
                label="Loại văn bản",
                icon="list-details",
                url_name="catalogue:document_types",
                place="foot",
                order=50,
            )
        )
        rights.declare(policies.ADMINISTER, "Sửa danh mục loại văn bản")
        subjects.declare(
            subjects.SubjectKind(
                "document_type",
                "Loại văn bản",
                describe=_describe,
                is_visible=lambda actor, _pk: policies.can_administer(actor),
            )
        )
        sentences.declare("document_type.added", lambda e: f"thêm loại văn bản, căn cứ {e.particulars['source']}")
        sentences.declare(
            "document_type.ended", lambda e: "thôi dùng từ {valid_to}, căn cứ {source}".format(**e.particulars)
        )


def _describe(pks: Iterable[int]) -> Mapping[int, Described]:
    from django.urls import reverse

    from lienthong.catalogue.models import DocumentType

    rows = DocumentType.objects.filter(pk__in=pks).values_list("pk", "name")
    return {pk: Described(name, reverse("catalogue:document_types")) for pk, name in rows}
