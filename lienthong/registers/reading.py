"""From the text of a register's file to its definition, with every fault said at once and its line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lienthong.fields import form as forms
from lienthong.fields.form import Form
from lienthong.kernel.faults import Fault, Faults
from lienthong.procedures.definition import Definition as Procedure
from lienthong.procedures.entries import Entry
from lienthong.procedures.lines import line_at, lines_of
from lienthong.registers.definition import KEEPERS, Definition, Origin

KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SYMBOL = re.compile(r"[^{}]*\{so\}[^{}]*(\{nam\}[^{}]*)?")
SYNTAX = re.compile(r"\(at line (\d+), column \d+\)")
NEVER = dt.date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may refer to outside itself; empty = not checked. ``procedures``: all versions by their code."""

    sectors: Collection[str] = ()
    procedures: Mapping[str, Collection[Procedure]] = field(default_factory=dict)


def read(text: str, *, known: Known | None = None) -> Definition:
    """Read a register from the text of its file; raises ``Faults``, each with its line."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = SYNTAX.search(str(error))
        said = "Tệp không đúng cú pháp TOML. Xem lại dấu ngoặc, dấu bằng ở dòng này."
        raise Faults([Fault((), said, int(found[1]) if found else 1)]) from error
    faults: list[Fault] = []
    definition = _definition(raw, known or Known(), faults)
    if faults:
        lines = lines_of(text)
        placed = [replace(fault, line=line_at(fault.path, lines)) for fault in faults]
        raise Faults(sorted(placed, key=lambda fault: fault.line))
    return definition


def _definition(raw: Mapping[str, Any], known: Known, faults: list[Fault]) -> Definition:
    top = Entry(raw, (), faults)
    form = _form(top)
    validity = Entry(top.get("validity") or {}, ("validity",), faults)
    found = Definition(
        key=_key(top),
        version=top.number("version", default=1, least=1),
        valid_from=top.day("valid_from", needed="Ghi ngày bắt đầu áp dụng (valid_from).") or NEVER,
        valid_to=top.day("valid_to"),
        name=top.text("name", needed="Ghi tên sổ (name).", longest=200),
        entry=top.text("entry", needed="Ghi một mục của sổ gọi là gì (entry).", longest=200),
        source=top.text("source", needed="Ghi nguồn (source): căn cứ nào quy định sổ này."),
        sector=top.text("sector", longest=40),
        verified=top.flag("verified", default=False),
        keeper=top.word("keeper", KEEPERS, default="competent"),
        symbol=top.text("symbol", longest=40) or "{so}/{nam}",
        title=top.words("title", needed="Ghi các trường làm tên một mục (title)."),
        form=form,
        years=validity.number("years", most=99),
        months=validity.number("months", most=999),
        origins=tuple(_origin(entry, form, known) for entry in top.tables("origins")),
    )
    validity.rest()
    top.rest()
    _check(top, found, known)
    return found


def _key(top: Entry) -> str:
    key = top.text("key", needed="Ghi mã sổ (key), ví dụ khai-sinh.", longest=40)
    if key and not KEY.fullmatch(key):
        top.wrong("key", "Mã sổ gồm chữ thường không dấu, số và gạch nối, ví dụ giay-phep-xay-dung.")
    return key


def _form(top: Entry) -> Form:
    raw = top.get("fields")
    try:
        form = forms.read(raw if isinstance(raw, list) else [])
    except Faults as found:
        top.faults += [fault.under("fields") for fault in found.faults]
        return Form()
    if not form.fields:
        top.wrong("fields", "Cần ít nhất một trường [[fields]].")
    return form


def _origin(entry: Entry, form: Form, known: Known) -> Origin:
    raw = entry.get("values")
    values = {str(key): str(path) for key, path in raw.items()} if isinstance(raw, Mapping) else {}
    origin = Origin(
        entry.text("procedure", needed="Ghi mã thủ tục có kết quả vào sổ (procedure)."), entry.text("result"), values
    )
    for key in sorted(set(values) - set(form.keys())):
        entry.wrong("values", f"Sổ không có trường “{key}”.")
    if known.procedures and origin.procedure:
        _resolve(entry, origin, known)
    entry.rest()
    return origin


def _resolve(entry: Entry, origin: Origin, known: Known) -> None:
    """Look whether the procedure has the result and, in one of its versions, each field from which is taken."""
    versions = known.procedures.get(origin.procedure, ())
    if not versions:
        entry.wrong("procedure", f"Không có thủ tục {origin.procedure}.")
        return
    results = {one.key for version in versions for one in version.results}
    if origin.result and origin.result not in results:
        entry.wrong("result", f"Thủ tục {origin.procedure} không có kết quả “{origin.result}”.")
    fields = {one.key for version in versions for one in version.form.fields}
    for path in origin.values.values():
        if path.partition(".")[0] not in fields:
            entry.wrong("values", f"Thủ tục {origin.procedure} không có trường “{path}”.")


def _check(top: Entry, found: Definition, known: Known) -> None:
    if found.valid_to and found.valid_to <= found.valid_from:
        top.wrong("valid_to", "Ngày thôi áp dụng phải sau ngày bắt đầu.")
    if not SYMBOL.fullmatch(found.symbol):
        top.wrong("symbol", "Cách ghi số (symbol) phải có {so}, có thể có {nam}, ví dụ {so}/{nam}.")
    if known.sectors and found.sector and found.sector not in known.sectors:
        top.wrong("sector", f"Không có lĩnh vực “{found.sector}”.")
    for path in found.title:
        if path.partition(".")[0] not in set(found.form.keys()):
            top.wrong("title", f"Sổ không có trường “{path}”.")
