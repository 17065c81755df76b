"""The plain forms of a draft: what of a file is filled in without reading TOML, and the edit that comes of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienthong.fields import conditions
from lienthong.fields import form as forms
from lienthong.fields.form import Form
from lienthong.fields.kinds.choice import labels
from lienthong.kernel.faults import Faults, Path
from lienthong.kernel.vietnamese import fold
from lienthong.procedures.definition import CHANNELS, ONLINE, SUBJECTS
from lienthong.procedures.wording import DUES, condition

PARTS = {
    "facts": "Thông tin chung",
    "limits": "Thời hạn, bổ sung",
    "fees": "Phí, lệ phí",
    "papers": "Thành phần hồ sơ",
    "steps": "Các bước",
}
NEW = {"fees": "fees", "papers": "components"}
FLAGS_ON = ("required",)


@dataclass(frozen=True, slots=True)
class Blank:
    """One box: where its value stands in the file, what it is called, what it holds now.

    ``kind`` is text, paragraph, lines (a list, one a line), day, amount, number, flag, choice or choices.
    """

    path: Path
    kind: str
    label: str
    value: Any = None
    help: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Its name in the form: the path with dots."""
        return ".".join(str(part) for part in self.path)


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes that belong together; ``at`` is the path of a table that may be taken away."""

    title: str
    blanks: tuple[Blank, ...]
    note: str = ""
    at: Path = ()

    @property
    def removal(self) -> str:
        """The name of the box that takes it away; nothing where it stays."""
        return "remove." + ".".join(str(part) for part in self.at) if self.at else ""


def groups(part: str, raw: Mapping[str, Any]) -> list[Group]:
    """Return the boxes of a part with what the file says now."""
    return list({"facts": _facts, "limits": _limits, "fees": _fees, "papers": _papers, "steps": _steps}[part](raw))


def _blank(table: Mapping[str, Any], at: Path, name: str, kind: str, label: str, **more: Any) -> Blank:
    default = name in FLAGS_ON if kind == "flag" else None
    return Blank((*at, name), kind, label, table.get(name, default), **more)


def _facts(raw: Mapping[str, Any]) -> Iterator[Group]:
    def one(name: str, kind: str, label: str, **more: Any) -> Blank:
        return _blank(raw, (), name, kind, label, **more)

    yield Group(
        "Thủ tục",
        (
            one("name", "paragraph", "Tên thủ tục", required=True),
            one("summary", "paragraph", "Tóm tắt", help="Một, hai câu: dành cho ai, được gì."),
            one("keywords", "lines", "Từ người dân hay dùng", help="Mỗi dòng một cách gọi, để tìm ra thủ tục."),
            one("subjects", "choices", "Ai được nộp", required=True, choices=tuple(SUBJECTS.items())),
            one("online", "choice", "Nhận trực tuyến", required=True, choices=tuple(ONLINE.items())),
        ),
    )
    yield Group(
        "Thời gian áp dụng",
        (
            one("valid_from", "day", "Áp dụng từ ngày", required=True),
            one("valid_to", "day", "Thôi áp dụng từ ngày", help="Để trống khi chưa biết."),
        ),
    )
    yield Group(
        "Điều kiện và căn cứ",
        (
            one("conditions", "lines", "Yêu cầu, điều kiện", help="Mỗi dòng một điều kiện."),
            one("legal_basis", "lines", "Căn cứ pháp lý", help="Mỗi dòng một văn bản."),
            one("source", "paragraph", "Nguồn của nội dung này", required=True),
            one("verified", "flag", "Đã đối chiếu với nguồn"),
        ),
    )


def _limits(raw: Mapping[str, Any]) -> Iterator[Group]:
    hint = "Ví dụ: 5 ngày làm việc, 8 giờ làm việc, trong ngày, không quy định."
    for at, table in _tables(raw, "limits"):
        yield Group(
            _case(table, raw),
            (
                _blank(table, at, "amount", "text", "Thời hạn", required=True, help=hint),
                _blank(table, at, "note", "text", "Ghi chú"),
            ),
        )
    table = _table(raw, "supplement")
    yield Group(
        "Yêu cầu bổ sung, xin lỗi",
        (
            _blank(table, ("supplement",), "rounds", "number", "Số lần được yêu cầu bổ sung"),
            _blank(table, ("supplement",), "answer_within", "text", "Người nộp bổ sung trong", help="Ví dụ: 30 ngày."),
            _blank(table, ("supplement",), "apologies", "number", "Số lần được xin lỗi, hẹn lại"),
        ),
    )


def _fees(raw: Mapping[str, Any]) -> Iterator[Group]:
    for at, table in _tables(raw, "fees"):
        yield Group(str(table.get("name", "")), tuple(_fee(table, at, raw)), note=_case(table, raw, ""), at=at)
    yield Group("Thêm một khoản", tuple(_fee({}, ("+fees",), raw)))


def _fee(table: Mapping[str, Any], at: Path, raw: Mapping[str, Any]) -> Iterator[Blank]:
    is_new = not table
    yield _blank(table, at, "name", "text", "Tên khoản thu", required=not is_new)
    if isinstance(table.get("amounts"), Mapping):
        names = _options(raw, table.get("by"))
        for key, amount in table["amounts"].items():
            yield Blank((*at, "amounts", key), "amount", f"Mức thu: {names.get(key, key)}", amount, required=True)
    elif "formula" in table:
        yield _blank(table, at, "formula", "text", "Công thức", required=True)
    else:
        yield _blank(table, at, "amount", "amount", "Mức thu", required=not is_new)
    if "council" in table:
        yield _blank(table, at, "council", "text", "Nghị quyết HĐND", required=True)
    yield _blank(table, at, "due", "choice", "Thu lúc nào", choices=tuple(DUES.items()))
    yield _blank(table, at, "source", "text", "Nguồn")
    if not is_new:
        yield _blank(table, at, "verified", "flag", "Đã đối chiếu")


def _papers(raw: Mapping[str, Any]) -> Iterator[Group]:
    for at, table in _tables(raw, "components"):
        yield Group(str(table.get("name", "")), tuple(_paper(table, at)), note=_case(table, raw, ""), at=at)
    yield Group("Thêm giấy tờ", tuple(_paper({}, ("+components",))))


def _paper(table: Mapping[str, Any], at: Path) -> Iterator[Blank]:
    yield _blank(table, at, "name", "paragraph", "Tên giấy tờ", required=bool(table))
    yield _blank(table, at, "form", "text", "Mẫu", help="Ví dụ: Mẫu số 01.")
    yield _blank(table, at, "originals", "number", "Số bản chính")
    yield _blank(table, at, "copies", "number", "Số bản sao")
    yield _blank(table, at, "required", "flag", "Bắt buộc")
    yield _blank(table, at, "note", "text", "Ghi chú")


def _steps(raw: Mapping[str, Any]) -> Iterator[Group]:
    hint = "Ví dụ: 4 giờ làm việc. Để trống khi bước này không có hạn riêng."
    for number, (at, table) in enumerate(_tables(raw, "steps"), start=1):
        yield Group(
            f"Bước {number}: {table.get('name', '')}",
            (
                _blank(table, at, "name", "text", "Tên bước", required=True),
                _blank(table, at, "limit", "text", "Thời hạn của bước", help=hint),
                _blank(table, at, "note", "text", "Ghi chú cho người làm"),
            ),
        )


def _tables(raw: Mapping[str, Any], name: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    listed = raw.get(name)
    for number, table in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(table, Mapping):
            yield (name, number), table


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, Mapping) else {}


def _options(raw: Mapping[str, Any], key: object) -> Mapping[str, str]:
    """Return what the options of a choice are called, by their keys."""
    form = _form(raw)
    return labels(form.field(str(key))) if form.kinds().get(str(key)) == "choice" else {}


def _form(raw: Mapping[str, Any]) -> Form:
    """Return the form that the file has; an empty one while it is wrong."""
    listed = raw.get("fields")
    try:
        return forms.read(listed) if isinstance(listed, list) else Form()
    except Faults:
        return Form()


def _case(table: Mapping[str, Any], raw: Mapping[str, Any], otherwise: str = "Mọi trường hợp khác") -> str:
    """Say in which case a table counts."""
    try:
        when = condition(conditions.read(table["when"]), _form(raw)) if "when" in table else ""
    except Faults:
        when = "điều kiện viết sai, xem phần văn bản"
    channels = table.get("channels")
    names = {str(key): name.lower() for key, name in CHANNELS.items()}
    listed = [names.get(str(one), str(one)) for one in channels] if isinstance(channels, list) else []
    parts = [f"nộp {', '.join(listed)}" if listed else "", when]
    return "Khi " + ", ".join(filter(None, parts)) if any(parts) else otherwise


def key_from(name: str, taken: Collection[str]) -> str:
    """Return a key for something new by its name: "Bản vẽ thiết kế" becomes "ban_ve_thiet_ke"."""
    words = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    key = (words if words[:1].isalpha() else f"k_{words}")[:36].strip("_")
    free = (key, *(f"{key}_{number}" for number in range(2, 1000)))
    return next(one for one in free if one not in taken)


def keys_of(raw: Mapping[str, Any], name: str) -> set[str]:
    """Return the keys that the tables of a list have."""
    return {str(table.get("key")) for _, table in _tables(raw, name)}


def as_it_was(path: Path, removed: Sequence[Path], raw: Mapping[str, Any]) -> Path:
    """Return the path of a fault as the form had it: places before tables were taken away and added."""
    if len(path) < 2 or not isinstance(path[1], int):
        return path
    count = len(raw.get(str(path[0])) or [])
    kept = [place for place in range(count) if (path[0], place) not in removed]
    if path[1] < len(kept):
        return (path[0], kept[path[1]], *path[2:])
    return (f"+{path[0]}", *path[2:])
