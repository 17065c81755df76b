"""Pieces of WordprocessingML: runs, paragraphs, rules and tables, with the properties of official documents."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls
from PIL import ImageFont

from lienthong.formatting.blocks import clean
from lienthong.formatting.setting import fonts

FONT = "Times New Roman"
TWIPS = 1440 / 25.4


def run(
    text: str,
    *,
    size: float,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    caps: bool = False,
    colour: str = "",
) -> str:
    """Return a run of words in one style; ``size`` in pt."""
    properties = (
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}" w:eastAsia="{FONT}"/>'
        + "<w:b/>" * bold
        + "<w:i/>" * italic
        + "<w:caps/>" * caps
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/>'
        + '<w:u w:val="single"/>' * underline
    )
    words = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>"


def paragraph(
    runs: str,
    *,
    align: str = "left",
    first: float = 0.0,
    left: float = 0.0,
    right: float = 0.0,
    hanging: float = 0.0,
    before: float = 0.0,
    after: float = 0.0,
    line: float = 1.0,
    keep: bool = False,
    borders: str = "",
) -> str:
    """Return a paragraph: indents in mm, spaces in pt, ``line`` as parts of a single line."""
    indent = f'w:left="{left * TWIPS:.0f}" w:right="{right * TWIPS:.0f}"'
    indent += f' w:hanging="{hanging * TWIPS:.0f}"' if hanging else f' w:firstLine="{first * TWIPS:.0f}"'
    return (
        f"<w:p {nsdecls('w')}><w:pPr>"
        + ("<w:keepNext/><w:keepLines/>" if keep else "")
        + (f"<w:pBdr>{borders}</w:pBdr>" if borders else "")
        + f'<w:spacing w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="{line * 240:.0f}"'
        + ' w:lineRule="auto"/>'
        + f'<w:ind {indent}/><w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'
    )


def border(*sides: str, size: int = 6, space: int = 1, colour: str = "auto") -> str:
    """Return the sides of a frame around a paragraph, ``space`` pt from its words."""
    return "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>' for side in sides)


def frame(colour: str = "auto") -> str:
    """Return a frame of 8 mm around one line of 13 pt, as wide as the paragraph."""
    upright = {"top": 4, "left": 0, "bottom": 4, "right": 0}
    return "".join(border(side, space=space, colour=colour) for side, space in upright.items())


def rule(width: float, room: float, *, shift: float = 0.0) -> str:
    """Return a thin line of a width (mm) in the middle of a room."""
    side = max(0.0, (room - width) / 2)
    tiny = '<w:r><w:rPr><w:sz w:val="4"/></w:rPr></w:r>'
    text = paragraph(tiny, align="center", left=side + shift, right=side, borders=border("top"))
    return text.replace('w:line="240" w:lineRule="auto"', 'w:line="60" w:lineRule="exact"')


def table(columns: Iterable[float], rows: Iterable[Iterable[str]], *, bordered: bool = False, heads: int = 0) -> str:
    """Return a table: widths in mm, cells as the XML of their paragraphs."""
    widths = [round(width * TWIPS) for width in columns]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = "".join(
        f'<w:{side} w:val="{"single" if bordered else "nil"}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    padding = round((1.5 if bordered else 0.0) * TWIPS)
    lines = []
    for number, row in enumerate(rows):
        properties = "<w:tblHeader/>" if number < heads else "" if bordered else "<w:cantSplit/>"
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        lines.append(f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>")
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{padding}" w:type="dxa"/>'
        f'<w:right w:w="{padding}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(lines)}</w:tbl>"
    )


def width_of(text: str, *, size: float, bold: bool = False) -> float:
    """Return how long a line of text is, in mm."""
    file = fonts.DIRECTORY / "700Bold" / "Tinos_700Bold.ttf" if bold else fonts.REGULAR
    return ImageFont.truetype(str(file), 100).getlength(fonts.printable(text)) * size / 100 * 25.4 / 72
