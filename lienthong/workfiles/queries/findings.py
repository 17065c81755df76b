"""One thing that stands in the way of closing a file, and what the wholes in it (cases) bring up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from lienthong.kernel.subjects import Subject
from lienthong.workfiles import fileable
from lienthong.workfiles.fileable import Part
from lienthong.workfiles.models import Filing

MENDS = {
    "take_out": "Đưa ra khỏi hồ sơ",
    "refresh": "Lấy lại thông tin",
    "end_date": "Lấy ngày văn bản cuối",
    "retention": "Đã soát thời hạn",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to solve: in words, at which filing, how one click mends it; ``blocks`` unless overruled."""

    code: str
    message: str
    filing: Filing | None = None
    mend: str = ""
    blocks: bool = True
    url: str = ""
    task: Subject | None = None

    @property
    def verb(self) -> str:
        """What the button of the mend says."""
        return MENDS.get(self.mend, "")


def of_wholes(filings: list[Filing]) -> list[Finding]:
    """Return what is to be said of the cases in a file: running again, grown since, a result recalled, pages unsaid."""
    wholes: dict[str, list[Filing]] = defaultdict(list)
    for one in filings:
        if one.whole_id is None:
            wholes[one.subject_kind].append(one)
    parts: dict[int, list[Filing]] = defaultdict(list)
    for one in filings:
        if one.whole_id is not None:
            parts[one.whole_id].append(one)
    found = _voided(filings)
    for word, rows in wholes.items():
        kind = fileable.find(word)
        if kind is None:
            continue
        keys = [row.subject_id for row in rows]
        refused, now = kind.refused(keys), kind.parts(keys)
        for row in rows:
            if why := refused.get(row.subject_id):
                found.append(Finding("running", why, row, "take_out"))
            found += _grown(row, parts[row.pk], now.get(row.subject_id, ()))
            found += _unmeasured(row, parts[row.pk])
    return found


def _grown(whole: Filing, lying: list[Filing], now: Sequence[Part]) -> list[Finding]:
    known = {one.subject for one in lying}
    fresh = [part for part in now if part.subject not in known]
    if not fresh:
        return []
    names = "; ".join(part.particulars.title for part in fresh[:3])
    message = f"{whole.symbol} {whole.title}: có thêm {len(fresh)} giấy tờ chưa vào hồ sơ ({names})."
    return [Finding("grown", message, whole, "refresh", blocks=False)]


def _unmeasured(whole: Filing, lying: list[Filing]) -> list[Finding]:
    without = [one for one in lying if one.pages is None and _is_paper(one)]
    if not without:
        return []
    message = f"{whole.symbol} {whole.title}: {len(without)} giấy tờ chưa ghi số trang."
    return [Finding("part_pages", message, whole, blocks=False)]


def _is_paper(one: Filing) -> bool:
    kind = fileable.find(one.subject_kind)
    return kind is not None and kind.has_pages


def _voided(filings: list[Filing]) -> list[Finding]:
    rows: dict[str, list[Filing]] = defaultdict(list)
    for one in filings:
        rows[one.subject_kind].append(one)
    found = []
    for word, some in rows.items():
        kind = fileable.find(word)
        gone = set(kind.voided([one.subject_id for one in some])) if kind else set()
        words = "Đã bị thu hồi sau khi đưa vào hồ sơ: {}. Giữ để làm chứng hoặc đưa ra."
        found += [
            Finding("recalled", words.format(f"{one.symbol} {one.title}".strip()), one, "take_out", blocks=False)
            for one in some
            if one.subject_id in gone
        ]
    return found
