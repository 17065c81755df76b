"""How the symbol of an outgoing document is put together (NĐ 30/2020 Phụ lục I, mục II.3): pure."""

from __future__ import annotations


def symbol_of(number: int | None, *, type_abbreviation: str, agency: str, unit: str) -> str:
    """Return the number and symbol: ``139/QĐ-UBND``; of a letter without a type, ``275/STTTT-CNTT``.

    A number below 10 takes a leading 0. Without a number there is room to write it in.
    """
    printed = "      " if number is None else f"{number:02}"
    if type_abbreviation:
        return f"{printed}/{type_abbreviation}-{agency}"
    return f"{printed}/{agency}-{unit}" if unit and unit != agency else f"{printed}/{agency}"
