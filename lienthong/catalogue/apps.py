from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.apps import AppConfig

from lienthong.kernel.subjects import Described


class CatalogueConfig(AppConfig):
    name = "lienthong.catalogue"
    verbose_name = "Danh mục"

    def ready(self) -> None:
        from lienthong.catalogue import policies  # noqa: PLC0415 - apps are ready only now
        from lienthong.journal import sentences  # noqa: PLC0415
        from lienthong.kernel import rights, subjects  # noqa: PLC0415

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
    from django.urls import reverse  # noqa: PLC0415

    from lienthong.catalogue.models import DocumentType  # noqa: PLC0415

    rows = DocumentType.objects.filter(pk__in=pks).values_list("pk", "name")
    return {pk: Described(name, reverse("catalogue:document_types")) for pk, name in rows}
