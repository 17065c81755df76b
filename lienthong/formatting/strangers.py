"""What is done with a stranger's file in a process of its own: its results as plain values, and back.

``files.sandbox`` runs these; nothing here is called with a file from outside in the process that answers requests.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lienthong.formatting.checking.check import Finding, check
from lienthong.formatting.mending.docx import mend_docx
from lienthong.formatting.official import Appendix, Official
from lienthong.formatting.reading.docx import ReadDocument, read_docx
from lienthong.formatting.reading.docx_losses import Loss
from lienthong.formatting.reading.measure_docx import measure_docx
from lienthong.formatting.reading.measure_pdf import measure_pdf
from lienthong.formatting.reading.measured import Measured


def read(path: Path) -> dict[str, Any]:
    """Return what a DOCX holds, as ``read_back`` takes it."""
    with path.open("rb") as file:
        found = read_docx(file)
    official = asdict(found.official) | {"date": found.official.date.isoformat() if found.official.date else None}
    return {
        "official": official,
        "losses": [asdict(loss) for loss in found.losses],
        "has_head": found.has_head,
        "has_signing": found.has_signing,
    }


def read_back(values: Mapping[str, Any]) -> ReadDocument:
    """Return what ``read`` found."""
    given = dict(values["official"])
    given["date"] = dt.date.fromisoformat(given["date"]) if given["date"] else None
    given["appendices"] = tuple(Appendix(**one) for one in given["appendices"])
    given |= {name: tuple(given[name]) for name in ("addressees", "signing", "recipients")}
    losses = tuple(Loss(**one) for one in values["losses"])
    return ReadDocument(Official(**given), losses, values["has_head"], values["has_signing"])


def check_form(
    path: Path, kind: str, *, on: dt.date, type_code: str, abbreviations: Mapping[str, str], to: Path | None = None
) -> dict[str, Any]:
    """Return what is not as the rules ask, what would be left after the certain mends, and the words before and after.

    The mended DOCX is written to ``to`` where that is given.
    """
    content = path.read_bytes()
    measured = _measured(content, kind)
    found = check(measured, on=on, type_code=type_code, abbreviations=abbreviations)
    after, left = measured, found
    if kind == "docx" and any(one.mend for one in found):
        content = mend_docx(content, found, on=on)
        after = _measured(content, kind)
        left = check(after, on=on, type_code=type_code, abbreviations=abbreviations)
    if to is not None:
        to.write_bytes(content)
    return {
        "findings": [asdict(one) for one in found],
        "left": [asdict(one) for one in left],
        "before": measured.text,
        "after": after.text,
    }


def findings_back(values: list[dict[str, Any]]) -> tuple[Finding, ...]:
    """Return findings from plain values."""
    return tuple(Finding(**one) for one in values)


def _measured(content: bytes, kind: str) -> Measured:
    return measure_pdf(content) if kind == "pdf" else measure_docx(io.BytesIO(content))
