"""Why a document goes back to its sender: what the check of form found in its file, as one text to go on with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from lienthong.documents.forms import LONGEST_RETURN
from lienthong.files.models import StoredFile
from lienthong.formatting.checking import Finding
from lienthong.stationery.uploaded import check_of

AGAIN = " Đề nghị sửa rồi gửi lại."
MORE = "; và {count} điểm khác."


def reason_of(file: StoredFile, picked: Collection[str], *, on: dt.date) -> str:
    """Return the reason that names the picked rules which a file breaks; empty where it breaks none of them."""
    check = check_of(file, on=on)
    found = [one for one in (*check.left, *check.mended) if one.rule in picked]
    return sentence(found)


def sentence(findings: Collection[Finding]) -> str:
    """Return findings as one text, each with what is wrong, no longer than a reason may be."""
    if not findings:
        return ""
    text = "Văn bản chưa đúng thể thức: "
    for number, one in enumerate(findings, start=1):
        point = f"{'; ' if number > 1 else ''}{number}. {_fault(one.message)}"
        if len(text) + len(point) + len(MORE) + len(AGAIN) > LONGEST_RETURN:
            return f"{text}{MORE.format(count=len(findings) - number + 1)}{AGAIN}"
        text += point
    return f"{text}.{AGAIN}"


def _fault(message: str) -> str:
    """Return what a finding says is wrong, without the last sentence: what to do about it."""
    said = re.sub(r"\s*\(Ở [^()]*\)$", "", message)
    return said.rstrip(".").rpartition(". ")[0].rstrip(".") or said.rstrip(".")
