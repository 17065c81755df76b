"""The one exception of the house."""

from __future__ import annotations

from typing import NoReturn


class Refusal(Exception):  # noqa: N818 - it is not an error: it is an answer
    """An anticipated no, shown to the person exactly as it is written.

    ``message`` is a whole Vietnamese sentence that says what is wrong and what to do now.
    ``field`` names the form field beside which it belongs, where there is one.
    Everything that is not a ``Refusal`` is a bug and propagates.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def refuse(message: str) -> NoReturn:
    """Refuse: what is done with a message where nobody asked for something milder."""
    raise Refusal(message)


class Forbidden(Refusal):
    """A refusal because the actor may not do this at all (answered with 403, and logged)."""
