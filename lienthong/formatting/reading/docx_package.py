"""A DOCX file as its parts of XML, opened without trust: sizes are bounded, no entity is followed, no macro taken."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from lxml import etree

from lienthong.kernel.refusal import Refusal

LARGEST_FILE = 200 * 2**20
LARGEST_PART = 64 * 2**20
MOST_PARTS = 10_000
MAIN = "word/document.xml"
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NOT_DOCX = "Tệp này không phải DOCX hoặc đã hỏng. Hãy mở bằng Word, lưu lại dạng .docx rồi tải lên."
ENCRYPTED = "Tệp có mật khẩu hoặc là dạng .doc cũ. Hãy mở bằng Word, bỏ mật khẩu, lưu lại dạng .docx rồi tải lên."
MACROS = "Tệp có macro nên không được nhận. Hãy lưu lại dạng .docx (không macro) rồi tải lên."
TOO_LARGE = "Tệp quá lớn để đọc. Hãy nén ảnh trong tệp hoặc tách phụ lục thành tệp riêng rồi tải lên."


@dataclass(frozen=True)
class Package:
    """The parts of one DOCX; ``names`` are all that it holds."""

    archive: zipfile.ZipFile

    @cached_property
    def names(self) -> frozenset[str]:
        """Return the names of all parts."""
        return frozenset(self.archive.namelist())

    def xml(self, name: str) -> etree._Element | None:
        """Return a part's XML, None where the part is missing or optional and broken."""
        if name not in self.names:
            return None
        try:
            return parsed(self.raw(name))
        except etree.XMLSyntaxError as error:
            if name == MAIN:
                raise Refusal(NOT_DOCX) from error
            return None

    def raw(self, name: str) -> bytes:
        """Return a part's bytes; refuses what unpacks to too much or does not unpack."""
        try:
            with self.archive.open(name) as part:
                content = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as error:
            raise Refusal(NOT_DOCX) from error
        except Exception as error:  # zlib.error and the like: the package is damaged in the middle
            if type(error).__module__ in {"zlib", "lzma", "bz2"}:
                raise Refusal(NOT_DOCX) from error
            raise
        if len(content) > LARGEST_PART:
            raise Refusal(TOO_LARGE)
        return content


def open_package(stream: BinaryIO) -> Package:
    """Open a DOCX; refuses other files, passwords, macros and packages made to swell."""
    stream.seek(0, 2)
    if stream.tell() > LARGEST_FILE:
        raise Refusal(TOO_LARGE)
    stream.seek(0)
    if stream.read(8) == OLD_FORMAT:
        raise Refusal(ENCRYPTED)
    stream.seek(0)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refusal(NOT_DOCX) from error
    package = Package(archive)
    if len(package.names) > MOST_PARTS:
        raise Refusal(TOO_LARGE)
    if MAIN not in package.names:
        raise Refusal(NOT_DOCX)
    if any(info.flag_bits & 0x1 for info in archive.infolist()):
        raise Refusal(ENCRYPTED)
    if any("vbaproject" in name.lower() for name in package.names) or _is_macro_enabled(package):
        raise Refusal(MACROS)
    return package


def parsed(content: bytes) -> etree._Element:
    """Parse XML that may mean harm: no document type, no entity, no network."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(content, parser)
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise Refusal(NOT_DOCX)
    return root


def _is_macro_enabled(package: Package) -> bool:
    return "[Content_Types].xml" in package.names and b"macroEnabled" in package.raw("[Content_Types].xml")
