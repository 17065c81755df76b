"""What stands where in a document, in which letters: the value that the rules of form are held against."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.vietnamese import nfc

T = TypeVar("T")

Origin = Literal["pdf", "docx", "text"]
Area = Literal["text", "cell", "grid", "header", "footer"]
LEGACY_FONTS = (".vn", "vni-", "vni ")


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of letters in one look; what is not known is None or empty."""

    text: str
    font: str = ""
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool = False
    colour: str = ""

    @property
    def is_legacy(self) -> bool:
        """Tell whether its font is from before Unicode (".VnTime", "VNI-Times")."""
        return self.font.lower().startswith(LEGACY_FONTS)


@dataclass(frozen=True, slots=True)
class Box:
    """Edges in mm from the left and the top of the page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Return the middle between left and right."""
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Line:
    """A printed line of the head or the end, a paragraph of the body; ``place`` is the paragraph that it belongs to.

    ``side`` is the half of the page it stands in, where it stands in one. Indents are in mm, spaces in pt.
    """

    place: int
    letters: tuple[Letters, ...]
    page: int = 1
    side: str = ""
    area: Area = "text"
    align: str = ""
    first: float | None = None
    left: float | None = None
    before: float | None = None
    after: float | None = None
    spacing: float | None = None
    box: Box | None = None
    ruled: bool | None = None

    @cached_property
    def raw(self) -> str:
        """Return its text as it is stored."""
        return "".join(run.text for run in self.letters)

    @cached_property
    def words(self) -> str:
        """Return its text as one line, composed, in Unicode."""
        text = self.raw
        if any(run.is_legacy for run in self.letters):
            text = repair(text)[0]
        return " ".join(nfc(text).split())

    @cached_property
    def shown(self) -> tuple[Letters, ...]:
        """Return the runs that show something."""
        return tuple(run for run in self.letters if run.text.strip())

    @property
    def size(self) -> float | None:
        """Return the size of most of its letters."""
        return self._most(lambda run: run.size)

    @property
    def font(self) -> str:
        """Return the font of most of its letters."""
        return self._most(lambda run: run.font) or ""

    @property
    def bold(self) -> bool | None:
        """Tell whether most of its letters are bold."""
        return self._most(lambda run: run.bold)

    @property
    def italic(self) -> bool | None:
        """Tell whether most of its letters are italic."""
        return self._most(lambda run: run.italic)

    @property
    def is_upper(self) -> bool:
        """Tell whether it is written in capitals only."""
        return self.words == self.words.upper() and any(letter.isalpha() for letter in self.words)

    def _most(self, of: Callable[[Letters], T]) -> T | None:
        counted: Counter[T] = Counter()
        for run in self.shown:
            counted[of(run)] += len(run.text.strip())
        return counted.most_common(1)[0][0] if counted else None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a section of pages: size and margins in mm; a margin that cannot be seen is None.

    ``least`` names the margins of which only a lower bound is known (a page that is not full).
    """

    number: int
    width: float
    height: float
    left: float | None = None
    top: float | None = None
    right: float | None = None
    bottom: float | None = None
    least: frozenset[str] = frozenset()

    @property
    def is_upright(self) -> bool:
        """Tell whether it is higher than broad."""
        return self.height >= self.width


@dataclass(frozen=True, slots=True)
class PageNumber:
    """Where the pages are numbered: "top" or "bottom", the side, the size; on which pages (PDF)."""

    where: str
    align: str
    size: float | None
    on_first: bool


@dataclass(frozen=True)
class Measured:
    """A document as measured; ``leftovers`` counts what should not be in a finished file (comments, changes …)."""

    origin: Origin
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    page_count: int | None = None
    numbers: tuple[PageNumber, ...] = ()
    leftovers: Mapping[str, int] = field(default_factory=dict)
    is_scan: bool = False

    @property
    def text(self) -> str:
        """Return all words, line by line."""
        return "\n".join(line.words for line in self.lines)


ONLY_RULE = re.compile(r"[\s_\-–—=*.·¯⎯─]*")
"""A line that is typed to look like a rule, or nothing."""
