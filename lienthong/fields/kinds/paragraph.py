"""Some lines of text."""

from __future__ import annotations

from lienthong.fields.kinds.text import Text


class Paragraph(Text):
    """Đoạn văn: several lines, at most ``max_length`` letters."""

    name = "paragraph"
    label = "Nhiều dòng chữ"
    options = {"max_length": 4000}
    lines = True


KIND = Paragraph()
