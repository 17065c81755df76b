"""What the person at the console reads: steps with their seconds, on standard error only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lienthong.kernel.refusal import Refusal


def say(text: str) -> None:
    """Write one line for the person at the console; standard output stays the command's own."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step before it starts, and say how long it took once it is done."""
    say(f"… {text}")
    started = time.monotonic()
    yield
    say(f"✓ {text} ({time.monotonic() - started:.1f} s)")


def give_up(refusal: Refusal) -> int:
    """Say why it cannot go on and what to do; return the exit code."""
    say(f"✗ {refusal.message}")
    return 1
