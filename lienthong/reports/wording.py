"""Reports as the body of a draft, in the light markup of ``formatting``: pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from lienthong.reports.queries.processing import COLUMNS, Processing
from lienthong.tasks.classes import LABELS, Class
from lienthong.tasks.exports import due_words
from lienthong.tasks.models import Task

_ESCAPED = str.maketrans({"|": "\\|", "*": "\\*", "_": "\\_", "\n": " "})


def processing_body(report: Processing) -> str:
    """Return the monthly report of document processing as the body of a draft."""
    total = report.sum
    share = f", đạt {total.on_time_share}% đúng hạn" if total.on_time_share is not None else ""
    head = f"{report.agency.name} báo cáo kết quả xử lý văn bản từ ngày {report.since:%d/%m/%Y}"
    had = f"Phải giải quyết {total.had} việc (kỳ trước chuyển sang {total.carried}, giao trong kỳ {total.assigned})."
    done = f"Đã giải quyết {total.on_time + total.late} việc: đúng hạn {total.on_time}, trễ hạn {total.late}{share}."
    doing = f"Đang giải quyết {total.in_time + total.overdue} việc, trong đó quá hạn {total.overdue}."
    lines = [
        f"{head} đến ngày {report.until:%d/%m/%Y} như sau:",
        "1. Văn bản đến",
        f"Tiếp nhận, vào sổ {report.arrived} văn bản; trả lại nơi gửi {report.returned} văn bản.",
        f"{had} {done} {doing}",
        "2. Văn bản đi",
        f"Phát hành {report.issued} văn bản đi, {report.internal} văn bản nội bộ.",
        "3. Kết quả theo đơn vị",
        *table(COLUMNS, _rows(report)),
        "4. Tồn tại, nguyên nhân và kiến nghị",
        "…",
    ]
    return "\n".join(lines)


def programme_body(title: str, source: str, *, on: dt.date, tasks: Sequence[tuple[Task, Class]]) -> str:
    """Return the report on a programme (its roll-up) as the body of a draft: figures by class, then every task."""
    counts = [f"{LABELS[one].lower()} {many}" for one in Class if (many := sum(kind is one for _, kind in tasks))]
    by = f" theo {source}" if source else ""
    rows = [
        (task.number or "", task.title, task.lead_unit.short_name, due_words(task), f"{task.percent}%", kind.label)
        for task, kind in tasks
    ]
    lines = [
        f"Tính đến ngày {on:%d/%m/%Y}, kết quả thực hiện {title}{by} như sau:",
        "1. Kết quả chung",
        f"Có {len(tasks)} nhiệm vụ: {', '.join(counts)}." if tasks else "Chưa có nhiệm vụ nào.",
        "2. Kết quả từng nhiệm vụ",
        *table(("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Tiến độ", "Xếp loại"), rows, left=True),
        "3. Tồn tại, nguyên nhân và kiến nghị",
        "…",
    ]
    return "\n".join(lines)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, left: bool = False) -> list[str]:
    """Return a table in the markup: a head, a line of dashes (all but the first to the right, or all left), rows."""
    marks = ["---", *["---" if left else "---:" for _ in columns[1:]]]
    return [_line(columns), _line(marks), *(_line(row) for row in rows)]


def _rows(report: Processing) -> list[list[object]]:
    rows: list[list[object]] = [[line.unit.short_name, *line.counts.cells()] for line in report.lines]
    return [*rows, ["Cộng", *report.sum.cells()]]


def _line(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).translate(_ESCAPED) for cell in cells) + " |"
