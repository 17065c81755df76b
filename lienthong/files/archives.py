"""Packages (ZIP, DOCX, XLSX, ODF …): what they promise to unpack to, before anything unpacks them."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

from lienthong.files.kinds import Kind, limit
from lienthong.kernel.refusal import Refusal

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".jar", ".cab", ".iso")
_PROGRAMS = (
    ".exe", ".dll", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".msi",
    ".lnk", ".docm", ".xlsm", ".pptm",
)  # fmt: skip
_MACRO = re.compile(r"(vbaProject\.bin|/Basic/|macrosheets/)", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def check_archive(path: Path, name: str, kind: Kind) -> None:
    """Refuse a package that is damaged, locked, a bomb, or carries macros or programs."""
    _check_directory(path, name)
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
            _check_sizes(members, path.stat().st_size, name)
            if any(member.flag_bits & 1 for member in members):
                raise Refusal(f"Tệp “{name}” đặt mật khẩu: hãy gỡ mật khẩu rồi tải lên lại.", field="file")
            if kind.zip:
                _check_office(package, members, name, kind)
            else:
                _check_plain(package, members, name)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise damaged(name) from error


def damaged(name: str) -> Refusal:
    """Return the refusal of a file that cannot be read."""
    return Refusal(f"Tệp “{name}” bị hỏng, không mở được: hãy lấy lại bản gốc rồi tải lên.", field="file")


def _bomb(name: str) -> Refusal:
    return Refusal(
        f"Tệp “{name}” khi giải nén sẽ lớn bất thường nên không được nhận: hãy tách ra hoặc gửi từng tệp.", field="file"
    )


def _check_directory(path: Path, name: str) -> None:
    """Look at the end record by hand: a directory of millions of members is never loaded."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise damaged(name)
    count, directory = struct.unpack_from("<HI", tail, at + 10)
    at64 = tail.rfind(_END64)
    if at64 >= 0 and len(tail) - at64 >= 56:
        count, directory = struct.unpack_from("<QQ", tail, at64 + 32)
    if count > limit("archive_members") or directory > limit("archive_directory"):
        raise _bomb(name)


def _check_sizes(members: list[zipfile.ZipInfo], size: int, name: str) -> None:
    expanded = sum(member.file_size for member in members)
    if len(members) > limit("archive_members") or expanded > limit("archive_expanded"):
        raise _bomb(name)
    if expanded > limit("archive_small") and expanded > size * limit("archive_ratio"):
        raise _bomb(name)


def _check_office(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, kind: Kind) -> None:
    if any(_MACRO.search(member.filename) for member in members):
        raise Refusal(
            f"Tệp “{name}” chứa macro nên không được nhận: hãy lưu lại không có macro rồi tải lên.", field="file"
        )
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with package.open(member) as part:
                if _DOCTYPE.search(part.read(1024)):
                    raise Refusal(
                        f"Tệp “{name}” có khai báo XML không an toàn nên không được nhận: "
                        f"hãy mở bằng phần mềm văn phòng, lưu lại rồi tải lên.",
                        field="file",
                    )
    package.getinfo(kind.zip)


def _check_plain(package: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str) -> None:
    for member in members:
        lowered = member.filename.lower().rstrip(". ")
        if lowered.endswith(_PROGRAMS):
            raise Refusal(
                f"Tệp nén “{name}” chứa chương trình hoặc macro ({Path(member.filename).name[:60]}) "
                f"nên không được nhận.",
                field="file",
            )
        if lowered.endswith(_ARCHIVES):
            raise Refusal(f"Tệp nén “{name}” chứa tệp nén khác bên trong: hãy giải nén rồi gửi từng tệp.", field="file")
        if not member.is_dir() and not lowered.endswith((".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")):
            with package.open(member) as part:
                if part.read(4) == b"PK\x03\x04":
                    raise Refusal(
                        f"Tệp nén “{name}” chứa tệp nén khác bên trong: hãy giải nén rồi gửi từng tệp.", field="file"
                    )
