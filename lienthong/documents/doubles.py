"""How two registrations are recognised as the same document."""

from __future__ import annotations

from lienthong.kernel.vietnamese import fold


def symbol_key(symbol: str) -> str:
    """Return a symbol as it is compared: folded, without spaces, leading zeros of the number dropped."""
    return "".join(fold(symbol).split()).lstrip("0")


def same_issuer(one: str, other: str) -> bool:
    """Tell whether two spellings of an issuer can mean the same agency: one holds all words of the other."""
    first, second = _words(one), _words(other)
    return first <= second or second <= first


def _words(name: str) -> set[str]:
    return set(fold(name).replace("uy ban nhan dan", "ubnd").split())
