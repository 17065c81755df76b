"""A made-up index of any size: titles, symbols and texts whose words are as unevenly common as in real papers."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from itertools import accumulate

from lienthong.search import lexemes

PROVINCE = 1_000_000_001
"""The audience that reads everything."""
DEPARTMENTS = range(1_000_000_002, 1_000_000_042)
NARROW_POST = -1_000_000_000
"""The audience that reads fifty entries, evenly spread."""
RARE_WORD = "Xơđăng"
NEVER_TOGETHER = ("Cơtu", "Giarai")
"""Two words that are common by themselves (each in every tenth entry) and never stand in one entry."""

COMMON = """
của và các về việc có trong tỉnh công được số cho thực hiện quy định theo quản lý nhân dân với để ủy ban nhà nước đến
tại nghị quyết kế hoạch xây dựng phát triển thông tin đề án dự đầu tư tổ chức triển khai năm giao sở phòng huyện xã
tăng cường công tác chỉ đạo văn bản hành chính cải cách thủ tục hướng dẫn kiểm tra báo cáo kết quả tình hình đất đai
kinh tế xã hội giáo dục đào tạo y tế môi trường tài nguyên giao thông vận tải nông nghiệp nông thôn đường điện nước
bảo vệ rừng biển đảo thủy sản du lịch văn hóa thể thao lao động thương binh chính sách hỗ trợ hộ nghèo vay vốn
ngân sách thu chi thuế phí lệ hóa đơn chứng thẩm phê duyệt điều chỉnh bổ sung sửa đổi ban hành quyết ngày tháng căn cứ
luật đề nghị trình ký chủ tịch phó giám đốc chánh viên trưởng cán bộ chức thi đua khen thưởng kỷ luật tiếp dân
khiếu nại tố cáo phòng chống tham nhũng thiên tai dịch bệnh cháy nổ an ninh trật tự quốc giao lưu tuyên truyền
phổ biến pháp luật
""".split()  # noqa: SIM905 - a word list reads better as words
_INITIALS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x".split()  # noqa: SIM905
_RHYMES = "ang ương uyên iêng oan ân ôi ầu ịch ớp ặng ủy ũng ọc è ỉnh ố ừng ạo ấy uất ồng".split()  # noqa: SIM905
VOCABULARY = list(dict.fromkeys([*COMMON, *(f"{initial}{rhyme}" for rhyme in _RHYMES for initial in _INITIALS)]))
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))
_TYPES = ("QĐ-UBND", "TB-UBND", "KH-UBND", "UBND-TH", "BC-STTTT", "TTr-SKHĐT", "CV-SNV", "GM-VP")
_START = dt.datetime(2013, 1, 1, tzinfo=dt.UTC)


def rows(size: int) -> Iterator[tuple[object, ...]]:
    """Yield the rows of the index, oldest first: id, subject, kind, title, symbol, body, year, state, at, tsv."""
    chance = random.Random(2014)  # noqa: S311 - made-up data, the same every time
    every = max(size // 50, 1)
    for pk in range(1, size + 1):
        words = chance.choices(VOCABULARY, cum_weights=_WEIGHTS, k=78)
        if pk % 10 == 0:
            words.append(NEVER_TOGETHER[pk // 10 % 2])
        if pk % 100_003 == 7:
            words.append(RARE_WORD)
        title = " ".join(words[:18]).capitalize()
        body = " ".join(words[18:])
        symbol = f"{chance.randint(1, 4000)}/{chance.choice(_TYPES)}"
        at = _START + dt.timedelta(minutes=pk * 5_000_000 // size)
        audiences = [PROVINCE, chance.choice(DEPARTMENTS), chance.choice(DEPARTMENTS), -1_000_000_000 - 1 - pk % 2000]
        if pk % every == 0:
            audiences.append(NARROW_POST)
        kind = "task" if pk % 3 == 0 else "incoming"
        filters = lexemes.filter_lexemes(audiences, kind=kind, year=at.year) | lexemes.slice_lexemes(pk)
        vector = " ".join(
            (
                lexemes.vector(lexemes.title_lexemes(title, symbol), "A"),
                lexemes.vector(filters, "B"),
                lexemes.vector(lexemes.body_lexemes(body), "D"),
            )
        )
        state = "open" if pk > size * 0.95 else "done"
        yield pk, "bench", pk, kind, title, symbol, body, at.year, state, at, vector
