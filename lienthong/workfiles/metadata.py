"""The metadata of a file under the names and lengths of NĐ 30/2020 Phụ lục VI, as JSON or XML. Pure.

``Files`` under a document is ours: the names and hashes of what belongs to it, so that the list is a manifest too.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.xmlutils import SimplerXMLGenerator

LENGTHS = {
    "OrganId": 13,
    "FileCatalog": 4,
    "FileNotation": 20,
    "Title": 500,
    "Maintenance": 30,
    "Rights": 30,
    "Creator": 30,
    "Language": 50,
    "DocTotal": 4,
    "PageTotal": 4,
    "Description": 500,
    "CodeNotation": 30,
    "OrganName": 200,
    "Subject": 500,
    "DocOrdinal": 3,
    "PageAmount": 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What the metadata of a file say, before they are cut to their lengths."""

    organ_id: str
    year: int
    notation: str
    title: str
    maintenance: str
    rights: str
    creator: str
    language: str
    start_date: dt.date
    end_date: dt.date | None
    documents: tuple[DocumentFacts, ...]
    pages: int
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What the metadata of a document in a file say."""

    symbol: str
    date: dt.date | None
    issuer: str
    title: str
    pages: int | None
    files: tuple[StoredFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """One file of a document: its name, its SHA-256 and its bytes, by which the archive proves what it took."""

    name: str
    sha256: str
    size: int


def fields_of(facts: FileFacts) -> dict[str, Any]:
    """Return the metadata as nested plain values, each within its length."""
    return {
        "FileCode": {
            "OrganId": _cut("OrganId", facts.organ_id),
            "FileCatalog": facts.year,
            "FileNotation": _cut("FileNotation", facts.notation),
        },
        "Title": _cut("Title", facts.title),
        "Maintenance": _cut("Maintenance", facts.maintenance),
        "Rights": _cut("Rights", facts.rights),
        "Creator": _cut("Creator", facts.creator),
        "Language": _cut("Language", facts.language),
        "StartDate": _day(facts.start_date),
        "EndDate": _day(facts.end_date),
        "DocTotal": min(len(facts.documents), 9999),
        "PageTotal": min(facts.pages, 9999),
        "Description": _cut("Description", facts.description),
        "Documents": [_document(place, one) for place, one in enumerate(facts.documents, start=1)],
    }


def as_json(facts: FileFacts) -> str:
    """Return the metadata as JSON."""
    return json.dumps(fields_of(facts), ensure_ascii=False, indent=2)


def as_xml(facts: FileFacts) -> str:
    """Return the metadata as XML; the names are those of the decree, the root is ``File``."""
    stream = io.StringIO()
    writer = SimplerXMLGenerator(stream, "utf-8")
    writer.startDocument()
    _write(writer, "File", fields_of(facts))
    writer.endDocument()
    return stream.getvalue()


def _document(place: int, one: DocumentFacts) -> dict[str, Any]:
    return {
        "DocOrdinal": min(place, 999),
        "CodeNotation": _cut("CodeNotation", one.symbol),
        "IssuedDate": _day(one.date),
        "OrganName": _cut("OrganName", one.issuer),
        "Subject": _cut("Subject", one.title),
        "PageAmount": min(one.pages or 0, 9999),
    } | ({"Files": [_file(file) for file in one.files]} if one.files else {})


def _file(one: StoredFacts) -> dict[str, Any]:
    return {"FileName": one.name, "SHA256": one.sha256, "Size": one.size}


def _write(writer: SimplerXMLGenerator, name: str, value: Any) -> None:
    if isinstance(value, Mapping):
        writer.startElement(name, AttributesImpl({}))
        for key, part in value.items():
            _write(writer, key, part)
        writer.endElement(name)
    elif isinstance(value, list):
        writer.startElement(name, AttributesImpl({}))
        for part in value:
            _write(writer, name.removesuffix("s"), part)  # Documents holds Document, Files holds File
        writer.endElement(name)
    else:
        writer.addQuickElement(name, _printable(str(value)))


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _cut(name: str, text: str) -> str:
    return text[: LENGTHS[name]]


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
