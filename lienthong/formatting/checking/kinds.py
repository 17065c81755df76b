"""The small vocabulary in which rules of form are written: each word finds where an element is not as asked.

What is not known (a font in a text that was read by machine, an alignment of a single line) is never a fault.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from lienthong.formatting.checking.elements import Parts, type_names
from lienthong.formatting.checking.rules import Rule
from lienthong.formatting.reading.measured import Letters, Line
from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.vietnamese import fold, nfc

SLACK = {"docx": 0.3, "pdf": 1.0, "text": 0.0}
"""How many mm a measure may be off: rounding in Word; in a PDF the edge of the letters and not of their room."""
_SIGNS = re.compile(r"symbol|wingdings|webdings|math", re.IGNORECASE)
_SIDES = {"top": "đầu trang", "bottom": "chân trang", "left": "bên trái", "right": "bên phải", "center": "ở giữa"}
_DATE = re.compile(r"ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check knows beside the document."""

    on: dt.date
    abbreviations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a rule is not kept: its lines, and the words for the message."""

    lines: tuple[Line, ...] = ()
    page: int = 0
    words: Mapping[str, str] = field(default_factory=dict)


Kind = Callable[[Parts, Rule, Context], Iterator[Fault]]


def shown(value: float) -> str:
    """Return a number as Vietnamese write it: "12,7"."""
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the rules, compiled once."""
    return re.compile(pattern)


# --- pages -----------------------------------------------------------------------------------------------------------


def paper(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for one of the sizes of paper, upright or across."""
    for page in parts.measured.pages:
        sides = sorted((page.width, page.height))
        if not any(abs(sides[0] - low) < 2 and abs(sides[1] - high) < 2 for low, high in rule.values["sizes"]):
            yield Fault(page=page.number, words={"found": f"{page.width:.0f} × {page.height:.0f} mm"})


def margin_between(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for a margin between two measures; of a page of which only the least is seen, for the lower one."""
    side, low, high = rule.values["side"], rule.values["low"], rule.values["high"]
    slack = SLACK[parts.measured.origin]
    for page in parts.measured.pages:
        found = getattr(page, side)
        if found is None or not page.is_upright or page.width < 190:
            continue
        if found < low - slack or (found > high + slack and side not in page.least):
            yield Fault(page=page.number, words={"found": shown(found)})


def page_number(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask whether pages are numbered, where, in which size, and not on the first."""
    measured, what = parts.measured, rule.values["what"]
    if measured.origin == "text":
        return
    if what == "present":
        if not measured.numbers and _goes_on_over_pages(parts):
            yield Fault()
        return
    for number in measured.numbers:
        page = 1 if number.on_first else 2
        if what == "not_on_first" and number.on_first:
            yield Fault(page=1)
        elif what == "place" and (number.where, number.align) != (rule.values["where"], rule.values["align"]):
            yield Fault(words={"found": f"{_SIDES[number.where]}, {_SIDES.get(number.align, 'bên trái')}"}, page=page)
        elif (
            what == "size" and number.size and not rule.values["low"] - 0.1 <= number.size <= rule.values["high"] + 0.1
        ):
            yield Fault(words={"found": shown(number.size)}, page=page)


def _goes_on_over_pages(parts: Parts) -> bool:
    """Tell whether some page is neither the first nor the first of an appendix."""
    measured = parts.measured
    count = measured.page_count or 1
    if measured.origin == "pdf":
        return count > 1 + len({line.page for line in parts["appendix_label"]})
    letters = sum(len(line.words) for line in parts["running"])
    return max(count, 2 if letters > 5000 else 1) > 1 + len(parts["appendix_label"])


# --- letters ---------------------------------------------------------------------------------------------------------


def size_between(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for letters between two sizes."""
    low, high = rule.values["low"], rule.values["high"]
    for line in parts[rule.element]:
        size = line.size
        if size is not None and not low - 0.3 <= size <= high + 0.3:
            yield Fault((line,), words={"found": shown(size)})


def font_is(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for one of the families of letters; fonts of signs are free."""
    wanted = {_family(name) for name in rule.values["families"]}
    for line in parts[rule.element]:
        strange = [run.font for run in line.shown if _has_words(run) and _family(run.font) not in wanted]
        if strange:
            yield Fault((line,), words={"found": max(set(strange), key=strange.count)})


def _family(name: str) -> str:
    return re.sub(r"[\W_]+|regular$|mt$", "", name.lower())


def _has_words(run: Letters) -> bool:
    """Tell whether a run shows words in a known font of Unicode."""
    is_known = bool(run.font) and not run.is_legacy and not _SIGNS.search(run.font)
    return is_known and any(letter.isalnum() for letter in run.text)


def style_is(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for bold or not, italic or not, capitals or not; a style that is not known is no fault."""
    for line in parts[rule.element]:
        found = {"bold": line.bold, "italic": line.italic, "upper": line.is_upper}
        if not any(letter.isalpha() for letter in line.words):
            continue
        wrong = [name for name in found if name in rule.values and found[name] not in {None, rule.values[name]}]
        if wrong:
            said = {"found": _style({name: found[name] for name in wrong}), "wanted": _style(rule.values)}
            yield Fault((line,), words=said)


def _style(values: Mapping[str, Any]) -> str:
    words = []
    if values.get("upper") is not None:
        words.append("in hoa" if values["upper"] else "in thường")
    if values.get("italic") is not None:
        words.append("nghiêng" if values["italic"] else "đứng")
    if values.get("bold") is not None:
        words.append("đậm" if values["bold"] else "không đậm")
    return ", ".join(words)


def colour_is(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for one of the colours; elements in ``except`` are free."""
    free = {id(line) for name in rule.values.get("except", ()) for line in parts[name]}
    for line in parts[rule.element]:
        strange = [run for run in line.shown if run.colour and not _is_dark(run.colour) and id(line) not in free]
        if strange:
            yield Fault((line,), words={"found": strange[0].colour, "text": clipped(strange[0].text)})


def _is_dark(colour: str) -> bool:
    try:
        return max(int(colour[place : place + 2], 16) for place in (0, 2, 4)) < 0x30
    except ValueError:
        return True


def encoding(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for Unicode: letters in old encodings ("legacy"), or marks apart from their letters ("decomposed")."""
    legacy = rule.values["what"] == "legacy"
    for line in parts[rule.element]:
        if not legacy:
            if nfc(line.raw) != line.raw and not any(run.is_legacy for run in line.letters):
                yield Fault((line,))
            continue
        fonts = [run.font for run in line.shown if run.is_legacy]
        found = fonts[0] if fonts else repair(line.raw)[1] if len(line.words) > 25 else None
        if found:
            yield Fault((line,), words={"found": f"({found})"})


# --- words -----------------------------------------------------------------------------------------------------------


def present(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for an element to be there."""
    if parts.is_official and not parts[rule.element]:
        yield Fault()


def none(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for an element not to be there."""
    for line in parts[rule.element]:
        yield Fault((line,), words={"found": line.words})


def text_is(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for these words, letter by letter; the tone of "oa, oe, uy" may stand on either vowel."""
    wanted = rule.values["text"]
    for line in parts[rule.element]:
        found = line.words
        if rule.values.get("start"):
            found = found[: len(wanted)] if fold(found).startswith(fold(wanted)) else found.split(":")[0].strip()
        if found != wanted and found.replace("HOÀ ", "HÒA ") != wanted:
            yield Fault((line,), words={"found": found, "wanted": wanted})


def matches(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for each line (or the first) to have a pattern."""
    pattern = compiled(rule.values["pattern"])
    for line in _asked(parts[rule.element], rule):
        if not pattern.fullmatch(line.words):
            yield Fault((line,), words={"found": clipped(line.words, 80)})


def absent(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for a pattern to be nowhere."""
    pattern, raw = compiled(rule.values["pattern"]), rule.values.get("raw", False)
    if raw and parts.measured.origin != "docx":
        return  # elsewhere spaces show where letters stood, not what was typed
    for line in _asked(parts[rule.element], rule):
        match = pattern.search(line.raw if raw else line.words)
        if match:
            around = line.raw[max(0, match.start() - 15) : match.end() + 15].strip() if raw else line.words
            words = {"found": clipped(line.words, 80), "match": match[0].strip(), "text": clipped(around)}
            yield Fault((line,), words=words)


def contains(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for a pattern to be in one of the lines."""
    if not any(compiled(rule.values["pattern"]).search(line.words + " ") for line in parts[rule.element]):
        yield Fault(parts[rule.element][-1:])


def ends_with(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask how each item of a list ends, and the last."""
    items = items_of([line.words for line in parts[rule.element]], rule.values.get("items"))
    lines = parts[rule.element]
    for place, (_first, last) in enumerate(items):
        is_last = place == len(items) - 1
        wanted = tuple(rule.values["last"]) if is_last else (rule.values["each"],)
        if not lines[last].words.endswith(wanted):
            yield Fault((lines[last],), words={"text": clipped(lines[last].words)})


def items_of(texts: Sequence[str], start: str | None) -> list[tuple[int, int]]:
    """Return the first and last line of each item: every line is one, or those that begin with a pattern."""
    starts = [place for place, text in enumerate(texts) if start is None or re.match(start, text)]
    return [(first, after - 1) for first, after in pairwise([*starts, len(texts)])]


def starts_with(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for the beginning of a line to be bold."""
    pattern = compiled(rule.values["pattern"])
    for line in parts[rule.element]:
        match = pattern.match(line.words)
        first = line.shown[0] if line.shown else None
        if match and first is not None and first.bold is not None and first.bold != rule.values["bold"]:
            yield Fault((line,), words={"text": clipped(line.words)})


def sequence(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for lines that begin with these patterns to stand in this order."""
    highest = -1
    for line in parts[rule.element]:
        place = next((n for n, pattern in enumerate(rule.values["order"]) if re.match(pattern, line.words)), None)
        if place is not None and place < highest:
            yield Fault((line,), words={"found": line.words})
        highest = max(highest, -1 if place is None else place)


def followed(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for a line that begins so to be followed by one that begins otherwise."""
    lines = parts[rule.element]
    for place, line in enumerate(lines):
        if not re.match(rule.values["pattern"], line.words):
            continue
        rest = [following.words for following in lines[place + 1 :]]
        if not any(re.match(rule.values["by"], words) for words in rest):
            yield Fault((line,), words={"found": line.words})


def counted(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for numbers that count on."""
    before: int | None = None
    for line in parts[rule.element]:
        match = compiled(rule.values["pattern"]).match(line.words)
        if match is None or len(match[1]) > 5:
            continue
        own = int(match[1])
        if before is not None and own not in {before, before + 1, 1}:
            yield Fault((line,), words={"found": str(own), "wanted": str(before)})
        before = own


def date(parts: Parts, rule: Rule, context: Context) -> Iterator[Fault]:
    """Ask for a day that exists ("real"), or that is not after the day of the check ("not_after")."""
    for line in parts[rule.element]:
        match = _DATE.search(line.words)
        if match is None:
            continue
        day, month, year = (int(part) for part in match.groups())
        try:
            found = dt.date(year, month, day)
        except ValueError:
            if rule.values["what"] == "real":
                yield Fault((line,), words={"found": match[0]})
            continue
        if rule.values["what"] == "not_after" and found > context.on:
            yield Fault((line,), words={"found": f"ngày {found:%d/%m/%Y}", "wanted": f"{context.on:%d/%m/%Y}"})


def abbreviation(parts: Parts, rule: Rule, context: Context) -> Iterator[Fault]:
    """Ask for the abbreviation in the symbol to be that of the type name."""
    name = fold(parts.text("type_name")).strip(" .:")
    wanted = {context.abbreviations[name]} if name in context.abbreviations else set(type_names().get(name, ()))
    wanted.discard("")
    for line in parts[rule.element]:
        own = re.search(r"/\s*(?:\d{4}\s*/\s*)?([^\W\d_]+)\s*[-–]", line.words)
        if own and wanted and own[1] not in wanted:
            words = {"found": own[1], "type": parts.text("type_name"), "wanted": " hoặc ".join(sorted(wanted))}
            yield Fault((line,), words=words)


# --- paragraphs ------------------------------------------------------------------------------------------------------


def aligned(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for an alignment; a short line in a body is as good as justified."""
    for line in parts[rule.element]:
        is_short = "both" in rule.values["align"] and len(line.words) < 85
        if line.align and line.align not in rule.values["align"] and not is_short:
            yield Fault((line,), words={"found": line.align, "text": clipped(line.words)})


def between(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for a measure of paragraphs: "first" (mm), "gap" between two (pt), "spacing" of lines (single lines)."""
    what, low, high = rule.values["what"], rule.values.get("low", -999), rule.values.get("high", 999)
    slack = {"first": SLACK[parts.measured.origin], "gap": 0.05, "spacing": 0.06}[what]
    lines = parts[rule.element]
    for place, line in enumerate(lines):
        found = _measure(line, lines[place + 1] if place + 1 < len(lines) else None, what)
        if found is not None and not low - slack <= found <= high + slack:
            yield Fault((line,), words={"found": shown(found), "text": clipped(line.words)})


def _measure(line: Line, following: Line | None, what: str) -> float | None:
    if what == "spacing":
        return line.spacing
    if what == "first":
        is_typed = line.raw.startswith(("\t", "  "))
        if line.first is None or is_typed or ((line.left or 0.0) > 5 and line.first >= 0):
            return None
        return line.first + (line.left or 0.0)
    if line.after is None or following is None or following.place != line.place + 1:
        return None
    return max(line.after, following.before or 0.0)


def ruled(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for a rule under the last line of an element."""
    last = parts[rule.element][-1:]
    if last and parts.measured.origin != "text" and not last[0].ruled and not _has_drawings(parts):
        yield Fault(last)


def _has_drawings(parts: Parts) -> bool:
    """Tell whether something is drawn in the head of a DOCX: rules there are often drawings without a place."""
    return parts.measured.leftovers.get("drawn", 0) > 0


def leftover(parts: Parts, rule: Rule, _context: Context) -> Iterator[Fault]:
    """Ask for nothing of this sort to be left in the file."""
    count = sum(parts.measured.leftovers.get(name, 0) for name in rule.values["what"])
    if count:
        yield Fault(words={"found": str(count)})


def _asked(lines: tuple[Line, ...], rule: Rule) -> tuple[Line, ...]:
    if rule.values.get("first"):
        return lines[:1]
    return lines[-1:] if rule.values.get("last") else lines


def clipped(text: str, length: int = 40) -> str:
    """Return the beginning of a text for a message."""
    words = " ".join(text.split())
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0] + " …"


KINDS: Mapping[str, Kind] = {
    kind.__name__: kind
    for kind in (
        paper, margin_between, page_number, size_between, font_is, style_is, colour_is, encoding, present, none,
        text_is, matches, absent, contains, ends_with, starts_with, sequence, followed, counted, date,
        abbreviation, aligned, between, ruled, leftover,
    )
}  # fmt: skip

__all__ = ["KINDS", "Context", "Fault", "Kind", "clipped", "compiled", "items_of", "shown"]
