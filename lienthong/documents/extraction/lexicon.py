"""The lexicons of ``data/lexicons``: bodies, provinces, document types, posts, names of persons, frequent words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lienthong.documents.extraction.skeleton import skeleton
from lienthong.kernel.vietnamese import canonical_tones

FOLDER = Path(__file__).resolve().parents[3] / "data" / "lexicons"


@dataclass(frozen=True, slots=True)
class Body:
    """A body of the centre: its name, its abbreviations, its superior where one is printed above it."""

    name: str
    abbreviations: tuple[str, ...]
    superior: str | None


@cache
def _read(name: str) -> dict[str, Any]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def central() -> dict[str, Body]:
    """Return the bodies of the centre by the skeleton of their name."""
    rows = _read("central")["body"]
    return {skeleton(row["name"]): Body(row["name"], tuple(row["abbreviations"]), row.get("superior")) for row in rows}


@cache
def central_by_abbreviation() -> dict[str, Body]:
    """Return the bodies of the centre by abbreviation, as in symbols."""
    return {abbreviation: body for body in central().values() for abbreviation in body.abbreviations}


@cache
def provinces() -> dict[str, str]:
    """Return the full name of each province ("tỉnh Bình Thuận") by the skeleton of its bare name."""
    return {skeleton(name): f"{row['kind']} {name}" for row in _read("provinces")["province"] for name in row["names"]}


@cache
def seats() -> dict[str, str]:
    """Return the full name of the province by the skeleton of a place that stands before the date."""
    named = {skeleton(seat): provinces()[skeleton(name)] for seat, name in _read("provinces")["seats"].items()}
    return provinces() | named


@cache
def heads() -> tuple[str, ...]:
    """Return the skeletons of what names of bodies start with, the longest first."""
    return tuple(sorted((skeleton(head) for head in _read("local")["heads"]), key=len, reverse=True))


@cache
def head_spelling() -> dict[str, str]:
    """Return how the start of a name of a body is written, by its skeleton."""
    return {skeleton(head): head for head in _read("local")["heads"]}


@cache
def takes_place() -> tuple[str, ...]:
    """Return the skeletons of the starts of names to which the superior's place is added."""
    return tuple(skeleton(head) for head in _read("local")["take_place"])


@cache
def sectors() -> dict[str, str]:
    """Return sectors of departments by abbreviation ("YT": "Y tế")."""
    return dict(_read("local")["sectors"])


@cache
def sector_names() -> dict[str, str]:
    """Return sectors of departments by skeleton."""
    return {skeleton(name): name for name in sectors().values()}


@cache
def compact_names() -> dict[str, str]:
    """Return names of central bodies and departments in capitals by their skeleton without spaces."""
    names = [
        *(body.name for body in central().values()),
        *(f"Sở {sector}" for sector in sectors().values()),
        "Ủy ban nhân dân",
    ]
    return {skeleton(name).replace(" ", ""): name.upper() for name in names}


@cache
def local_bodies() -> dict[str, str]:
    """Return names of other local bodies by abbreviation."""
    return dict(_read("local")["bodies"])


@cache
def proper_names() -> dict[str, str]:
    """Return proper names that occur inside names and abstracts, by skeleton."""
    bodies = [*(body.name for body in central().values()), *(f"Sở {sector}" for sector in sectors().values())]
    names = [
        *bodies,
        *_read("local")["spelling"]["names"],
        *(province.split(" ", 1)[1] for province in provinces().values()),
    ]
    names = [name.removeprefix("phố ") for name in names]
    return {skeleton(name): name for name in names}


@cache
def types() -> dict[str, str]:
    """Return names of document types by skeleton."""
    return {skeleton(row["name"]): row["name"] for row in _read("types")["type"]}


@cache
def type_abbreviations() -> dict[str, str]:
    """Return names of document types by abbreviation."""
    return {abbreviation: row["name"] for row in _read("types")["type"] for abbreviation in row["abbreviations"]}


@cache
def agency_abbreviations() -> frozenset[str]:
    """Return every known abbreviation of a body."""
    local = {*local_bodies(), *(f"S{sector}" for sector in sectors()), *(f"P{sector}" for sector in sectors())}
    return frozenset({*central_by_abbreviation(), *local})


@cache
def posts() -> dict[str, str]:
    """Return posts as printed in signature blocks, by skeleton."""
    return {skeleton(post): post for post in _read("posts")["posts"]}


@cache
def collectives() -> dict[str, str]:
    """Return collectives in whose name somebody signs ("TM."), by skeleton."""
    return {skeleton(name): name for name in _read("posts")["collectives"]}


@cache
def family_names() -> frozenset[str]:
    """Return what persons' names start with, in lower case with marks."""
    return frozenset(canonical_tones(name) for name in _read("names")["family"])


@cache
def given_names() -> dict[str, tuple[str, ...]]:
    """Return given and middle names by skeleton."""
    names: dict[str, tuple[str, ...]] = {}
    for name in _read("names")["given"]:
        names[skeleton(name)] = (*names.get(skeleton(name), ()), name)
    return names


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """Return frequent words of two syllables by skeleton; more than one where marks tell them apart."""
    forms: dict[str, set[str]] = {}
    for word in _read("vocabulary")["words"].replace("\n", "|").split("|"):
        if word.strip():
            forms.setdefault(skeleton(word.strip()), set()).add(canonical_tones(word.strip()))
    return {key: tuple(sorted(words)) for key, words in forms.items()}
