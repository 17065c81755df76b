"""Which kinds of file are taken, as data (``data/file_types.toml``), and how a content is recognised.

Without Django, so that the sandbox may use it.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lienthong.files.names import split_extension
from lienthong.kernel.refusal import Refusal

TABLE = Path(__file__).resolve().parents[2] / "data" / "file_types.toml"
HEAD = 4096
_MARKUP = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|svg|meta|table|iframe)\b", re.IGNORECASE | re.DOTALL
)
_PDF = bytes.fromhex("255044462d")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Kind:
    """Loại tệp: one table of the data file."""

    code: str
    name: str
    media_type: str
    extensions: tuple[str, ...]
    magic: tuple[str, ...] = ()
    zip: str = ""
    text: bool = False
    image: str = ""
    inline: bool = False


@cache
def _table() -> dict[str, Any]:
    with TABLE.open("rb") as file:
        return tomllib.load(file)


@cache
def kinds() -> dict[str, Kind]:
    """Return every kind that is taken, by its code."""
    return {code: _kind(code, entry) for code, entry in _table()["types"].items()}


def _kind(code: str, entry: dict[str, Any]) -> Kind:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Kind(code=code, **values)


def limit(name: str) -> int:
    """Return one of the limits of the data file."""
    return int(_table()["limits"][name])


@cache
def _signatures() -> tuple[tuple[re.Pattern[bytes], Kind], ...]:
    def pattern(magic: str) -> re.Pattern[bytes]:
        pairs = re.findall("..", magic)
        return re.compile(
            b"".join(b"." if pair == "??" else re.escape(bytes.fromhex(pair)) for pair in pairs), re.DOTALL
        )

    return tuple((pattern(magic), kind) for kind in kinds().values() for magic in kind.magic)


def accepted_extensions() -> list[str]:
    """Return every extension that is taken, for the ``accept`` of a file input."""
    return [f".{extension}" for kind in kinds().values() for extension in kind.extensions]


def sniff(path: Path, name: str) -> Kind:
    """Return the kind of a file by its content; refuses what is not taken and what is not what its name says."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Refusal(f"Tệp “{name}” rỗng (0 byte): hãy kiểm tra lại và chọn tệp có nội dung.", field="file")
    extension = split_extension(name)[1]
    kind = _by_content(path, head, extension)
    if kind is None:
        known = ", ".join(sorted({word for each in kinds().values() for word in each.extensions}))
        raise Refusal(f"Loại của tệp “{name}” không được nhận. Các loại được nhận: {known}.", field="file")
    if extension and extension not in kind.extensions:
        raise Refusal(_mismatch(path, name, extension, kind), field="file")
    return kind


def _by_content(path: Path, head: bytes, extension: str) -> Kind | None:
    if _is_pdf(head):
        return kinds().get("pdf")
    if head.startswith(b"PK\x03\x04"):
        return _package(path)
    for pattern, kind in _signatures():
        if kind.code != "pdf" and pattern.match(head):
            return kind
    if not looks_like_text(head):
        return None
    for kind in kinds().values():
        if kind.text and extension in kind.extensions:
            return kind
    if _MARKUP.match(_without_bom(head)):
        return kinds().get("html")
    return kinds().get("txt")


def _is_pdf(head: bytes) -> bool:
    """A PDF starts within the first kilobyte; before it nothing that a browser would take for a page."""
    at = head.find(_PDF, 0, 1024 + len(_PDF))
    return at >= 0 and b"<" not in head[:at]


def _package(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as package:
            for kind in kinds().values():
                if kind.zip and kind.zip in package.NameToInfo:
                    return kind
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        pass
    return kinds().get("zip")


def _without_bom(head: bytes) -> bytes:
    return head.removeprefix(_BOMS[0])


def looks_like_text(head: bytes) -> bool:
    """Tell whether bytes are text in some encoding: no NUL (but in UTF-16), hardly any control character."""
    if head.startswith(_BOMS):
        return True
    if b"\0" in head:
        return utf16_without_mark(head) is not None
    # TCVN3 uses some control positions for rare capitals: tolerate a few, but never the escape of binary formats.
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return controls * 50 < len(head)


def utf16_without_mark(head: bytes) -> str | None:
    """Return ``utf-16-le`` or ``utf-16-be`` when every second byte is mostly zero, as in Latin text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    return None


def _mismatch(path: Path, name: str, extension: str, kind: Kind) -> str:
    if kind.code == "ole" and extension in {"docx", "xlsx", "pptx"} and _ENCRYPTED_PACKAGE in path.read_bytes()[:65536]:
        return f"Tệp “{name}” đặt mật khẩu mở: hãy gỡ mật khẩu rồi tải lên lại."
    if extension in {"docm", "xlsm", "pptm", "dotm", "xltm"}:
        return f"Tệp “{name}” chứa macro nên không được nhận: hãy lưu lại thành .{kind.extensions[0]} rồi tải lên."
    return (
        f"Tệp “{name}” mang đuôi .{extension} nhưng nội dung là {kind.name}: "
        f"hãy kiểm tra lại, hoặc lưu đúng loại rồi tải lên."
    )
