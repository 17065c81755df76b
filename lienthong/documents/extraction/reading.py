"""Reading a document: the page, its landmarks, and one proposal for each field."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass

from lienthong.documents.extraction import abstract, dates, deadlines, doc_type, issuer, signer, symbol, urgency
from lienthong.documents.extraction.deadlines import NamedDeadline
from lienthong.documents.extraction.page import BODY, HEAD, Cell, Page
from lienthong.documents.extraction.proposal import Proposal, propose
from lienthong.documents.extraction.symbol import SymbolLine
from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.vietnamese import nfc

FIELDS = (
    "so_ky_hieu", "co_quan_ban_hanh", "co_quan_chu_quan", "ngay_ban_hanh", "loai_van_ban", "trich_yeu",
    "nguoi_ky", "chuc_vu", "do_khan", "han_xu_ly",
)  # fmt: skip
_ETH = str.maketrans("Ðð", "Đđ")
_NORMATIVE = {"Nghị định", "Thông tư", "Thông tư liên tịch", "Luật", "Pháp lệnh", "Văn bản hợp nhất"}


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in a text; a field is None where nothing could be proposed. Places refer to ``text``."""

    text: str
    encoding: str | None
    so_ky_hieu: Proposal | None
    co_quan_ban_hanh: Proposal | None
    co_quan_chu_quan: Proposal | None
    ngay_ban_hanh: Proposal | None
    loai_van_ban: Proposal | None
    trich_yeu: Proposal | None
    nguoi_ky: Proposal | None
    chuc_vu: Proposal | None
    do_khan: Proposal | None
    han_xu_ly: Proposal | None
    deadlines: tuple[NamedDeadline, ...]

    def values(self) -> dict[str, str | None]:
        """Return the proposed value of each field, None where there is none."""
        proposals: dict[str, Proposal | None] = {name: getattr(self, name) for name in FIELDS}
        return {name: found.value if found else None for name, found in proposals.items()}


def extract(text: str, *, filename: str = "") -> Extraction:
    """Propose the metadata of a document from its text; the file's name only confirms what the text says."""
    repaired, encoding = repair(nfc(text[:BODY]))
    page = Page(nfc(repaired).translate(_ETH))
    line = symbol.find(page)
    hidden = [
        page.motto,
        page.freedom,
        dates.span_in_heading(page),
        (line.start, line.end) if line else symbol.rough_span(page),
    ]
    heading = page.cells(0, min(page.body, HEAD), without=hidden)
    title = doc_type.title(heading)
    above, below = _parted(heading, line, title[0] if title else None)
    kind = doc_type.proposal(page, heading, line)
    date = dates.issued(page) or _cited_date(page, line)
    issued = dt.date.fromisoformat(date.value) if date else _first_of_month(page)
    bodies = issuer.find(page, above, line)
    name, posts = signer.find(page)
    named = deadlines.find(page, issued)
    return Extraction(
        text=page.text,
        encoding=encoding,
        so_ky_hieu=_confirmed(symbol.proposal(page, line), filename),
        co_quan_ban_hanh=bodies.issuer,
        co_quan_chu_quan=bodies.superior,
        ngay_ban_hanh=date,
        loai_van_ban=kind,
        trich_yeu=abstract.find(page, title[0] if title else None, below, is_named=doc_type.is_named(line)),
        nguoi_ky=name,
        chuc_vu=posts,
        do_khan=urgency.find(page, [*heading, *page.cells(page.body, page.body + 120, without=[])]),
        han_xu_ly=_main_deadline(page, named, issued, kind, line),
        deadlines=tuple(named),
    )


def _parted(heading: list[Cell], line: SymbolLine | None, title: Cell | None) -> tuple[list[Cell], list[Cell]]:
    """Part the heading: above the number and the title stand the bodies, below them the abstract."""
    about = next((cell.start for cell in heading if doc_type.ABOUT.match(cell.plain)), None)
    limits = [
        place for place in (line.start if line else None, title.start if title else None, about) if place is not None
    ]
    if not limits:
        return heading, heading
    above = [cell for cell in heading if cell.end <= min(limits)]
    return above or [cell for cell in heading if title is None or cell.end <= title.start], [
        cell for cell in heading if cell.start >= min(limits)
    ]


def _cited_date(page: Page, line: SymbolLine | None) -> Proposal | None:
    """Propose the date under which another document in the same file cites this one."""
    found = symbol.cited(page, line) if line else None
    if found is None:
        return None
    return propose(page.text, found.day.isoformat(), (found.start, found.end), 0.6, "Văn bản kèm theo dẫn ngày này")


def _first_of_month(page: Page) -> dt.date | None:
    """Return the first day of the document's month where its day cannot be read: enough to know what is past."""
    month = dates.month_in_heading(page)
    return dt.date(month[0], month[1], 1) if month else None


def _main_deadline(
    page: Page, named: list[NamedDeadline], issued: dt.date | None, kind: Proposal | None, line: SymbolLine | None
) -> Proposal | None:
    """Propose the deadline to work by; legal norms set terms, not deadlines for the receiver."""
    if (kind and kind.value in _NORMATIVE) or (line and line.year):
        return None
    found = deadlines.main(page, named, issued)
    if found is None or found.due is None:
        return None
    confidence = 0.85 if sum(deadline.due is not None for deadline in named) == 1 else 0.7
    return propose(page.text, found.due.isoformat(), (found.start, found.end), confidence, "Hạn nêu trong văn bản")


def _confirmed(found: Proposal | None, filename: str) -> Proposal | None:
    """Raise the confidence of a symbol whose number is also in the name of the file."""
    if found is None or not filename:
        return found
    number = re.match(r"\d+", found.value)
    in_name = number and re.search(rf"(?<!\d)0*{int(number[0])}(?!\d)", filename)
    return dataclasses.replace(found, confidence=max(found.confidence, 0.97)) if in_name else found
