"""Files that came from outside: read as a document and held against the rules of form, in a process of its own.

A file that was received stays as it is: what is mended is a copy, to be taken away.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lienthong.catalogue.models import DocumentType
from lienthong.files import sandbox, storage
from lienthong.files.models import StoredFile
from lienthong.formatting import strangers
from lienthong.formatting.checking import Finding
from lienthong.formatting.differences import Change, compare
from lienthong.formatting.reading.docx import ReadDocument
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold

SECONDS = 20
KINDS = frozenset({"docx", "pdf"})
"""Kinds of files of which the form can be measured."""
ONLY_WORD = "Chỉ lấy được nội dung từ tệp Word .docx. Hãy mở bằng Word, lưu lại dạng .docx rồi tải lên."
ONLY_MEASURED = "Chỉ kiểm tra được thể thức của tệp Word .docx và PDF có chữ."


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """What is not right in a file: what one click mends, what somebody must mend, and which words the click changes."""

    mended: Sequence[Finding]
    left: Sequence[Finding]
    changes: Sequence[Change]

    @property
    def is_right(self) -> bool:
        """Tell whether nothing was found."""
        return not self.mended and not self.left


def read_word(file: StoredFile) -> ReadDocument:
    """Read a received DOCX; refuses other kinds and what the reader cannot read in its limits."""
    if file.blob.kind != "docx":
        raise Refusal(ONLY_WORD, field="file")
    with storage.on_disk(file.blob.path) as path:
        return strangers.read_back(sandbox.run("word", seconds=SECONDS, path=str(path)))


def check_of(file: StoredFile, *, on: dt.date, type_code: str = "") -> FormCheck:
    """Hold a received DOCX or PDF against the rules of its day (of ``on`` where it bears none)."""
    return _check(file.blob.path, file.blob.kind, on, type_code, _abbreviations(on))


def mended_copy(file: StoredFile, *, on: dt.date, type_code: str = "") -> bytes:
    """Return a copy of a received DOCX with every certain mend made; the file itself stays as it came."""
    if file.blob.kind != "docx":
        raise Refusal("Chỉ sửa tự động được tệp Word .docx.", field="file")
    with tempfile.TemporaryDirectory(prefix="mended-") as folder:
        to = Path(folder) / "mended.docx"
        _run(file.blob.path, file.blob.kind, on, type_code, _abbreviations(on), to=str(to))
        return to.read_bytes()


@lru_cache(maxsize=64)
def _check(
    stored: str, kind: str, on: dt.date, type_code: str, abbreviations: tuple[tuple[str, str], ...]
) -> FormCheck:
    """Measure once: contents are named by their hash and never change."""
    found = _run(stored, kind, on, type_code, abbreviations)
    left = strangers.findings_back(found["left"])
    still = {one.rule for one in left}
    findings = strangers.findings_back(found["findings"])
    mended = tuple(one for one in findings if one.mend and one.rule not in still)
    return FormCheck(mended=mended, left=left, changes=compare(found["before"], found["after"]))


def _run(
    stored: str, kind: str, on: dt.date, type_code: str, abbreviations: tuple[tuple[str, str], ...], *, to: str = ""
) -> dict[str, Any]:
    if kind not in KINDS:
        raise Refusal(ONLY_MEASURED, field="file")
    with storage.on_disk(stored) as path:
        return sandbox.run(
            "form",
            seconds=SECONDS,
            path=str(path),
            kind=kind,
            on=on.isoformat(),
            type_code=type_code,
            abbreviations=dict(abbreviations),
            to=to,
        )


def _abbreviations(on: dt.date) -> tuple[tuple[str, str], ...]:
    rows = DocumentType.objects.in_force(on).exclude(abbreviation="").values_list("name", "abbreviation")
    return tuple(sorted((fold(name), abbreviation) for name, abbreviation in rows))
