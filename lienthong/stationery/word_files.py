"""The Word form of a template: made from its texts, or sent by an administrator; checked, then filled by docxtpl.

A file is opened only when it is small; every part of it is read for tags before Jinja sees it, and Jinja runs in the
sandbox of ``filling`` with plain words and lists.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from docx.oxml.parser import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from lienthong.kernel.refusal import Refusal
from lienthong.stationery.checking import known, lists
from lienthong.stationery.filling import LARGEST, context_of, environment
from lienthong.stationery.placeholders import Fault, Reading, read
from lienthong.stationery.words import Field, samples

LARGEST_FILE = 5 << 20
LARGEST_PART = 3 << 20
LARGEST_WHOLE = 20 << 20
LARGEST_FILLED = 20 << 20
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PART = "Tệp Word"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILLED = re.compile(r"^word/(?:document|header\d*|footer\d*|footnotes)\.xml$")
_ANY_TAG = re.compile(r"\{[{%#]")
_IN_CAPITALS = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_TAG_IN_XML = re.compile(rb"\{\{[^{}<]*\}\}|\{%[^{}<]*%\}")
_MARK = re.compile(r"\{\{\s*dau_cau\s*\}\}")
_CONTROL_ALONE = re.compile(r"^\{%-?\s*(?=(?:if|else|endif|for|endfor)\b)")


def faults_in(data: bytes, fields: Iterable[Field]) -> tuple[Fault, ...]:
    """Return what is wrong with a Word file as a template: each fault with the number of its paragraph."""
    own = list(fields)
    try:
        parts = _parts(data)
    except Refusal as refusal:
        return (Fault(PART, 1, refusal.message),)
    faults: list[Fault] = []
    used: set[str] = set()
    for name, xml in parts.items():
        found = _read_part(name, xml, own) if _FILLED.match(name) else _untouched(name, xml)
        faults += found.faults
        used |= found.used
    if not faults and not used:
        faults.append(Fault(PART, 1, "không có trường nào, ví dụ trich_yeu. Hãy tải tệp mẫu về và sửa từ đó."))
    return tuple(faults) or _breaks(data, own)


def render(data: bytes, context: Mapping[str, str | list[str]]) -> bytes:
    """Return the Word file with its fields filled in. Refuses what Jinja or Word's form cannot bear."""
    if sum(len(value) if isinstance(value, str) else sum(map(len, value)) for value in context.values()) > LARGEST:
        raise Refusal("Nội dung điền vào mẫu dài quá mức cho phép. Hãy rút bớt.")
    try:
        document = DocxTemplate(io.BytesIO(data))
        document.render(dict(context), jinja_env=environment(escapes=True, largest=LARGEST_FILLED), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except (TemplateError, ValueError, KeyError, SyntaxError, zipfile.BadZipFile) as error:
        raise Refusal("Tệp Word của mẫu này hỏng nên không điền được. Hãy báo người quản trị mẫu văn bản.") from error
    return out.getvalue()


def with_tags(data: bytes) -> bytes:
    """Return a Word file set from a template's own texts as a template for docxtpl.

    Tags that the layout printed in capitals get their small letters back; a line with nothing but ``if`` or ``for``
    takes its paragraph with it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            content = source.read(item.filename)
            if _FILLED.match(item.filename):
                content = _tagged(content)
            elif item.filename.startswith("docProps/"):
                content = _TAG_IN_XML.sub(b"", content)
            target.writestr(item, content)
    return out.getvalue()


def _tagged(content: bytes) -> bytes:
    tree = parse_xml(content)  # of our own making; it keeps the prefixes that Word's form names
    changed = False
    for paragraph in tree.iter(f"{_W}p"):
        texts = [run for run in paragraph.iter(f"{_W}t") if run.text]
        whole = "".join(run.text or "" for run in texts)
        if not _ANY_TAG.search(whole):
            continue
        right = _MARK.sub(";", _IN_CAPITALS.sub(lambda found: found[0].lower(), whole))
        if len(_IN_CAPITALS.findall(right)) == 1 and _IN_CAPITALS.fullmatch(right.strip()):
            right = _CONTROL_ALONE.sub("{%p ", right.strip())
        if right != whole:
            changed = True
            for place, run in enumerate(texts):
                run.text = right if place == 0 else ""
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True) if changed else content


def _parts(data: bytes) -> dict[str, str]:
    """Return the XML of the file by part. Refuses what is too large, no Word file, or brings code or links."""
    if len(data) > LARGEST_FILE:
        raise Refusal("tệp lớn hơn 5 MB. Hãy bớt hình ảnh.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {item.filename: item.file_size for item in archive.infolist()}
            if "word/document.xml" not in sizes:
                raise Refusal("không phải tệp Word (.docx). Hãy lưu lại dưới dạng .docx.")
            if sum(sizes.values()) > LARGEST_WHOLE or any(
                size > LARGEST_PART for name, size in sizes.items() if name.endswith((".xml", ".rels"))
            ):
                raise Refusal("tệp quá lớn khi mở ra. Hãy bớt nội dung và hình ảnh.")
            if any("vbaProject" in name or name.startswith("word/embeddings/") for name in sizes):
                raise Refusal("tệp có macro hoặc tệp nhúng. Hãy bỏ các phần đó rồi lưu lại.")
            return {
                name: archive.read(name).decode("utf-8", "replace")
                for name in sizes
                if name.endswith(".xml") and name.startswith(("word/", "docProps/"))
            }
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Refusal("tệp hỏng nên không mở được. Hãy mở bằng Word và lưu lại.") from error


def _read_part(name: str, xml: str, fields: list[Field]) -> Reading:
    try:
        tree = ElementTree.fromstring(xml.encode())
    except (ElementTree.ParseError, DefusedXmlException):
        return Reading(
            (Fault(PART, 1, f"phần {name} hỏng nên không đọc được. Hãy mở bằng Word và lưu lại."),), frozenset()
        )
    lines = "\n".join(_text(paragraph).replace("\n", " ") for paragraph in tree.iter(f"{_W}p"))
    place = PART if name == "word/document.xml" else f"{PART}, phần {name.removeprefix('word/').removesuffix('.xml')}"
    return read(lines, part=place, known=known(fields, in_word_file=True), lists=lists(fields), in_word_file=True)


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph without that of the text boxes inside it, which are paragraphs of their own."""
    pieces = []

    def walk(element: Any) -> None:
        for child in element:
            if child.tag == f"{_W}p":
                continue
            if child.tag == f"{_W}t":
                pieces.append(child.text or "")
            walk(child)

    walk(paragraph)
    return "".join(pieces)


def _untouched(name: str, xml: str) -> Reading:
    """Refuse tags where nothing is filled in: properties, comments, endnotes."""
    if _ANY_TAG.search(re.sub(r"<[^>]*>", "", xml)):
        return Reading(
            (Fault(PART, 1, f"có trường ở nơi không điền được ({name}). Hãy chuyển vào nội dung."),), frozenset()
        )
    return Reading((), frozenset())


def _breaks(data: bytes, fields: list[Field]) -> tuple[Fault, ...]:
    """Return what only shows when the file is filled in with examples: parts that do not fit together."""
    own = {field.name: field for field in fields}
    try:
        render(data, context_of(samples(own), own))
    except Refusal:
        message = "không điền được: có trường đặt sai chỗ hoặc cặp if, for không khớp. Hãy tải tệp mẫu về, sửa từ đó."
        return (Fault(PART, 1, message),)
    except Exception:  # noqa: BLE001 - whatever a stranger's file does to the library, the answer is a finding
        return (Fault(PART, 1, "Word không đọc lại được tệp sau khi điền. Hãy tải tệp mẫu về và sửa từ đó."),)
    return ()
