"""Reading the fees of a procedure's file."""

from __future__ import annotations

from collections.abc import Mapping

from lienthong.fields import formulas
from lienthong.fields.conditions import ALWAYS
from lienthong.fields.form import Form
from lienthong.fields.formulas import Formula
from lienthong.kernel.faults import Faults
from lienthong.procedures.definition import Fee
from lienthong.procedures.entries import Entry, read_key

FEE_KINDS = ("fixed", "formula", "table", "council")
DUES = ("at_receipt", "before_result")


def read_fee(entry: Entry, form: Form) -> Fee:
    """Read one fee; its formula and conditions may name the fields of the form."""
    keys, kind = form.keys() or None, entry.word("kind", FEE_KINDS)
    by = entry.text("by", needed="Ghi trường chọn (by) mà bảng phí dựa vào." if kind == "table" else "")
    fee = Fee(
        key=read_key(entry),
        name=entry.text("name", needed="Ghi tên khoản phí (name).", longest=300),
        kind=kind,
        amount=entry.amount("amount"),
        formula=_formula(entry, form, is_needed=kind == "formula"),
        by=by,
        amounts=_amounts(entry, form, by),
        council=entry.text("council"),
        when=entry.condition("when", keys) or ALWAYS,
        free_when=entry.condition("free_when", keys),
        free_reason=entry.text("free_reason"),
        due=entry.word("due", DUES, default="at_receipt"),
        source=entry.text("source"),
        verified=entry.flag("verified", default=False),
    )
    if kind == "council" and not fee.council:
        entry.wrong("council", "Ghi nghị quyết của HĐND (council), hoặc “theo nghị quyết HĐND tỉnh”.")
    if fee.free_when is not None and not fee.free_reason:
        entry.wrong("free_when", "Miễn phí thì ghi lý do (free_reason), để in cho người nộp.")
    entry.rest()
    return fee


def _formula(entry: Entry, form: Form, *, is_needed: bool) -> Formula | None:
    text = entry.text("formula", needed="Ghi công thức (formula)." if is_needed else "")
    if not text:
        return None
    try:
        return formulas.read(text, known=form.kinds())
    except Faults as found:
        entry.faults += [fault.under(*entry.at, "formula") for fault in found.faults]
        return None


def _amounts(entry: Entry, form: Form, by: str) -> dict[str, int]:
    raw = entry.get("amounts")
    if raw is None:
        if by:
            entry.wrong("amounts", "Ghi mức của từng lựa chọn: amounts = { a = 10_000, b = 20_000 }.")
        return {}
    if not isinstance(raw, Mapping) or not all(type(one) is int and one >= 0 for one in raw.values()):
        entry.wrong("amounts", "amounts là bảng số tiền nguyên: { a = 10_000, b = 20_000 }.")
        return {}
    if form.kinds().get(by) != "choice":
        entry.wrong("by", f"“{by}” không phải là trường chọn (choice) của biểu mẫu.")
        return {}
    options = {one["key"] for one in form.field(by).options["options"]}
    for name in options - set(raw):
        entry.wrong("amounts", f"Thiếu mức cho lựa chọn “{name}”.")
    for name in set(raw) - options:
        entry.wrong("amounts", f"Trường {by} không có lựa chọn “{name}”.")
    return dict(raw)
