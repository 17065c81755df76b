"""Beginning a draft from a template."""

from __future__ import annotations

from collections.abc import Mapping

from lienthong.formatting import setting
from lienthong.stationery import papers, queries, word_files
from lienthong.stationery.filling import Filled, context_of, require_complete
from lienthong.stationery.heads import HeadLines
from lienthong.stationery.models import TemplateVersion
from lienthong.stationery.words import Value


def fill(version: TemplateVersion, values: Mapping[str, Value]) -> Filled:
    """Return the texts of a draft begun from a version: its words and fields replaced by ``values``.

    Words without a value are left empty. Refuses a required field left empty (``field`` names it).
    """
    return papers.filled(version.content, values)


def fill_docx(version: TemplateVersion, values: Mapping[str, Value]) -> bytes:
    """Return a draft as a Word file: the version's own file filled in, or its texts set as a page.

    Head and foot come from the words ``dau_cap_tren``, ``dau_co_quan``, ``dia_danh``, ``so_ky_hieu``, ``khoi_ky`` and
    ``nguoi_ky``. Refuses a required field left empty.
    """
    if version.file is not None:
        require_complete(values, version.declared)
        draft = papers.filled(version.content, values)
        whole = {"trich_yeu": draft.abstract} | dict(values)
        return word_files.render(queries.bytes_of(version.file), context_of(whole, version.declared))
    head = HeadLines(*(str(values.get(name) or "") for name in ("dau_cap_tren", "dau_co_quan", "dia_danh")))
    kind = version.template.document_type
    return setting.as_docx(
        papers.official(
            papers.filled(version.content, values),
            heading=papers.heading(kind.code, kind.name),
            head=head,
            told=values,
            symbol=str(values.get("so_ky_hieu") or papers.DRAFT_SYMBOL),
        )
    )


def template_docx(version: TemplateVersion) -> bytes:
    """Return the Word form of a version with its tags in it, to be edited in Word and sent back."""
    if version.file is not None:
        return queries.bytes_of(version.file)
    kind = version.template.document_type
    paper = papers.tagged(version.content, heading=papers.heading(kind.code, kind.name))
    return word_files.with_tags(setting.as_docx(paper))
