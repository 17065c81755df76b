"""The other side of ``sandbox``: reads one order from standard input, limits itself, answers with JSON.

Each verb loads only what it needs: the start of the process is most of its time.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

import datetime as dt
import errno
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lienthong.files.archives import damaged
from lienthong.files.kinds import kinds
from lienthong.kernel.refusal import Refusal

LARGEST_OUTPUT = 256 << 20


def _text(path: str, kind: str) -> dict[str, Any]:
    from lienthong.files import extract_text

    reading = extract_text.reading_of_kind(Path(path), kinds()[kind])
    return {"text": reading.text, "encoding": reading.encoding}


def _inspect(path: str, kind: str, name: str) -> dict[str, Any]:
    from lienthong.files.facts import facts

    return {"facts": facts(Path(path), kinds()[kind], name)}


def _page(path: str, kind: str, number: int, width: int, to: str) -> dict[str, Any]:
    from lienthong.files.rendering import render

    return {"pages": render(Path(path), kinds()[kind], number, width=width, to=Path(to))}


def _tables(path: str, rows: int) -> dict[str, Any]:
    from lienthong.files import extract_text

    return {"sheets": [[title, content] for title, content in extract_text.sheets(Path(path), rows=rows, columns=40)]}


def _word(path: str) -> dict[str, Any]:
    from lienthong.formatting import strangers

    return strangers.read(Path(path))


def _form(path: str, kind: str, on: str, type_code: str, abbreviations: dict[str, str], to: str) -> dict[str, Any]:
    from lienthong.formatting import strangers

    target = Path(to) if to else None
    day = dt.date.fromisoformat(on)
    return strangers.check_form(Path(path), kind, on=day, type_code=type_code, abbreviations=abbreviations, to=target)


VERBS: dict[str, Callable[..., dict[str, Any]]] = {
    "text": _text, "inspect": _inspect, "page": _page, "tables": _tables, "word": _word, "form": _form,
}  # fmt: skip


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _is_out_of_memory(error: BaseException | None) -> bool:
    """Tell whether memory was what failed, by whatever name: a reader that cannot be loaded has no room for itself."""
    while error is not None:
        if isinstance(error, MemoryError | ImportError) or getattr(error, "errno", None) == errno.ENOMEM:
            return True
        error = error.__cause__ or error.__context__
    return False


def _obey(order: dict[str, Any]) -> dict[str, Any]:
    _limit(order["seconds"], order["memory"])
    arguments = order["arguments"]
    name = arguments.get("name") or "này"
    try:
        return VERBS[order["verb"]](**arguments)
    except Refusal as refusal:
        return {"refusal": refusal.message, "field": refusal.field}
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file does to a reader, the answer is "damaged"
        if _is_out_of_memory(error):
            return {"refusal": "Tệp này cần quá nhiều bộ nhớ để đọc nên đã dừng lại.", "field": "file"}
        return {"refusal": damaged(name).message, "field": "file", "error": repr(error)[:500]}


if __name__ == "__main__":
    json.dump(_obey(json.load(sys.stdin)), sys.stdout)
