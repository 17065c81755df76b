"""The elements of an official document (các thành phần thể thức) among the lines that were measured.

Fonts vary, marks get lost, heads are typed in tables, with tabs or with spaces: each element is known by several signs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from lienthong.formatting.official import MOTTO, NATION
from lienthong.formatting.reading.measured import ONLY_RULE, Line, Measured
from lienthong.kernel.vietnamese import fold

TYPES = Path(__file__).resolve().parents[3] / "data" / "document_types.toml"
HEAD = 40
"""Among how many of the first lines the head is looked for."""
LARGE_CHANGE = 0.75
_NUMBER = re.compile(r"\s*Số\s*[:.]?\s*(?=[\d….\s_/]|$)", re.IGNORECASE)
_DATE = re.compile(r"(?:[^,]{0,45}[,.]?\s*)?ngay\W.{0,12}?thang\W.{0,12}?nam\b[\s\d.…_]*\W{0,4}")
_DECIDES = re.compile(
    r"(?:uy ban|hoi dong|(?:pho )?chu tich|(?:tong )?giam doc|(?:thu|bo|cuc|hieu|vien|so) truong|thu tuong|chinh phu|"
    r"truong ban|chanh|chu nhiem|tong)\b"
)
_ABOUT = re.compile(r"\s*v\s*/\s*v\b", re.IGNORECASE)
_TO = re.compile(r"kinh (?:gui|trinh)\b")
_RECIPIENTS = re.compile(r"noi nhan\b")
_BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét|Theo)\s", re.IGNORECASE)
_ENACTING = re.compile(r"(?:quyet dinh|quyet nghi|nghi quyet|chi thi)\s*:?$")
_APPENDIX = re.compile(r"phu luc(?:\s+(?:so\s+)?[ivxlc\d]+)?\s*[.:]?$")
_ATTACHED = re.compile(r"\(?\s*(?:ban hanh )?(?:kem theo|dinh kem)")
_SIGNING = re.compile(
    r"(?:tm|kt|tl|tuq|q)\s*[./]|(?:pho )?(?:giam doc|chu tich|truong|chanh|chu nhiem|bi thu|cuc truong|thu truong|"
    r"bo truong|hieu truong|tong)|(?:quyen |phu trach )"
)
_STAMPS = {
    "urgency": ("khan", "thuong khan", "hoa toc", "hoa toc hen gio"),
    "circulation": ("xem xong tra lai", "luu hanh noi bo"),
    "draft": ("du thao", "(du thao)", "ban du thao"),
    "secrecy": ("mat", "toi mat", "tuyet mat"),
}
_DRAFTER = re.compile(r"[A-ZĐ]{2,6}\.?\s*\(?\d{0,4}\)?\.?|[A-ZĐ]{2,6}\.[A-ZĐ.]*\s*\(\d+\)?")
_DIVISION = re.compile(r"(?:phan|chuong|muc)\s+(?:[ivxlc]+|\d+|thu \w+)\b")


@dataclass(frozen=True, slots=True)
class Parts:
    """Which lines are which element; an element that was not found is missing."""

    measured: Measured
    found: Mapping[str, tuple[Line, ...]]

    def __getitem__(self, element: str) -> tuple[Line, ...]:
        return self.found.get(element, ())

    def text(self, element: str) -> str:
        """Return the words of an element as one line."""
        return " ".join(line.words for line in self[element])

    @property
    def is_letter(self) -> bool:
        """Tell whether it is a công văn: "V/v" under the number, or no type name."""
        return bool(self["letter_abstract"]) or not self["type_name"]

    @property
    def is_official(self) -> bool:
        """Tell whether it has a head by which it is known as an official document."""
        return sum(bool(self[name]) for name in ("nation", "motto", "symbol", "dateline")) >= 2


def identify(measured: Measured) -> Parts:
    """Find the elements; whatever the document, it answers."""
    lines = [line for line in measured.lines if line.words]
    found: dict[str, tuple[Line, ...]] = {"document": tuple(lines)}
    finder = _Finder(lines, {})
    finder.head()
    finder.title()
    finder.ending()
    finder.body()
    found |= {name: tuple(own) for name, own in finder.found.items() if own}
    return Parts(measured, found)


def is_like(words: str, wanted: str) -> bool:
    """Tell whether words are meant to be others: marks and signs do not count, a few letters may be wrong."""
    one, other = _letters(words), _letters(wanted)
    if not one or abs(len(one) - len(other)) > len(other) // 4:
        return False
    return one == other or SequenceMatcher(None, one, other).ratio() > 0.85


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


@lru_cache(maxsize=1)
def type_names() -> Mapping[str, tuple[str, ...]]:
    """Return the type names of the catalogue, folded, with the abbreviations that may stand in a symbol."""
    found: dict[str, set[str]] = {}
    for one in tomllib.loads(TYPES.read_text(encoding="utf-8"))["types"]:
        found.setdefault(fold(one["name"].split(" (")[0]), set()).add(one["abbreviation"])
    return {name: tuple(sorted(short)) for name, short in found.items() if name != "cong van"}


@dataclass(slots=True)
class _Finder:
    lines: Sequence[Line]
    found: dict[str, list[Line]]
    start: int = 0
    end: int = 0

    # --- the head ----------------------------------------------------------------------------------------------------

    def head(self) -> None:
        first = self.lines[:HEAD]
        nation = next((line for line in first if is_like(line.words, NATION)), None)
        motto = next((line for line in first if is_like(line.words, MOTTO)), None)
        symbol = next((line for line in first if _is_number(line)), None)
        dateline = next((line for line in first if _is_dateline(line)), None)
        for name, line in (("nation", nation), ("motto", motto), ("symbol", symbol), ("dateline", dateline)):
            if line is not None:
                self.found[name] = [line]
        self._stamps(first)
        self._issuer(first, symbol)
        self._letter_abstract(first, symbol)
        known = self._known()
        self.start = max((place for place, line in enumerate(first) if id(line) in known), default=-1) + 1

    def _known(self) -> set[int]:
        return {id(line) for lines in self.found.values() for line in lines}

    def _stamps(self, lines: Iterable[Line]) -> None:
        for line in lines:
            words = fold(line.words).strip(" .:")
            for name, stamps in _STAMPS.items():
                if (words in stamps or (name == "draft" and re.match(r"du thao(?: lan)? \d", words))) and (
                    line.is_upper or line.side or line.bold
                ):
                    self.found.setdefault(name, []).append(line)

    def _issuer(self, lines: Sequence[Line], symbol: Line | None) -> None:
        known = self._known()
        names: list[Line] = []
        for line in lines:
            if line is symbol:
                break
            if id(line) in known or ONLY_RULE.fullmatch(line.words):
                continue
            if line.side == "left" or (not self.found.get("nation") and line.is_upper and line.side != "right"):
                names.append(line)
        if symbol is None or len(names) > 8:
            names = names[:4] if symbol is not None else [line for line in names if line.is_upper][:3]
        bold = [line for line in names if line.bold]
        own = bold if bold and len(bold) < len(names) else names[-1:] if len(names) > 1 and not bold else names
        own = names[names.index(own[0]) :] if own else []
        self.found["issuer"] = own
        self.found["superior"] = [line for line in names if line not in own]

    def _letter_abstract(self, lines: Sequence[Line], symbol: Line | None) -> None:
        """Find what follows the number, or, where that is missing, begins with "V/v"."""
        known = self._known()
        taken: list[Line] = []
        begins = (n + 1 if line is symbol else n for n, line in enumerate(lines) if line is symbol or (
            symbol is None and line.side == "left" and _ABOUT.match(line.words)))  # fmt: skip
        for line in lines[next(begins, len(lines)) :]:
            if _TO.match(fold(line.words)) or fold(line.words) in type_names():
                break
            if id(line) in known or line.side == "right" or ONLY_RULE.fullmatch(line.words):
                continue
            is_first = not taken and (_ABOUT.match(line.words) or (line.side == "left" and line.area == "cell"))
            if is_first or (taken and line.side == "left"):
                taken.append(line)
            elif taken or line.side != "left":
                break
        if taken and (_ABOUT.match(taken[0].words) or fold(taken[0].words).startswith(("ve viec", "vv", "v.v"))):
            self.found["letter_abstract"] = taken

    # --- the title ---------------------------------------------------------------------------------------------------

    def title(self) -> None:
        place = self.start
        for number in range(place, min(place + 8, len(self.lines))):
            if self._is_type_name(self.lines[number]):
                self.found["type_name"] = [self.lines[number]]
                self.start = self._abstract(number + 1)
                break
            words = self.lines[number].words
            if _BASIS.match(words) or _TO.match(fold(words)) or (len(words) > 60 and not words.isupper()):
                break
        self._addressees()

    def _is_type_name(self, line: Line) -> bool:
        words = re.sub(r"\s*\(.*", "", fold(line.words)).strip(" .:")
        if words in type_names():
            return line.is_upper or line.align == "center" or bool(line.bold)
        has_symbol = bool(self.found.get("symbol"))
        is_ranked = line.side == "right" or bool(_SIGNING.match(words))
        return (
            has_symbol
            and not is_ranked
            and line.is_upper
            and line.align == "center"
            and bool(line.bold)
            and len(words) < 40
        )

    def _abstract(self, place: int) -> int:
        taken: list[Line] = []
        while place < len(self.lines) and len(taken) < 8:
            line = self.lines[place]
            words = fold(line.words)
            ends = _BASIS.match(line.words) or _TO.match(words) or _ENACTING.match(words) or line.area == "grid"
            is_authority = line.is_upper and (_DECIDES.match(words) or (taken and not taken[-1].is_upper))
            if ends or is_authority or len(line.words) > 400:
                break
            if ONLY_RULE.fullmatch(line.words):
                place += 1
                continue
            if line.align not in {"center", ""} or (taken and line.bold is False and taken[-1].bold):
                break
            if taken and line.align == "" and line.bold is None and not line.words[:1].islower():
                break
            taken.append(line)
            place += 1
        self.found["abstract"] = taken
        return place

    def _addressees(self) -> None:
        near = range(self.start, min(self.start + 6, len(self.lines)))
        first = next((place for place in near if _TO.match(fold(self.lines[place].words))), None)
        if first is None:
            return
        taken = [self.lines[first]]
        for line in self.lines[first + 1 : first + 40]:
            if not (line.words.startswith(("-", "–", "+", "(")) or (line.area == "cell" and line.side)):
                break
            taken.append(line)
        self.found["addressees"] = taken
        self.start = first + len(taken)

    # --- the end -----------------------------------------------------------------------------------------------------

    def ending(self) -> None:
        self.end = len(self.lines)
        label = self._label_of_recipients()
        if label is None:
            self._signing_alone()
            return
        on = self.lines[label]
        begin = label
        while begin > self.start and self._belongs_before(self.lines[begin - 1], on):
            begin -= 1
        last = self._end_of_ending(label)
        block = self.lines[begin:last]
        right = [line for line in block if line.side == "right" or (line.side == "" and self._is_signing(line))]
        left = [line for line in block if line not in right and line is not on and line.side != "right"]
        drafter = [line for line in left if _DRAFTER.fullmatch(line.words)][-1:]
        self.found["recipients_label"] = [on]
        self.found["drafter"] = drafter
        self.found["recipients"] = [
            line for line in left if line not in drafter and not ONLY_RULE.fullmatch(line.words)
        ]
        self._signer([line for line in right if not ONLY_RULE.fullmatch(line.words)])
        self.end = begin
        self._appendices(last)

    def _label_of_recipients(self) -> int | None:
        for place in range(len(self.lines) - 1, self.start - 1, -1):
            line = self.lines[place]
            if _RECIPIENTS.match(fold(line.words)) and len(line.words) < 60:
                return place
        return None

    def _belongs_before(self, line: Line, label: Line) -> bool:
        if line.page != label.page or line.side != "right" or len(line.words) > 70:
            return False
        if line.box is not None and label.box is not None:
            return abs(line.box.top - label.box.top) < 25
        return line.area == "cell" or line.is_upper

    def _end_of_ending(self, label: int) -> int:
        place = label + 1
        while place < len(self.lines):
            line = self.lines[place]
            folded = fold(line.words)
            is_new = _APPENDIX.match(folded) or _ATTACHED.match(folded) or (line.area == "grid")
            moved = line.page > self.lines[label].page + 1
            if is_new or moved or (place - label > 4 and folded in type_names() and line.side != "right"):
                break
            if line.page > self.lines[label].page and not line.words.startswith(("-", "–")) and line.side != "right":
                break
            place += 1
        return place

    def _is_signing(self, line: Line) -> bool:
        return line.is_upper and bool(_SIGNING.match(fold(line.words)))

    def _signing_alone(self) -> None:
        """Without "Nơi nhận": the last line that says with what authority it is signed, and what follows it."""
        for place in range(len(self.lines) - 1, max(self.start, len(self.lines) - 60) - 1, -1):
            if self._is_signing(self.lines[place]) and len(self.lines[place].words) < 70:
                first = place
                while first > self.start and self._is_signing(self.lines[first - 1]):
                    first -= 1
                self._signer(list(self.lines[first : place + 2]))
                while first > self.start and (self.lines[first - 1].area, self.lines[first - 1].side) == (
                    "cell",
                    "left",
                ):
                    first -= 1  # names beside the block, without their label
                self.end = first
                return

    def _signer(self, lines: list[Line]) -> None:
        ranks = [line for line in lines if line.is_upper]
        named = [line for line in lines if not line.is_upper and not line.words.startswith("(")]
        if not named and len(ranks) > 1 and not _SIGNING.match(fold(ranks[-1].words)):
            named = [ranks.pop()]
        if not ranks and len(named) > 1:
            ranks = [line for line in named[:-1] if _SIGNING.match(fold(line.words))]
        self.found["signing"] = ranks
        self.found["signer"] = named[-1:]

    def _appendices(self, place: int) -> None:
        rest = self.lines[place:]
        body: list[Line] = []
        for number, line in enumerate(rest):
            folded = fold(line.words)
            if (
                _APPENDIX.match(folded)
                and len(line.words) < 40
                and (line.align == "center" or line.is_upper or line.bold)
            ):
                self.found.setdefault("appendix_label", []).append(line)
                if number + 1 < len(rest) and not _ATTACHED.match(fold(rest[number + 1].words)):
                    self.found.setdefault("appendix_caption", []).append(rest[number + 1])
            elif _ATTACHED.match(folded) and len(line.words) < 300:
                self.found.setdefault("appendix_note", []).append(line)
            elif line not in self.found.get("appendix_caption", ()):
                body.append(line)
        self.found["appendix_body"] = [line for line in body if _is_running(line)]

    # --- the body ----------------------------------------------------------------------------------------------------

    def body(self) -> None:
        text = [line for line in self.lines[self.start : self.end] if line.area != "grid"]
        bases = list(self._bases(text))
        self.found["basis"] = bases
        self.found["enacting"] = [line for line in text if _ENACTING.match(fold(line.words)) and line.is_upper][:1]
        after = [line for line in text if line not in bases] if bases else text
        self.found["text"] = text
        self.found["article"] = [line for line in text if _is_article(line)]
        self.found["division"] = [line for line in text if _DIVISION.match(fold(line.words)) and len(line.words) < 60]
        self.found["body"] = [line for line in after if _is_running(line)]
        own = [*self.found.get("addressees", ()), *bases, *self.found["body"], *self.found.get("appendix_body", ())]
        self.found["running"] = own
        last = self.lines[self.end - 1] if self.start < self.end <= len(self.lines) else None
        if (
            last is not None
            and last.area != "grid"
            and (self.found.get("signing") or self.found.get("recipients_label"))
        ):
            self.found["closing"] = [last]

    def _bases(self, text: Sequence[Line]) -> Iterator[Line]:
        """Return the legal bases: lines "Căn cứ …" before what is decided."""
        run: list[Line] = []
        decides = False
        for line in text[:60]:
            folded = fold(line.words)
            if _ENACTING.match(folded):
                decides = True
                break
            if _BASIS.match(line.words) and not line.words.endswith(":"):
                run.append(line)
            elif run and not line.is_upper:
                break
        if run and re.match("can cu", fold(run[0].words)) and (decides or len(run) > 1 or run[0].words.endswith(";")):
            yield from run


def _is_running(line: Line) -> bool:
    """Tell whether a line is an ordinary paragraph, not a title or a cell."""
    is_title = line.is_upper or line.align == "center"
    return line.area == "text" and not is_title and len(line.words) > 1 and not _DIVISION.match(fold(line.words))


def _is_article(line: Line) -> bool:
    """Tell whether a line begins an article, and does not only name one."""
    match = re.match(r"Điều\s+\d+[a-zđ]?\s*([.:–-])?", line.words)
    return bool(match) and (bool(match and match[1]) or bool(line.shown and line.shown[0].bold))


def _is_number(line: Line) -> bool:
    words = line.words
    if not _NUMBER.match(words) or len(words) > 60 or line.side == "right":
        return False
    rest = _NUMBER.sub("", words)
    return "/" in rest or (len(rest) < 30 and bool(re.match(r"[\d.…_\s]*[-–]?\s*[A-ZĐ]", rest)))


def _is_dateline(line: Line) -> bool:
    return len(line.words) < 90 and not _BASIS.match(line.words) and bool(_DATE.fullmatch(fold(line.words).strip()))
