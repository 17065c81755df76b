"""A reader without room says so, by whatever name the failure comes."""

from __future__ import annotations

import errno

import pytest

from lienthong.files import sandboxed

ORDER = {"seconds": 5, "memory": 1 << 30, "arguments": {"name": "a.pdf"}, "verb": "text"}


def chained() -> Exception:
    error = ValueError("no image")
    error.__cause__ = MemoryError()
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), "quá nhiều bộ nhớ"),
        (ImportError("failed to map segment from shared object"), "quá nhiều bộ nhớ"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "quá nhiều bộ nhớ"),
        (chained(), "quá nhiều bộ nhớ"),
        (OSError(errno.EIO, "I/O"), "bị hỏng"),
        (ValueError("no image"), "bị hỏng"),
    ],
)
def test_what_lacks_memory_is_told_from_what_is_damaged(
    monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def fail(**_arguments: object) -> dict[str, object]:
        raise error

    monkeypatch.setattr(sandboxed, "_limit", lambda _seconds, _memory: None)
    monkeypatch.setitem(sandboxed.VERBS, "text", fail)
    assert words in sandboxed._obey(dict(ORDER))["refusal"]
