"""Mending a DOCX: only what is certain; parts that are not concerned stay as they are, byte for byte."""

from __future__ import annotations

import copy
import datetime as dt
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from lienthong.formatting.checking.check import Finding, day_of, faults_of
from lienthong.formatting.checking.elements import Parts, identify
from lienthong.formatting.checking.kinds import Context, Fault, items_of
from lienthong.formatting.checking.rules import Rule, rules
from lienthong.formatting.mending import edits, page_numbers, wording
from lienthong.formatting.reading.docx_numbering import W
from lienthong.formatting.reading.docx_package import MAIN, Package, open_package
from lienthong.formatting.reading.measure_docx import TWIPS_PER_MM, Sized, sized
from lienthong.formatting.reading.measured import Line
from lienthong.kernel.vietnamese import nfc

FONT = "Times New Roman"
INDENT = 12.7


@dataclass(slots=True)
class Work:
    """One DOCX that is being mended: what was measured, and the parts that changed.

    ``halved`` are the paragraphs that stand in both halves of a page (typed with tabs).
    """

    package: Package
    sized: Sized
    parts: Parts
    halved: frozenset[int]
    changed: dict[str, bytes] = field(default_factory=dict)

    def lines(self, faults: Iterable[Fault]) -> list[Line]:
        """Return the lines of faults."""
        return [line for fault in faults for line in fault.lines]

    def paragraph(self, line: Line) -> etree._Element:
        """Return the paragraph of a line."""
        return self.sized.paragraphs[line.place]

    def runs(self, line: Line) -> Iterator[etree._Element]:
        """Return the runs of a line; of a paragraph of several lines or halves only those that are its own."""
        paragraph = self.paragraph(line)
        if line.place not in self.halved:
            yield from (run for run in edits.runs(paragraph) if edits.text_of(run).strip())
            return
        edits.part_runs(paragraph)
        own = [one for one in self.sized.measured.lines if one.place == line.place]
        text = "".join(edits.text_of(run) for run in edits.runs(paragraph))
        at = "\t" if line.area == "text" and "\t" in text.strip(" ") else "\n"
        segments: list[list[etree._Element]] = [[]]
        for run in edits.runs(paragraph):
            if edits.text_of(run) == at:
                segments.append([])
            elif edits.text_of(run).strip():
                segments[-1].append(run)
        shown = [segment for segment in segments if segment]
        known = [one for one in own if one.raw.strip()]
        if len(shown) == len(known) and line in known:
            yield from shown[next(place for place, one in enumerate(known) if one is line)]

    def reword(self, line: Line, mend: wording.Wording) -> None:
        """Change the words of a line; what stands in the other half of its paragraph stays."""

        def only_here(text: str) -> str:
            parts = re.split(r"([\t\n])", text)
            if len([part for part in parts if part.strip()]) < 2 or "\n" in line.raw:
                return mend(text)
            is_own = [" ".join(nfc(part).split()).lower() == line.words.lower() for part in parts]
            return "".join(mend(part) if own else part for part, own in zip(parts, is_own, strict=True))

        edits.rewrite(self.paragraph(line), only_here)


Mend = Callable[[Work, Rule, Sequence[Fault]], None]


def mend_docx(content: bytes, findings: Iterable[Finding], *, on: dt.date = dt.date.max) -> bytes:
    """Return the DOCX with what was found mended where that is certain; refuses what is not a DOCX.

    What is asked is looked for anew in the file, so that findings of an older copy do no harm.
    """
    asked = {finding.rule for finding in findings if finding.mend}
    package = open_package(io.BytesIO(content))
    found = sized(package)
    places = Counter(line.place for line in found.measured.lines)
    halved = frozenset(place for place, count in places.items() if count > 1)
    work = Work(package, found, identify(found.measured), halved)
    held = rules(day_of(work.parts) or on)
    context = Context(on)
    todo = [(rule, list(faults_of(work.parts, rule, context))) for rule in held if rule.id in asked and rule.mend]
    todo = [(rule, faults) for rule, faults in todo if faults]
    if not todo:
        return content
    for rule, faults in sorted(todo, key=lambda pair: pair[0].mend in _OF_WORDS):  # looks are found by the words
        MENDS[rule.mend or ""](work, rule, faults)
    return _packed(package, {MAIN: page_numbers.written(found.root)} | work.changed)


def _packed(package: Package, changed: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in package.archive.infolist():
            packed.writestr(entry, changed.get(entry.filename) or package.archive.read(entry), zipfile.ZIP_DEFLATED)
        known = package.names
        for name in sorted(set(changed) - known):
            packed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), changed[name], zipfile.ZIP_DEFLATED)
    return target.getvalue()


# --- pages -----------------------------------------------------------------------------------------------------------


def _paper(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    """Set A4, upright or across as it was."""
    width, height = (round(side * TWIPS_PER_MM) for side in rule.values["sizes"][0])
    for section in _sections(work, faults):
        size = edits.set_in_order(section, "pgSz", edits.SECTION_ORDER)
        is_upright = float(size.get(f"{W}h", "1")) >= float(size.get(f"{W}w", "0"))
        size.set(f"{W}w", str(width if is_upright else height))
        size.set(f"{W}h", str(height if is_upright else width))


def _margin(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    """Set a margin to the nearest that is allowed."""
    side = rule.values["side"]
    for fault, section in zip(faults, _sections(work, faults), strict=True):
        page = work.sized.measured.pages[fault.page - 1]
        found = getattr(page, side) or 0.0
        margin = edits.set_in_order(section, "pgMar", edits.SECTION_ORDER)
        value = rule.values["low"] if found < rule.values["low"] else rule.values["high"]
        margin.set(f"{W}{side}", str(round(value * TWIPS_PER_MM)))
        if side == "left":
            edits.forget(margin, "gutter")


def _sections(work: Work, faults: Sequence[Fault]) -> list[etree._Element]:
    sections = list(work.sized.root.iter(f"{W}sectPr"))
    return [sections[fault.page - 1] for fault in faults]


def _page_number(work: Work, rule: Rule, _faults: Sequence[Fault]) -> None:
    is_top = rule.edition == "nd-30-2020"
    work.changed |= page_numbers.numbered(
        work.package,
        work.sized.root,
        work.changed,
        where="header" if is_top else "footer",
        align="center" if is_top else "right",
    )


def _title_page(work: Work, _rule: Rule, _faults: Sequence[Fault]) -> None:
    work.changed |= page_numbers.without_first(work.package, work.sized.root, work.changed)


# --- letters ---------------------------------------------------------------------------------------------------------


def _font(work: Work, _rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        for run in edits.runs(work.paragraph(line)):
            look = work.sized.looks.of_run(run, work.sized.looks.of_paragraph(work.paragraph(line)))
            if look.font.lower().startswith((".vn", "vni-", "symbol", "wingdings", "webdings")):
                continue
            fonts = edits.run_property(run, "rFonts")
            fonts.attrib.clear()
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(f"{W}{script}", FONT)


def _colour(work: Work, _rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        for run in work.runs(line):
            colour = edits.run_property(run, "color")
            colour.attrib.clear()
            colour.set(f"{W}val", "000000")


def _size(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    """Set the nearest size that is allowed."""
    low, high = rule.values["low"], rule.values["high"]
    for line in work.lines(faults):
        size = high if (line.size or 0) > high else low
        for run in work.runs(line):
            for name in ("sz", "szCs"):
                edits.run_property(run, name).set(f"{W}val", f"{size * 2:.0f}")


def _style(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        for run in work.runs(line):
            for name, mark in (("bold", "b"), ("italic", "i")):
                if name in rule.values:
                    edits.switch(edits.run_property(run, mark), on=rule.values[name])
        if rule.values.get("upper"):
            work.reword(line, str.upper)


def _bold_start(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    """Make the beginning of a line bold: its first run is parted where the beginning ends."""
    for line in work.lines(faults):
        match = re.match(rule.values["pattern"], line.raw)
        length = match.end() if match else 0
        for run in list(edits.runs(work.paragraph(line))):
            text = edits.text_of(run)
            if length <= 0 or not text:
                continue
            if len(text) > length and len(run.findall(f"{W}t")) == 1:
                _part(run, length)
            edits.switch(edits.run_property(run, "b"), on=True)
            length -= len(text)


def _part(run: etree._Element, length: int) -> None:
    other = copy.deepcopy(run)
    for piece, words in zip((run, other), _parted(run.findtext(f"{W}t") or "", length), strict=True):
        text = piece.find(f"{W}t")
        if text is not None:
            text.text = words
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(other)


def _parted(text: str, length: int) -> tuple[str, str]:
    return text[:length], text[length:]


def _highlight(work: Work, _rule: Rule, _faults: Sequence[Fault]) -> None:
    for mark in list(work.sized.root.iter(f"{W}highlight")):
        edits.remove(mark)


# --- words -----------------------------------------------------------------------------------------------------------


def _words(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    wanted = rule.values["text"]
    for line in work.lines(faults):
        if rule.values.get("start"):
            work.reword(line, partial(_with_start, wanted=wanted))
        else:
            work.reword(line, partial(_replaced, wanted=wanted))


def _with_start(text: str, *, wanted: str) -> str:
    label = r"\s+".join(map(re.escape, wanted.rstrip(":").split()))
    return re.sub(rf"^(\s*){label}\s*[:.;]?", rf"\1{wanted}", nfc(text), count=1, flags=re.IGNORECASE)


def _replaced(text: str, *, wanted: str) -> str:
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return f"{text[:start]}{wanted}{text[end:]}"


def _reword(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        work.reword(line, wording.WORDINGS[rule.mend or ""])


def _ends(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    lines = work.parts[rule.element]
    items = items_of([line.words for line in lines], rule.values.get("items"))
    final = lines[items[-1][1]] if items else None
    for line in work.lines(faults):
        sign = rule.values["last"][0] if line is final else rule.values["each"]
        work.reword(line, partial(wording.end_with, sign=sign))


# --- paragraphs ------------------------------------------------------------------------------------------------------


def _align(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        edits.paragraph_property(work.paragraph(line), "jc").set(f"{W}val", rule.values["align"][0])


def _indent(work: Work, _rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        indent = edits.paragraph_property(work.paragraph(line), "ind")
        edits.forget(indent, "hanging", "left", "start", "firstLineChars", "hangingChars", "leftChars")
        indent.set(f"{W}left", "0")
        indent.set(f"{W}firstLine", str(round(INDENT * TWIPS_PER_MM)))


def _gap(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        spacing = edits.paragraph_property(work.paragraph(line), "spacing")
        edits.forget(spacing, "afterAutospacing")
        spacing.set(f"{W}after", str(round(rule.values["low"] * 20)))


def _spacing(work: Work, rule: Rule, faults: Sequence[Fault]) -> None:
    for line in work.lines(faults):
        spacing = edits.paragraph_property(work.paragraph(line), "spacing")
        wanted = rule.values["high"] if (line.spacing or 0) > rule.values["high"] else rule.values["low"]
        spacing.set(f"{W}line", str(round(wanted * 240)))
        spacing.set(f"{W}lineRule", "auto")


def _tracking(work: Work, _rule: Rule, _faults: Sequence[Fault]) -> None:
    settings = work.package.xml("word/settings.xml")
    if settings is not None:
        for mark in settings.findall(f"{W}trackRevisions"):
            settings.remove(mark)
        work.changed["word/settings.xml"] = page_numbers.written(settings)


_OF_WORDS = {"words", "basis_end", "recipient_end", *wording.WORDINGS}
MENDS: Mapping[str, Mend] = {
    "paper": _paper,
    "margin": _margin,
    "page_number": _page_number,
    "title_page": _title_page,
    "font": _font,
    "colour": _colour,
    "size": _size,
    "style": _style,
    "bold_start": _bold_start,
    "highlight": _highlight,
    "words": _words,
    "basis_end": _ends,
    "recipient_end": _ends,
    "align": _align,
    "indent": _indent,
    "gap": _gap,
    "spacing": _spacing,
    "tracking": _tracking,
} | dict.fromkeys(wording.WORDINGS, _reword)
