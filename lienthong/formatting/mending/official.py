"""Mending a document in its text form: the words only, since its pages are set by the system."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lienthong.formatting.blocks import Paragraph, blocks
from lienthong.formatting.checking.check import Finding
from lienthong.formatting.mending import wording
from lienthong.formatting.official import Appendix, Official

_EVERYWHERE = ("compose", "spaces", "marks")


def mend_official(official: Official, findings: Iterable[Finding]) -> Official:
    """Return the document with what was found mended where that is certain; all else is as it was."""
    mends = {finding.mend for finding in findings if finding.mend}
    for name in _EVERYWHERE:
        if name in mends:
            official = _everywhere(official, wording.WORDINGS[name])
    if "symbol" in mends:
        official = replace(official, symbol=wording.symbol(f"Số: {official.symbol}").removeprefix("Số: "))
    if "strip_end" in mends:
        official = replace(official, abstract=wording.strip_end(official.abstract))
    if "about" in mends and official.is_letter:
        official = replace(official, abstract=wording.about(official.abstract))
    if "prefix" in mends:
        official = replace(official, signing=tuple(wording.prefix(line) for line in official.signing))
    body = official.body
    if "article" in mends:
        body = "\n".join(wording.article(line) for line in body.split("\n"))
    if "basis_end" in mends:
        body = _ended_bases(body)
    if "closing" in mends:
        body = _closed(body)
    return replace(official, body=body)


def _everywhere(official: Official, mend: wording.Wording) -> Official:
    return replace(
        official,
        abstract=mend(official.abstract),
        body=_by_line(official.body, mend),
        addressees=tuple(mend(one) for one in official.addressees),
        recipients=tuple(mend(one) for one in official.recipients),
        signer=mend(official.signer),
        appendices=tuple(
            Appendix(title=one.title, caption=mend(one.caption), body=_by_line(one.body, mend))
            for one in official.appendices
        ),
    )


def _by_line(body: str, mend: wording.Wording) -> str:
    return "\n".join(mend(line) for line in body.split("\n"))


def _ended_bases(body: str) -> str:
    lines = body.split("\n")
    bases = [block.line - 1 for block in blocks(body) if isinstance(block, Paragraph) and block.kind == "basis"]
    for place in bases:
        lines[place] = wording.end_with(lines[place], "." if place == bases[-1] else ";")
    return "\n".join(lines)


def _closed(body: str) -> str:
    lines = body.rstrip().split("\n")
    last = blocks(body)[-1:]
    if last and isinstance(last[0], Paragraph) and not lines[-1].rstrip().endswith(("*", "_", "^")):
        lines[-1] = wording.closing(lines[-1])
    return "\n".join(lines)
