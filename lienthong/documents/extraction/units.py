"""Units named in a sentence: who has to do what it says."""

from __future__ import annotations

import re

from lienthong.documents.extraction.page import Page

_NAME = (
    r"(?:(?:các|Các)\s+)?(?:Sở|sở|UBND|Ủy ban nhân dân|HĐND|Bộ|bộ|Văn phòng|Thanh tra|Công an|Chi cục|Cục|Tổng"
    r" cục|Vụ|Ban|Phòng|Trung tâm|"
    r"Bệnh viện|Trường|Đài|Báo|Kho bạc|Ngân hàng|Bảo hiểm|Tòa án|Viện|Hội|Liên đoàn|Mặt trận|Tỉnh đoàn|Đoàn|Công"
    r" ty|Tập đoàn|Viễn thông|"
    r"Bưu điện|Thủ trưởng|Chủ tịch|Giám đốc|Trưởng|Cơ quan|cơ quan|Đơn vị|đơn vị|địa phương|phòng|huyện|xã|trường"
    r"|bệnh viện|trung tâm)"
)
_UNIT = re.compile(
    rf"(?<![\w]){_NAME}(?=[\s,:;.])(?:(?!\s+(?:chủ trì|phối hợp|có trách nhiệm|báo cáo|gửi|xây dựng|thực hiện|tổ"
    rf" chức|khẩn trương|rà soát|tham mưu"
    r"|căn cứ|triển khai|hoàn thành|lập|cử|chịu|theo|nghiên cứu|quan tâm|tiếp tục|tăng cường|kiểm tra|chỉ đạo"
    r"|hướng dẫn|đề xuất|tổng hợp|có văn bản"
    r"|có ý kiến|được|đã|phải|cần|nộp|đăng ký|bố trí|cung cấp|thẩm định|trình|trước|chậm|để|trong"
    r"|tại)\b)[^:;.\n(]){0,160}"
)
_RECIPIENT = re.compile(
    r"(?:gửi|về|cho|qua|trình|tại|của|thuộc|với|từ|theo|báo cáo|kính|do|ý kiến|và gửi|thay)\s*(?:về\s*)?$",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"\n\s*\n|\n\s*(?=[-+•*]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)\s|Điều\s+\d)|(?<=[.;])\s+(?=[A-ZĐÀ-Ỵ])"
)
REACH = 1_500


def concerned(page: Page, place: int) -> str:
    """Return the unit whose work the words at a place limit: the first of its sentence, else of the item above it."""
    if page.text[place : place + 1].isupper():
        unit = _first(re.split(r"[.;]\s|\n\s*\n", page.text[place : place + 300])[0])
        if unit:
            return unit
    start = max(page.body, place - REACH)
    before = page.text[start:place]
    pieces = _PARAGRAPH.split(before)
    for piece in reversed(pieces[-4:]):
        unit = _first(piece)
        if unit:
            return unit
    return ""


def _first(piece: str) -> str:
    for match in _UNIT.finditer(piece):
        if not _RECIPIENT.search(piece[max(0, match.start() - 14) : match.start()]):
            return tidy(match[0])
    return ""


def tidy(unit: str) -> str:
    """Return the words of a unit in one line, without what only joins it to the sentence."""
    unit = re.sub(r"\s+", " ", unit).strip(" ,:;.-")
    return re.sub(r",?\s+(?:và|chủ trì|phối hợp|đề nghị|yêu cầu)$", "", unit)


def split(unit: str) -> list[str]:
    """Return the single units of a list ("Sở Y tế, Sở Tài chính và UBND các huyện")."""
    parts = re.split(
        r",\s+(?=(?:Sở|UBND|Ủy ban|Bộ|Công an|Ban|Văn phòng|các|Cục|Chi cục|Thanh tra|Trung tâm|Phòng|Đài|Báo"
        r"|Hội)\b)",
        unit,
    )
    parts = [
        piece
        for part in parts
        for piece in re.split(r"\s+và\s+(?=(?:Sở|UBND|Ủy ban|Bộ|Công an|Ban|các|Các|Cục|Thanh tra)\b)", part)
    ]
    return [part.strip(" ,;") for part in parts if part.strip(" ,;")]
