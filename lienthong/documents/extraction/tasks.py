"""Work that a directive document gives: its numbered assignments ("1. Sở TT&TT chủ trì, phối hợp …"), as proposals."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import islice, zip_longest

from lienthong.documents.extraction import dates, deadlines, signer, units
from lienthong.documents.extraction.deadlines import NamedDeadline
from lienthong.documents.extraction.page import BODY, Page
from lienthong.kernel.vietnamese import nfc

_ITEM = re.compile(
    r"^[ \t|]*(?P<number>Điều\s+\d+|\d{1,2}(?:\.\d{1,2}){0,2}|[IVX]{1,5}|[a-zđ])[.)][ \t]+(?=\S)"
    r"|^[ \t|]*(?P<dash>[-+•])[ \t]+(?=\S)",
    re.MULTILINE,
)
_VERB = (
    r"(?:chủ trì|có trách nhiệm|phối hợp|khẩn trương|xây dựng|tham mưu|tổ chức|rà soát|hướng dẫn|chỉ đạo|kiểm tra"
    r"|báo cáo|tổng hợp|nghiên cứu"
    r"|đề xuất|triển khai|thực hiện|hoàn thành|tiếp tục|tăng cường|trình|thẩm định|bố trí|theo dõi|đôn đốc|cung"
    r" cấp|lập|chủ động|quan tâm|căn cứ|làm)"
)
_GIVEN = re.compile(
    rf"^(?:Giao(?: cho)?|Yêu cầu|Đề nghị|Phân công|Trách nhiệm"
    rf" của)?\s*(?P<lead>[A-ZĐÀ-Ỵ][^:;.]{{1,160}}?)\s*(?P<join>:|,?\s+(?=\(?{_VERB}\b)|$)",
    re.DOTALL,
)
_CO = re.compile(
    rf"phối hợp(?:\s+chặt chẽ)?(?:\s+(?:với"
    rf"|cùng))?\s+(?P<co>[^:;.]{{3,200}}?)(?=,?\s+(?:{_VERB.removeprefix('(?:').removesuffix(')')}|để|nhằm)\b"
    rf"|[:;.]|$)",
    re.DOTALL,
)
_PRODUCT = re.compile(
    r"(?:trình|ban hành|xây dựng|gửi|lập)\s+(?:\w+\s+){0,6}?(?P<product>(?:kế hoạch|báo cáo|đề án|dự thảo|tờ"
    r" trình|quyết định|phương án|quy chế)[^,;.\n]{0,60})",
    re.IGNORECASE,
)
_UNIT_START = re.compile(
    r"^(?:Các\s+)?(?:Sở|sở|UBND|Ủy ban|HĐND|Bộ|bộ|Văn phòng|Thanh tra|Công an|Chi cục|Cục|Tổng cục|Ban|Phòng"
    r"|Trung tâm|Bệnh viện|Đài|Báo|Kho bạc|Ngân hàng"
    r"|Bảo hiểm|Viện|Hội|Liên đoàn|Mặt trận|Tỉnh đoàn|Công ty|Thủ trưởng|Chủ tịch|Giám đốc|Chánh|Cơ quan|cơ quan"
    r"|đơn vị|Đơn vị|địa phương|Trưởng|Bưu điện|Viễn thông|huyện|Trường)"
)
MOST = 300
LIST = 1_500
"""A list of recipients is not longer."""


@dataclass(frozen=True, slots=True)
class ProposedTask:
    """One assignment found in a text; a person decides whether it becomes a task."""

    number: str
    title: str
    lead_text: str
    lead_names: tuple[str, ...]
    co_text: str
    co_names: tuple[str, ...]
    product: str
    deadline_phrase: str
    due: dt.date | None
    quote: str
    start: int
    end: int


def items(text: str) -> list[ProposedTask]:
    """Return the assignments of a decision, plan, conclusion or letter, in their order."""
    page = Page(nfc(text[:BODY]))
    heading = dates.in_heading(page)
    named = deadlines.find(page, heading[0] if heading else None)
    lists = [
        (match.start(), match.start() + LIST) for match in islice(signer.RECIPIENTS.finditer(page.plain, page.body), 40)
    ]
    marks = [
        mark
        for mark in islice(_ITEM.finditer(page.text, page.body), 20_000)
        if not any(start <= mark.start() < end for start, end in lists)
    ]
    found: list[ProposedTask] = []
    parent = ""
    for mark, following in zip_longest(marks, marks[1:]):
        end = min(following.start() if following else len(page.text), mark.end() + 3_000)
        end = min([start for start, _ in lists if start >= mark.end()] + [end])
        task = _task(page, mark, end, named, parent)
        if task:
            found.append(task)
        if mark["number"]:
            parent = _lead_only(page.text[mark.end() : end])
        if len(found) >= MOST:
            break
    return found


def _task(page: Page, mark: re.Match[str], end: int, named: list[NamedDeadline], parent: str) -> ProposedTask | None:
    quote = page.text[mark.end() : end].strip()
    sentence = re.sub(r"\s+", " ", quote)
    lead, rest = _lead(sentence)
    if not lead and parent and mark["dash"]:
        lead, rest = parent, sentence
    if not lead or len(rest) < 12:
        return None
    co = _CO.search(rest)
    co_text = units.tidy(co["co"]) if co else ""
    product = _PRODUCT.search(rest)
    due = next((deadline for deadline in named if mark.end() <= deadline.start < end), None)
    return ProposedTask(
        number=re.sub(r"\s+", " ", mark["number"] or ""),
        title=_title(rest),
        lead_text=lead,
        lead_names=tuple(units.split(lead)),
        co_text=co_text,
        co_names=tuple(units.split(co_text)),
        product=product["product"].strip() if product else "",
        deadline_phrase=due.phrase if due else "",
        due=due.due if due else None,
        quote=quote,
        start=mark.end(),
        end=mark.end() + len(quote),
    )


def _lead(sentence: str) -> tuple[str, str]:
    """Return who leads and what is to be done."""
    match = _GIVEN.match(sentence)
    if match is None or not _UNIT_START.match(match["lead"]):
        return "", ""
    return units.tidy(match["lead"]), sentence[match.end() :].strip(" :,")


def _lead_only(item: str) -> str:
    """Return the unit of an item that names nobody's work itself but heads the dashes under it ("1. Sở Y tế:")."""
    line = re.sub(r"\s+", " ", item).strip()
    return units.tidy(line) if len(line) < 160 and line.endswith(":") and _UNIT_START.match(line) else ""


def _title(rest: str) -> str:
    first = re.split(r"(?<=[^.\d])[.;](?:\s|$)", rest, maxsplit=1)[0].strip(" ,:./")
    title = first if len(first) <= 240 else first[:240].rpartition(" ")[0] + " …"
    return title[:1].upper() + title[1:]
