"""A programme as papers: the table as XLSX, the closing report as a DOCX draft, both from the same rows."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from lienthong.kernel.clock import local, local_date
from lienthong.kernel.spreadsheets import write_table
from lienthong.tasks.classes import LABELS, Class, class_of
from lienthong.tasks.due import quarter_label
from lienthong.tasks.models import Programme, Report, Task

HEADINGS = (
    "STT",
    "Nhiệm vụ",
    "Chủ trì",
    "Phối hợp",
    "Sản phẩm",
    "Thời hạn",
    "Tiến độ",
    "Xếp loại",
    "Kết quả, lý do chậm",
)
WIDTHS = (6, 60, 22, 26, 26, 16, 10, 24, 50)


def due_words(task: Task) -> str:
    """Return the deadline as a table says it."""
    if task.due_at is None:
        return "Thường xuyên"
    day = local_date(task.due_at)
    return quarter_label(day) if task.deadline_kind == Task.DeadlineKind.QUARTER else f"{day:%d/%m/%Y}"


def co_workers(task: Task) -> str:
    """Return the units that co-work, as a table prints them."""
    return ", ".join(one.unit.short_name for one in task.participants.all() if one.role == "co_worker")


def lines(tasks: Sequence[Task], at: dt.datetime) -> list[list[str]]:
    """Return the rows of the table: tasks with participants and reports fetched before."""
    return [_line(task, at) for task in tasks]


def _line(task: Task, at: dt.datetime) -> list[str]:
    final = _result(task)
    result = (
        " ".join(filter(None, [final.text, f"Lý do chậm: {final.delay_reason}" if final.delay_reason else ""]))
        if final
        else ""
    )
    return [
        str(task.number or ""),
        task.title,
        task.lead_unit.short_name,
        co_workers(task),
        task.product,
        due_words(task),
        f"{task.percent}%",
        class_of(task, at).label,
        result,
    ]


def _result(task: Task) -> Report | None:
    standing = [one for one in task.reports.all() if one.is_final and one.withdrawn_at is None]
    return standing[-1] if standing else None


def xlsx(programme: Programme, tasks: Sequence[Task], at: dt.datetime) -> bytes:
    """Return the table as a workbook; what people typed is text, whatever it begins with."""
    out = io.BytesIO()
    heading = [programme.title, programme.source_text] if programme.source_text else [programme.title]
    write_table(out, title="Nhiệm vụ", columns=HEADINGS, rows=lines(tasks, at), heading=heading, widths=WIDTHS)
    return out.getvalue()


def closing_report(programme: Programme, tasks: Sequence[Task], at: dt.datetime) -> bytes:
    """Return the draft of the closing report: figures by class, what was done, what is late and why."""
    classes = [(task, class_of(task, at)) for task in tasks]
    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    _centred(paper, "BÁO CÁO", bold=True)
    _centred(paper, f"Kết quả thực hiện chương trình “{programme.title}”", bold=True)
    if programme.source_text:
        _centred(paper, f"(theo {programme.source_text})")
    paper.add_paragraph(f"Tính đến ngày {local(at):%d/%m/%Y}, chương trình có {len(tasks)} nhiệm vụ:")
    for one in Class:
        count = sum(legal is one for _, legal in classes)
        if count:
            paper.add_paragraph(f"{LABELS[one]}: {count} nhiệm vụ.", style="List Bullet")
    _section(
        paper, "1. Nhiệm vụ đã hoàn thành", [(t, c) for t, c in classes if c in (Class.DONE_ON_TIME, Class.DONE_LATE)]
    )
    _section(paper, "2. Nhiệm vụ quá hạn", [(t, c) for t, c in classes if c is Class.OVERDUE])
    rest = (Class.NOT_STARTED, Class.IN_TIME, Class.NO_DEADLINE, Class.SUSPENDED)
    _section(paper, "3. Nhiệm vụ đang thực hiện", [(t, c) for t, c in classes if c in rest])
    paper.add_paragraph("4. Kiến nghị, đề xuất").runs[0].bold = True
    paper.add_paragraph("…")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _centred(paper: Paper, text: str, *, bold: bool = False) -> None:
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(text).bold = bold


def _section(paper: Paper, heading: str, tasks: Sequence[tuple[Task, Class]]) -> None:
    paper.add_paragraph(heading).runs[0].bold = True
    if not tasks:
        paper.add_paragraph("Không có.")
    for task, legal in tasks:
        facts = "; ".join(_facts(task, legal))
        said = f"{task.number or '–'}. {task.title} ({facts})."
        final = _result(task)
        if final:
            said += f" Kết quả: {final.text}"
            if final.delay_reason:
                said += f" Lý do chậm: {final.delay_reason}"
        paper.add_paragraph(said)


def _facts(task: Task, legal: Class) -> list[str]:
    """Say who leads, with whom, by when, and how far it is; nothing twice."""
    facts = [task.lead_unit.short_name]
    if others := co_workers(task):
        facts.append(f"phối hợp: {others}")
    if legal is Class.NO_DEADLINE:
        facts.append("việc thường xuyên")
    else:
        facts += [f"hạn: {due_words(task)}", legal.label.lower()]
    if task.percent and not task.is_ended:
        facts.append(f"tiến độ {task.percent}%")
    return facts
