"""Run what opens strangers' files in a process of its own, with limits of time and memory.

A file made to hang, to fill the memory or to crash a C library takes that process with it and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from lienthong.files import sandboxed
from lienthong.kernel.refusal import Refusal

ROOT = Path(__file__).resolve().parents[2]
MEMORY = 1 << 30
GRACE = 5
"""Seconds on the clock beyond those on the processor, for a machine that is busy with other things."""
_trusts = ContextVar("trusts", default=False)
_at_once = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))


@contextmanager
def own_files() -> Iterator[None]:
    """Read files here, without a process of their own: for those alone that we have just set ourselves (the demo)."""
    token = _trusts.set(True)
    try:
        yield
    finally:
        _trusts.reset(token)


def run(verb: str, *, seconds: int, memory: int = MEMORY, **arguments: Any) -> dict[str, Any]:
    """Run one verb of ``sandboxed`` on its arguments (JSON) and return what it answers.

    Refuses, in words for people, what took too long, too much memory or broke the reader.
    """
    if _trusts.get():
        return sandboxed.VERBS[verb](**arguments)
    order = json.dumps({"verb": verb, "seconds": seconds, "memory": memory, "arguments": arguments})
    environment = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "LD_LIBRARY_PATH"}}
    if not _at_once.acquire(timeout=seconds * 2):
        raise Refusal("Máy chủ đang bận đọc nhiều tệp: hãy thử lại sau ít phút.")
    try:
        done = subprocess.run(
            [sys.executable, "-m", "lienthong.files.sandboxed"],
            input=order.encode(),
            capture_output=True,
            timeout=seconds + GRACE,
            cwd=ROOT,
            env=environment | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refusal("Tệp này cần quá nhiều thời gian để đọc nên đã dừng lại.") from None
    finally:
        _at_once.release()
    return _answer(done)


def _answer(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    if done.returncode in {-24, -9}:  # SIGXCPU, SIGKILL
        raise Refusal("Tệp này cần quá nhiều thời gian để đọc nên đã dừng lại.")
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise Refusal("Tệp này làm hỏng trình đọc nên không mở được: hãy lấy lại bản gốc.") from None
    if "refusal" in answer:
        raise Refusal(str(answer["refusal"]), field=answer.get("field"))
    return answer
