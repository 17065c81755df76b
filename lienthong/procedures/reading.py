"""From the text of a procedure's file to its definition, with every fault said at once and its line."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lienthong.calendars.limits import Limit
from lienthong.fields import form as forms
from lienthong.fields.conditions import ALWAYS
from lienthong.fields.form import Form
from lienthong.kernel.faults import Fault, Faults
from lienthong.procedures.definition import (
    APPLICANT,
    ONLINE,
    RECEIVING,
    SUBJECTS,
    Channel,
    Competence,
    Component,
    Definition,
    Level,
    LimitRule,
    Link,
    Result,
    SupplementRule,
)
from lienthong.procedures.entries import Entry, read_key
from lienthong.procedures.fees import read_fee
from lienthong.procedures.lines import line_at, lines_of
from lienthong.workflow import reading as flows
from lienthong.workflow.checking import hours_of
from lienthong.workflow.flow import Flow

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{2,38}")
CASE_WORDS = ("ma_ho_so", "ten_thu_tuc", "ten_ket_qua", "nguoi_nop", "dia_chi", "ngay_nop", "can_cu", "noi_dung")
"""What a template of a result may ask for besides the fields of the procedure: every case says it."""
SYNTAX = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Known:
    """What a file may refer to outside itself; empty = not checked (a file read alone).

    ``templates``: of each template of documents, the fields that it must be given.
    """

    roles: Collection[str] = field(default=())
    sectors: Collection[str] = field(default=())
    document_types: Collection[str] = field(default=())
    registers: Collection[str] = field(default=())
    templates: Mapping[str, Collection[str]] = field(default_factory=dict)


def read(text: str, *, known: Known | None = None) -> Definition:
    """Read a procedure from the text of its file; raises ``Faults``, each with its line."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Faults([_syntax(error)]) from error
    faults: list[Fault] = []
    definition = _definition(raw, known or Known(), faults)
    if faults:
        lines = lines_of(text)
        placed = [replace(fault, line=line_at(fault.path, lines)) for fault in faults]
        raise Faults(sorted(placed, key=lambda fault: fault.line))
    return definition


def _syntax(error: tomllib.TOMLDecodeError) -> Fault:
    found = SYNTAX.search(str(error))
    line = int(found[1]) if found else 1
    where = f" ở cột {found[2]}" if found else ""
    said = SYNTAX.sub("", str(error)).strip()
    return Fault((), f"Tệp không đúng cú pháp TOML{where} ({said}). Xem lại dấu ngoặc, dấu bằng ở dòng này.", line)


def _definition(raw: Mapping[str, Any], known: Known, faults: list[Fault]) -> Definition:
    top = Entry(raw, (), faults)
    form = _form(top)
    keys = None if faults else form.keys()  # what else names fields is not blamed for fields that could not be read
    limits = _limits(top, keys)
    definition = Definition(
        code=_code(top),
        version=top.number("version", default=1, least=1),
        valid_from=top.day("valid_from", needed="Ghi ngày bắt đầu áp dụng (valid_from).") or _NEVER,
        valid_to=top.day("valid_to"),
        name=top.text("name", needed="Ghi tên thủ tục (name).", longest=500),
        sector=_one_of(top, "sector", known.sectors, "lĩnh vực"),
        subjects=top.words("subjects", SUBJECTS, needed="Ghi ai được nộp (subjects)."),
        keywords=top.words("keywords"),
        summary=top.text("summary"),
        source=top.text("source", needed="Ghi nguồn (source): lấy thông tin thủ tục ở đâu, khi nào."),
        verified=top.flag("verified", default=False),
        online=top.word("online", ONLINE, default="none"),
        conditions=top.words("conditions"),
        legal_basis=top.words("legal_basis"),
        local_codes=top.words("local_codes"),
        competence=_competence(top, form, known),
        supplement=_supplement(top),
        limits=limits,
        fees=tuple(read_fee(entry, form) for entry in top.tables("fees")),
        components=tuple(_component(entry, keys) for entry in top.tables("components")),
        form=form,
        flow=_flow(top, known, limits),
        results=tuple(_result(entry, keys, known) for entry in top.tables("results")),
        links=_links(top, keys),
    )
    top.rest()
    _once(top, "fees")
    _once(top, "components")
    _once(top, "results")
    if definition.valid_to and definition.valid_to <= definition.valid_from:
        top.wrong("valid_to", "Ngày thôi áp dụng phải sau ngày bắt đầu.")
    if not definition.results:
        top.wrong("results", "Cần ít nhất một kết quả [[results]].")
    return definition


_NEVER = dt.date(1900, 1, 1)


def _code(top: Entry) -> str:
    code = top.text("code", needed="Ghi mã thủ tục (code), ví dụ 1.001193.")
    if code and not CODE.fullmatch(code):
        top.wrong("code", "Mã thủ tục gồm chữ, số, dấu chấm, gạch nối, dài 3 đến 39 ký tự.")
    return code


def _one_of(entry: Entry, name: str, allowed: Collection[str], what: str) -> str:
    value = entry.text(name, needed=f"Ghi {what} ({name}).")
    if value and allowed and value not in allowed:
        entry.wrong(name, f"Không có {what} “{value}”. Chọn một trong: {', '.join(sorted(allowed))}.")
    return value


def _form(top: Entry) -> Form:
    raw = top.get("fields")
    if raw is None:
        return Form()
    try:
        return forms.read(raw if isinstance(raw, list) else [])
    except Faults as found:
        top.faults += [fault.under("fields") for fault in found.faults]
        return Form()


def _competence(top: Entry, form: Form, known: Known) -> Competence:
    raw = top.get("competence")
    if not isinstance(raw, Mapping):
        top.wrong("competence", "Cần bảng [competence]: cấp nào giải quyết (level), theo địa bàn nào (area).")
        return Competence(Level.COMMUNE)
    entry = Entry(raw, ("competence",), top.faults)
    level = Level(entry.word("level", [one.value for one in Level]))
    area = entry.text("area") or APPLICANT
    found = Competence(level, area, entry.text("sector"))
    if found.area_field:
        if form.kinds().get(found.area_field) != "address" and form.fields:
            entry.wrong("area", f"“{found.area_field}” không phải là một trường địa chỉ (address) của biểu mẫu.")
    elif area not in (APPLICANT, RECEIVING):
        entry.wrong("area", "area là applicant, receiving, hoặc field:<mã trường địa chỉ>.")
    if found.sector and known.sectors and found.sector not in known.sectors:
        entry.wrong("sector", f"Không có lĩnh vực “{found.sector}”.")
    entry.rest()
    return found


def _supplement(top: Entry) -> SupplementRule:
    raw = top.get("supplement")
    if raw is None:
        return SupplementRule()
    entry = Entry(raw, ("supplement",), top.faults)
    rule = SupplementRule(
        entry.number("rounds", default=1, most=9),
        entry.limit("answer_within"),
        entry.number("apologies", default=1, most=9),
    )
    entry.rest()
    return rule


def _limits(top: Entry, keys: Collection[str] | None) -> tuple[LimitRule, ...]:
    rules = []
    for entry in top.tables("limits"):
        channels = entry.words("channels", [one.value for one in Channel])
        rules.append(
            LimitRule(
                limit=entry.limit("amount", needed='Ghi thời hạn (amount), ví dụ "5 ngày làm việc".'),
                channels=tuple(Channel(one) for one in channels if one in set(Channel)),
                when=entry.condition("when", keys) or ALWAYS,
                note=entry.text("note"),
            )
        )
        entry.rest()
    if not rules:
        top.wrong("limits", 'Cần ít nhất một thời hạn [[limits]]; không quy định thì ghi amount = "không quy định".')
        return (LimitRule(None),)
    if not rules[-1].is_general:
        top.faults.append(
            Fault(
                ("limits", len(rules) - 1), "Thời hạn cuối cùng phải áp dụng cho mọi trường hợp: bỏ channels và when."
            )
        )
    return tuple(rules)


def _component(entry: Entry, keys: Collection[str] | None) -> Component:
    component = Component(
        key=read_key(entry),
        name=entry.text("name", needed="Ghi tên giấy tờ (name).", longest=500),
        form=entry.text("form", longest=200),
        originals=entry.number("originals", most=20),
        copies=entry.number("copies", most=20),
        required=entry.flag("required", default=True),
        when=entry.condition("when", keys) or ALWAYS,
        from_form=entry.flag("from_form", default=False),
        reuse=entry.text("reuse", longest=40),
        note=entry.text("note"),
    )
    entry.rest()
    return component


def _result(entry: Entry, keys: Collection[str] | None, known: Known) -> Result:
    result = Result(
        key=read_key(entry),
        name=entry.text("name", needed="Ghi tên kết quả (name).", longest=300),
        code=entry.text("code", longest=40),
        document_type=entry.text("document_type"),
        template=entry.text("template", longest=60),
        register=entry.text("register", longest=60),
        is_paper=entry.flag("is_paper", default=True),
        when=entry.condition("when", keys) or ALWAYS,
    )
    if result.document_type and known.document_types and result.document_type not in known.document_types:
        entry.wrong("document_type", f"Không có loại văn bản “{result.document_type}” trong danh mục.")
    if result.register and known.registers and result.register not in known.registers:
        entry.wrong("register", f"Không có sổ “{result.register}”. Các sổ: {', '.join(sorted(known.registers))}.")
    _check_template(entry, result, keys, known)
    entry.rest()
    return result


def _check_template(entry: Entry, result: Result, keys: Collection[str] | None, known: Known) -> None:
    """Look whether the template of a result is there, and each field that it must have is one of this procedure."""
    if not result.template:
        return
    if not result.document_type:
        entry.wrong("template", "Có mẫu (template) thì ghi cả loại văn bản (document_type).")
    if known.templates and result.template not in known.templates:
        entry.wrong("template", f"Không có mẫu văn bản “{result.template}”.")
    asked = set(known.templates.get(result.template, ())) - set(CASE_WORDS)
    missing = sorted(asked - set(keys)) if keys is not None else []
    if missing:
        entry.wrong("template", f"Mẫu “{result.template}” cần trường mà thủ tục không có: {', '.join(missing)}.")


def _links(top: Entry, keys: Collection[str] | None) -> tuple[Link, ...]:
    results = {one.get("key") for one in top.raw.get("results", []) if isinstance(one, Mapping)}
    links = []
    for entry in top.tables("links"):
        link = Link(
            procedure=entry.text("procedure", needed="Ghi mã thủ tục liên thông (procedure)."),
            name=entry.text("name", needed="Ghi tên thủ tục liên thông (name)."),
            opens=entry.word("opens", ("with", "after"), default="with"),
            needs=entry.words("needs"),
            when=entry.condition("when", keys) or ALWAYS,
            carries=_pairs(entry, "carries"),
            says=_pairs(entry, "says"),
        )
        for source in link.carries.values():
            if keys is not None and str(source).split(".", 1)[0] not in keys:
                entry.wrong("carries", f"Không có trường “{source}” trong [[fields]].")
        for need in link.needs:
            if need not in results:
                entry.wrong("needs", f"Không có kết quả “{need}” trong [[results]].")
        entry.rest()
        links.append(link)
    return tuple(links)


def _pairs(entry: Entry, name: str) -> dict[str, Any]:
    """Return a small table of keys and plain values."""
    raw = entry.get(name)
    if raw is None:
        return {}
    if not isinstance(raw, Mapping) or not all(isinstance(one, str | int | bool) for one in raw.values()):
        entry.wrong(name, f"Ghi {name} dạng {{ trường_bên_kia = … }}.")
        return {}
    return dict(raw)


def _flow(top: Entry, known: Known, limits: tuple[LimitRule, ...]) -> Flow:
    raw = top.get("steps")
    if not isinstance(raw, list) or not all(isinstance(one, Mapping) for one in raw):
        top.wrong("steps", "Cần các bước [[steps]].")
        return Flow()
    try:
        return flows.read(raw, roles=known.roles, whole=_shortest(limits))
    except Faults as found:
        top.faults += [fault.under("steps") for fault in found.faults]
        return Flow()


def _shortest(limits: tuple[LimitRule, ...]) -> Limit | None:
    set_ones = [rule.limit for rule in limits if rule.limit is not None]
    return min(set_ones, key=hours_of, default=None)


def _once(top: Entry, name: str) -> None:
    seen: set[object] = set()
    for number, one in enumerate(top.raw.get(name) or []):
        key = one.get("key") if isinstance(one, Mapping) else None
        if key is not None and key in seen:
            top.faults.append(Fault((name, number, "key"), f"Mã “{key}” đã có ở trên. Đặt mã khác."))
        seen.add(key)
