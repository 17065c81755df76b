"""Numbering the pages of a DOCX where the decree wants it: a field in the head (or foot), none on the first page."""

from __future__ import annotations

from collections.abc import Mapping

from docx.oxml.ns import nsdecls
from lxml import etree

from lienthong.formatting.mending import edits
from lienthong.formatting.reading.docx_numbering import W
from lienthong.formatting.reading.docx_package import Package, parsed
from lienthong.formatting.reading.docx_text import local_name
from lienthong.formatting.reading.measure_docx import R, has_page_field, relations

RELATIONS = "word/_rels/document.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PAGE = (
    '<w:p {ns}><w:pPr><w:jc w:val="{align}"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" '
    'w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/></w:rPr><w:t>2</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def numbered(
    package: Package, root: etree._Element, changed: Mapping[str, bytes], *, where: str, align: str
) -> dict[str, bytes]:
    """Return the parts to write so that pages are numbered there and only there; marks the section in ``root``."""
    section = next(iter(root.iter(f"{W}sectPr")), None)
    if section is None:
        return {}
    made = _without_numbers(package, root, changed)
    edits.set_in_order(section, "titlePg", edits.SECTION_ORDER)
    line = parsed(_PAGE.format(ns=nsdecls("w"), align=align).encode())
    targets = relations(package)
    for reference in section.iterchildren(f"{W}{where}Reference"):
        name = targets.get(reference.get(f"{R}id", ""), "")
        part = _part(package, {**changed, **made}, name)
        if reference.get(f"{W}type", "default") == "default" and part is not None:
            _put(part, line)
            return made | {name: written(part)}
    part = parsed(f"<w:{_tag(where)} {nsdecls('w')}/>".encode())
    part.append(line)
    name = _free_name(package, where)
    number = _relate(package, name, where, made)
    reference = etree.Element(f"{W}{where}Reference")
    reference.set(f"{W}type", "default")
    reference.set(f"{R}id", number)
    section.insert(0, reference)
    return made | {name: written(part)}


def without_first(package: Package, root: etree._Element, changed: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts to write so that the first page shows no number."""
    section = next(iter(root.iter(f"{W}sectPr")), None)
    if section is None:
        return {}
    edits.set_in_order(section, "titlePg", edits.SECTION_ORDER)
    return _without_numbers(package, root, changed, only="first")


def _without_numbers(
    package: Package, root: etree._Element, changed: Mapping[str, bytes], *, only: str = ""
) -> dict[str, bytes]:
    made = {}
    targets = relations(package)
    for section in root.iter(f"{W}sectPr"):
        for reference in section.iterchildren(f"{W}headerReference", f"{W}footerReference"):
            name = targets.get(reference.get(f"{R}id", ""), "")
            part = _part(package, changed, name)
            if part is None or (only and reference.get(f"{W}type") != only):
                continue
            numbers = [paragraph for paragraph in part.iter(f"{W}p") if has_page_field(paragraph)]
            for paragraph in numbers:
                for child in [child for child in paragraph if local_name(child) != "pPr"]:
                    paragraph.remove(child)
            if numbers:
                made[name] = written(part)
    return made


def _put(part: etree._Element, line: etree._Element) -> None:
    """Put the number into a head: in the place of an empty paragraph, else before what is there."""
    first = next(part.iterchildren(f"{W}p"), None)
    if first is not None and not "".join(edits.text_of(run) for run in first.iter(f"{W}r")).strip():
        part.replace(first, line)
    else:
        part.insert(0, line)


def _part(package: Package, changed: Mapping[str, bytes], name: str) -> etree._Element | None:
    return parsed(changed[name]) if name in changed else package.xml(name) if name else None


def _tag(where: str) -> str:
    return "hdr" if where == "header" else "ftr"


def _free_name(package: Package, where: str) -> str:
    taken = {name.lower() for name in package.names}
    return next(name for n in range(1, 1000) if (name := f"word/{where}{n}.xml") not in taken)


def _relate(package: Package, name: str, where: str, made: dict[str, bytes]) -> str:
    relation_part, types = package.xml(RELATIONS), package.xml(CONTENT_TYPES)
    if relation_part is None:
        relation_part = parsed(b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>')
    taken = {relation.get("Id") for relation in relation_part}
    number = next(own for n in range(1, 10_000) if (own := f"rIdPage{n}") not in taken)
    relation = etree.SubElement(relation_part, f"{{{etree.QName(relation_part).namespace}}}Relationship")
    relation.set("Id", number)
    relation.set("Type", f"{_TYPES}/{where}")
    relation.set("Target", name.removeprefix("word/"))
    made[RELATIONS] = written(relation_part)
    if types is not None:
        override = etree.SubElement(types, f"{{{etree.QName(types).namespace}}}Override")
        override.set("PartName", f"/{name}")
        override.set("ContentType", f"{_WORD_TYPES}.{where}+xml")
        made[CONTENT_TYPES] = written(types)
    return number


def written(part: etree._Element) -> bytes:
    """Return a part as Word writes it."""
    return bytes(etree.tostring(part, xml_declaration=True, encoding="UTF-8", standalone=True))
