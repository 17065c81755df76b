"""Holding a measured document against the rules of its day: findings in plain words, each once, by place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lienthong.formatting.checking.elements import Parts, identify
from lienthong.formatting.checking.kinds import KINDS, Context, Fault, clipped
from lienthong.formatting.checking.rules import Rule, Severity, rules
from lienthong.formatting.reading.measured import Measured
from lienthong.kernel.vietnamese import fold

ELEMENTS = {
    "page": "Trang", "page_number": "Số trang", "document": "Văn bản", "nation": "Quốc hiệu", "motto": "Tiêu ngữ",
    "superior": "Cơ quan chủ quản", "issuer": "Cơ quan ban hành", "symbol": "Số, ký hiệu",
    "dateline": "Địa danh, thời gian", "type_name": "Tên loại", "abstract": "Trích yếu", "letter_abstract": "Trích yếu",
    "addressees": "Kính gửi", "basis": "Căn cứ", "body": "Nội dung", "running": "Nội dung", "text": "Nội dung",
    "article": "Nội dung", "closing": "Cuối nội dung", "signing": "Chức vụ người ký", "signer": "Họ tên người ký",
    "recipients_label": "Nơi nhận", "recipients": "Nơi nhận", "urgency": "Độ khẩn", "secrecy": "Độ mật",
    "appendix_label": "Phụ lục", "appendix_note": "Phụ lục", "file": "Tệp",
}  # fmt: skip
"""What each element is called."""

SCAN = "scan"
UNKNOWN = "unknown"
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Điểm chưa đúng thể thức: which rule, how grave, what to do, where, how often; ``mend`` where one click does."""

    rule: str
    article: str
    severity: Severity
    message: str
    where: str
    mend: str | None = None
    count: int = 1
    verified: bool = True
    page: int = 0


def check(
    measured: Measured, *, on: dt.date, type_code: str = "", abbreviations: Mapping[str, str] | None = None
) -> tuple[Finding, ...]:
    """Return what is not as the rules of the document's day ask, by page and place; never raises.

    ``abbreviations`` gives those of the catalogue by folded type name ("quyet dinh": "QĐ"); ``type_code`` is the type
    as the catalogue knows it ("cong-van"), for a document whose pages leave it in doubt.
    """
    if measured.is_scan:
        return (_cannot(SCAN, "Tệp là bản quét (ảnh), không đo được chữ nên không kiểm tra được thể thức. "
                              "Hãy kiểm tra tệp Word gốc."),)  # fmt: skip
    parts = identify(measured)
    if not parts["document"]:
        return (_cannot(UNKNOWN, "Tệp không có chữ nào để kiểm tra thể thức. Hãy chọn tệp khác."),)
    context = Context(on, abbreviations or {})
    found = []
    for rule in rules(day_of(parts) or on):
        faults = list(faults_of(parts, rule, context, type_code=type_code))
        if faults:
            found.append((_place(faults[0]), _finding(parts, rule, faults)))
    return tuple(finding for _, finding in sorted(found, key=lambda pair: pair[0]))


def faults_of(parts: Parts, rule: Rule, context: Context, *, type_code: str = "") -> Iterator[Fault]:
    """Return the places where one rule is not kept."""
    if _applies(parts, rule.when, type_code):
        yield from KINDS[rule.kind](parts, rule, context)


def day_of(parts: Parts) -> dt.date | None:
    """Return the day that a document bears: it was set by the rules of that day."""
    match = _DATE.search(parts.text("dateline"))
    if match is None:
        return None
    try:
        return dt.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def _applies(parts: Parts, when: Mapping[str, Any], type_code: str) -> bool:
    if when.get("places") and parts.measured.origin == "text":
        return False
    if _type_of(parts, type_code) in when.get("not_types", ()):
        return False
    is_letter = type_code == "cong-van" if type_code else bool(parts["letter_abstract"]) or _looks_like_a_letter(parts)
    if "letter" in when and when["letter"] != is_letter:
        return False
    if "named" in when and when["named"] != bool(parts["type_name"]):
        return False
    return not ("has" in when and not parts[str(when["has"])])


def _type_of(parts: Parts, type_code: str) -> str:
    """Return the code of the type, from the name on the pages where it is not told."""
    return type_code or fold(parts.text("type_name")).replace(" ", "-")


def _looks_like_a_letter(parts: Parts) -> bool:
    """Tell from its symbol: "275/STTTT-CNTT" has no abbreviation of a type."""
    return not parts["type_name"] and bool(parts["addressees"])


def _place(fault: Fault) -> tuple[int, int]:
    if fault.lines:
        return fault.lines[0].page, fault.lines[0].place
    return fault.page, -1


def _finding(parts: Parts, rule: Rule, faults: list[Fault]) -> Finding:
    first = faults[0]
    count = len(faults)
    places = "trang" if rule.element in {"page", "page_number"} else "chỗ"
    words = {name: shown_value(value) for name, value in rule.values.items()}
    words |= {"text": clipped(first.lines[0].words) if first.lines else "", "found": "", "wanted": "", "match": ""}
    words |= {"type": parts.text("type_name"), "count": f" (ở {count} {places})" if count > 1 else ""} | dict(
        first.words
    )
    message = rule.message.format_map(words)
    if count > 1 and "{count}" not in rule.message:
        message = f"{message} (Ở {count} {places}.)"
    page = first.lines[0].page if first.lines else first.page
    return Finding(
        rule=rule.id,
        article=rule.reference,
        severity=rule.severity,
        message=message,
        where=_where(parts, rule, first, page),
        mend=rule.mend if parts.measured.origin == "docx" else None,
        count=count,
        verified=rule.verified,
        page=page,
    )


def _where(parts: Parts, rule: Rule, fault: Fault, page: int) -> str:
    name = ELEMENTS.get(rule.element, "Văn bản")
    if not fault.lines or rule.element not in {"document", "body", "running", "text", "article", "basis"}:
        return f"{name}, trang {page}" if page and parts.measured.origin == "pdf" else name
    place = next((name_ for name_ in ELEMENTS if name_ != "document" and fault.lines[0] in parts[name_]), rule.element)
    name = ELEMENTS.get(place, name)
    where = f"{name}: “{clipped(fault.lines[0].words)}”"
    return f"{where}, trang {page}" if parts.measured.origin == "pdf" else where


def shown_value(value: object) -> str:
    """Return a value of a rule as it stands in a message."""
    return f"{value:g}".replace(".", ",") if isinstance(value, int | float) else str(value)


def _cannot(rule: str, message: str) -> Finding:
    return Finding(rule=rule, article="", severity="advice", message=message, where="Tệp")


def abbreviations_of(types: Mapping[str, str]) -> dict[str, str]:
    """Return abbreviations by folded type name, from names as people write them."""
    return {fold(name): short for name, short in types.items() if short}
