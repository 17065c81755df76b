"""A template's texts as the pages of a paper: filled with values or with examples, under a head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from lienthong.formatting.official import Official
from lienthong.kernel.refusal import Refusal
from lienthong.stationery.checking import PARTS, faults_of, summary
from lienthong.stationery.filling import Filled, context_of, render, require_complete
from lienthong.stationery.heads import HeadLines
from lienthong.stationery.words import Field, Value, samples

LETTER = "cong-van"
INSTEAD = "Hãy chọn mẫu khác hoặc soạn không theo mẫu, và báo người quản trị mẫu văn bản sửa."
_HEADED_WITHOUT_WORD = {LETTER}
TYPE_HEADINGS = {"thu-cong": "THƯ CÔNG"}
DRAFT_SYMBOL = "      /"


def filled(content: Mapping[str, Any], values: Mapping[str, Value], *, complete: bool = True) -> Filled:
    """Return a template's texts with the values in their places.

    ``complete``: refuse values that leave a required field empty (a preview does not).
    """
    fields = {entry["name"]: Field(**entry) for entry in content["fields"]}
    if complete:
        require_complete(values, fields)
    plain, marked = context_of(values, fields), context_of(values, fields, in_markup=True)
    try:
        texts = {name: render(str(content[name]), marked if name == "body" else plain) for name in PARTS}
    except Refusal as refusal:
        faults = faults_of(content)
        if not faults:
            raise
        raise Refusal(f"Mẫu này hỏng nên chưa dùng được. {summary(faults)} {INSTEAD}", field="template") from refusal
    return Filled(
        abstract=" ".join(texts["abstract"].split()),
        addressees=_lines(texts["addressees"]),
        body="\n".join(line.rstrip() for line in texts["body"].strip().splitlines()),
        recipients=_lines(texts["recipients"]),
    )


def heading(code: str, name: str) -> str:
    """Return what stands in capitals above the abstract; nothing for a công văn."""
    if code in _HEADED_WITHOUT_WORD:
        return ""
    return TYPE_HEADINGS.get(code) or name.partition(" (")[0].upper()


def draft_symbol(code: str, abbreviation: str, agency: str, division: str) -> str:
    """Return the symbol of a draft with room for its number: "      /QĐ-STTTT", a letter's "      /STTTT-CNTT"."""
    parts = (agency, division) if code == LETTER or not abbreviation else (abbreviation, agency)
    return DRAFT_SYMBOL + "-".join(part for part in parts if part)


def sample(
    content: Mapping[str, Any], *, code: str, type_name: str, abbreviation: str, head: HeadLines,
    values: Mapping[str, Value], year: int,
) -> Official:  # fmt: skip
    """Return the paper that a preview shows: filled with examples wherever there is no value."""
    fields = {entry["name"]: Field(**entry) for entry in content["fields"]}
    told: dict[str, Value] = samples(fields) | {"nam": str(year), "nam_truoc": str(year - 1)} | dict(values)
    draft = filled(content, told, complete=False)
    return official(draft, heading=heading(code, type_name), head=head, told=told, symbol=draft_symbol(
        code, abbreviation, str(told["ky_hieu_co_quan"]), str(told["ky_hieu_don_vi"])
    ))  # fmt: skip


def official(
    draft: Filled, *, heading: str, head: HeadLines, told: Mapping[str, Value], symbol: str, date: dt.date | None = None
) -> Official:
    """Return a filled draft as the pages show it."""
    block = str(told.get("khoi_ky") or told.get("chuc_vu_nguoi_ky") or "").upper()
    return Official(
        superior=head.superior,
        issuer=head.issuer,
        symbol=symbol,
        place=head.place,
        date=date,
        type_name=heading,
        abstract=draft.abstract,
        addressees=draft.addressees,
        body=draft.body,
        signing=tuple(line for line in block.splitlines() if line.strip()),
        signer=str(told.get("nguoi_ky") or ""),
        recipients=draft.recipients,
        contact=head.contact,
    )


def tagged(content: Mapping[str, Any], *, heading: str) -> Official:
    """Return the paper of a template with its tags still in it: what becomes the Word form to download."""
    draft = Filled(
        abstract=str(content["abstract"]),
        addressees=_lines(str(content["addressees"])),
        body=str(content["body"]),
        recipients=_lines(str(content["recipients"])),
    )
    head = HeadLines("{{ dau_cap_tren }}", "{{ dau_co_quan }}", "{{ dia_danh }}")
    told = {"khoi_ky": "{{ khoi_ky }}", "nguoi_ky": "{{ nguoi_ky }}"}
    return official(draft, heading=heading, head=head, told=told, symbol="{{ so_ky_hieu }}")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for typed in text.splitlines() if (line := " ".join(typed.split())))
