"""The statistics as a table of cells: the columns of the national form, then the measures of the house.

The first thirteen are those of biểu II.06 (Thông tư 01/2020/TT-VPCP) but for the running number; stopped cases and
those taken back follow, so that what there was to do is the sum of what became of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lienthong.cases.queries.statistics_counts import Counts, Statistics
from lienthong.exports.tables import Table

MEASURES = (  # the name of the figure, the words of its column
    ("had", "Tiếp nhận: tổng số"),
    ("online", "Tiếp nhận trong kỳ: trực tuyến"),
    ("otherwise", "Tiếp nhận trong kỳ: trực tiếp, bưu chính"),
    ("carried", "Từ kỳ trước"),
    ("solved", "Đã giải quyết: tổng số"),
    ("early", "Đã giải quyết: trước hạn"),
    ("on_time", "Đã giải quyết: đúng hạn"),
    ("late", "Đã giải quyết: quá hạn"),
    ("open", "Đang giải quyết: tổng số"),
    ("in_time", "Đang giải quyết: trong hạn"),
    ("overdue", "Đang giải quyết: quá hạn"),
    ("stopped", "Dừng xử lý, từ chối"),
    ("withdrawn", "Rút hồ sơ"),
)
SHARES = (
    ("paused", "Đang dừng tính hạn"),
    ("punctual_share", "Trước và đúng hạn (%)"),
    ("online_share", "Nộp trực tuyến (%)"),
    ("digital_share", "Số hóa giấy tờ, kết quả (%)"),
    ("average_days", "Thời gian trung bình (ngày)"),
    ("satisfaction", "Hài lòng (%)"),
)
FIRST = {"unit": "Cơ quan", "sector": "Lĩnh vực", "procedure": "Thủ tục", "channel": "Cách nộp", "month": "Tháng"}
Cell = str | int | float | None


def cells_of(counts: Counts) -> list[Cell]:
    """Return the figures in the order of the columns; what nobody knows is empty."""
    return [getattr(counts, name) for name, _ in (*MEASURES, *SHARES)]


def sheet_of(found: Statistics, *, owner: str) -> Table:
    """Return the statistics as a table to be written out."""
    rows: list[Sequence[Cell]] = [[line.name, *cells_of(line.counts)] for line in found.lines]
    rows.append(["Cộng", *cells_of(found.sum)])
    since, until = found.slice.since, found.slice.until
    return Table(
        title="Tình hình, kết quả giải quyết thủ tục hành chính",
        name=f"thong-ke-ho-so-{since:%Y%m%d}-{until:%Y%m%d}",
        owner=owner,
        lines=(f"Từ ngày {since:%d/%m/%Y} đến ngày {until:%d/%m/%Y}", "Theo biểu II.06, Thông tư 01/2020/TT-VPCP"),
        columns=(FIRST[found.group], *(label for _, label in (*MEASURES, *SHARES))),
        widths=(36, *(12 for _ in (*MEASURES, *SHARES))),
        total=len(rows),
        rows=lambda: rows,
    )
