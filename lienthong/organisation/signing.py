"""The block above a signature, by the rules of NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I: pure, no rows."""

from __future__ import annotations

COLLECTIVE_KINDS = frozenset({"province_committee", "district", "commune"})
_HEADS = {
    "province_committee": "Chủ tịch",
    "district": "Chủ tịch",
    "commune": "Chủ tịch",
    "department": "Giám đốc",
    "centre": "Giám đốc",
    "enterprise": "Giám đốc",
    "office": "Chánh Văn phòng",
    "division": "Trưởng phòng",
    "central": "Bộ trưởng",
}
_DEPUTY_WORDS = ("phó ", "thứ trưởng")


def is_deputy(title: str) -> bool:
    """Tell whether a title is a deputy's: "Phó Giám đốc", "Thứ trưởng"."""
    return title.strip().lower().startswith(_DEPUTY_WORDS)


def head_title(unit_kind: str, title: str = "") -> str:
    """Return what the head of a unit is called; a deputy's own title says it best ("Phó Giám đốc" → "Giám đốc")."""
    words = title.strip()
    if words.lower().startswith("phó "):
        rest = words[4:].strip()
        return rest[:1].upper() + rest[1:]
    return _HEADS.get(unit_kind, "Thủ trưởng")


def block_lines(form: str, *, unit_kind: str, title: str, own_unit_kind: str) -> list[str]:
    """Return the lines above the name, from top to bottom, in capitals.

    ``unit_kind`` is the unit signed for, ``own_unit_kind`` the unit of the signer's post (they differ for TL., TUQ.).
    """
    title = title.strip()
    collective = ["TM. ỦY BAN NHÂN DÂN"] if unit_kind in COLLECTIVE_KINDS else []
    if form in {"tl", "tuq"}:
        lines = [f"{form.upper()}. {head_title(unit_kind)}"]
        if form == "tl" and is_deputy(title):
            lines.append(f"KT. {head_title(own_unit_kind, title)}")
        return [line.upper() for line in [*lines, title]]
    lines = {
        "own": [title],
        "tm": [*collective, title],
        "q": [*collective, f"Q. {title.removeprefix('Quyền ').removeprefix('quyền ')}"],
        "kt": [*collective, f"KT. {head_title(unit_kind, title)}", title],
    }[form]
    return [line.upper() for line in lines]
