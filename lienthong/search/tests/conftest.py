"""Papers to be found, indexed by operations; a made-up kind of subject so that search needs no app above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

import pytest

from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, Subject, SubjectKind
from lienthong.organisation.actor import Actor
from lienthong.search import sources
from lienthong.search.operations import index
from lienthong.search.queries import find

Put = Callable[..., Subject]
Found = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def paper_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind "paper" that describes itself, and a source of it without entries."""

    def describe(keys: Iterable[int]) -> dict[int, Described]:
        return {pk: Described(f"Giấy {pk}", f"/papers/{pk}/") for pk in keys}

    monkeypatch.setattr(subjects, "_kinds", {})
    monkeypatch.setattr(sources, "_sources", {})
    subjects.declare(SubjectKind("paper", "Giấy tờ", describe, lambda _actor, _pk: True))
    sources.declare("paper", lambda: iter(()), states={"open": "Đang xử lý", "done": "Đã xong"})


@pytest.fixture
def put(cast: object, at: dt.datetime) -> Put:
    """Index one paper after the other: ``put("title", symbol="…", to=[actor])``."""
    count = iter(range(1, 10_000))

    def put_one(
        title: str,
        *,
        to: Iterable[Actor],
        symbol: str = "",
        body: str = "",
        year: int = 2014,
        state: str = "open",
        unit_id: int | None = None,
        kind: str = "",
    ) -> Subject:
        subject = Subject("paper", next(count))
        index(
            subject,
            title=title,
            symbol=symbol,
            body=body,
            kind=kind,
            unit_id=unit_id,
            year=year,
            state=state,
            audiences=[actor.audience for actor in to],
            at=at,
        )
        return subject

    return put_one


@pytest.fixture
def found() -> Found:
    """The titles that an actor finds: ``found(actor, "words", year=2014)``."""

    def titles(actor: Actor, text: str, **options: object) -> list[str]:
        hits = find(actor, text, **options).hits  # type: ignore[arg-type]  # passed on as they are
        return ["".join(segment.text for segment in hit.title) for hit in hits]

    return titles
