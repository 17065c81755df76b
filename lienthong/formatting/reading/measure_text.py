"""A document of which only the words are known (an imported text, a scan that was read by machine), as measured."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator

from lienthong.formatting.official import Official
from lienthong.formatting.reading.measure_docx import measure_docx
from lienthong.formatting.reading.measured import Letters, Line, Measured
from lienthong.formatting.setting.word import as_docx

_HALVES = re.compile(
    r"\s*\|\s*|\t+|\s{4,}|(?<=\S)\s*(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI)|(?<=\S)\s+(?=Độc lập\s*[-–])"
    r"|(?<=[A-ZĐ])[\s_-]+(?=[A-ZĐ]\w*(?:[\s.-]+[A-ZĐ]\w*){0,4},\s*ngày)"
)


def measure_text(text: str) -> Measured:
    """Measure a plain text: its lines, of which neither letters nor places are known."""
    lines: list[Line] = []
    for place, line in enumerate(text.splitlines()):
        parts = list(_halves(line))
        for number, part in enumerate(parts):
            side = "" if len(parts) == 1 else "left" if number == 0 else "right"
            lines.append(Line(place=place, letters=(Letters(part),), side=side))
    return Measured("text", (), tuple(lines))


def measure_official(official: Official, *, created: dt.datetime | None = None) -> Measured:
    """Measure a document as the system would set it in Word."""
    return measure_docx(io.BytesIO(as_docx(official, created=created)))


def _halves(line: str) -> Iterator[str]:
    yield from (part for part in _HALVES.split(line) if part.strip())
