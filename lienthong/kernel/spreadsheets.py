"""Tables for people's spreadsheets: written row by row, and no cell ever runs as a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | dt.datetime | None
RISKY = ("=", "+", "-", "@", "\t", "\r")
WIDEST, NARROWEST = 60, 8


def harmless(value: Cell) -> Cell:
    """Return a value that no spreadsheet program runs: text that could begin a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(RISKY) else value


def write_table(
    stream: IO[bytes],
    *,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    heading: Sequence[str] = (),
    widths: Sequence[int] = (),
) -> None:
    """Write one sheet to a stream in constant memory: heading lines, the columns in bold, then the rows."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(title[:31])
    for position, column in enumerate(columns):
        width = widths[position] if position < len(widths) else max(NARROWEST, min(WIDEST, len(column) + 4))
        sheet.column_dimensions[get_column_letter(position + 1)].width = width
    sheet.freeze_panes = f"A{len(heading) + 2}"
    _set_for_paper(sheet, head=len(heading) + 1)
    wrapped = _styled(sheet, "")
    try:
        for line in heading:
            sheet.append([_styled(sheet, line, bold=True)])
        sheet.append([_styled(sheet, column, bold=True) for column in columns])
        for row in rows:
            sheet.append([_like(wrapped, harmless(value)) for value in row])
    except BaseException:  # whoever gives the rows stops: the half-written sheet in the temporary directory goes too
        sheet.close()
        sheet._writer.cleanup()  # noqa: SLF001 - the library leaves it to the end of the process
        raise
    book.save(stream)


def _set_for_paper(sheet: Any, *, head: int) -> None:
    """Print on A4 across, as wide as the page, the head of the table on every page and its number below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.oddFooter.center.text = "&P/&N"


def _styled(sheet: Any, value: str, *, bold: bool = False) -> SheetCell:
    cell: SheetCell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def _like(model: Any, value: Cell) -> Any:
    """Return text in the style of another cell, shared: to work out a style for each takes most of the time."""
    if not isinstance(value, str):
        return value
    cell: Any = WriteOnlyCell(model.parent, value=value)
    cell.data_type = "s"
    cell._style = model._style  # noqa: SLF001 - as the library copies styles itself
    return cell
