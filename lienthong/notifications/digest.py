"""What the morning digest says: sections that the apps above contribute."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lienthong.organisation.models import Post


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of a digest: what there is, where it opens, and whether it is late."""

    text: str
    url: str = ""
    is_late: bool = False

    @property
    def says_late(self) -> bool:
        """Whether "overdue" must be put before the text, which does not say so itself."""
        return self.is_late and not self.text.lower().startswith("quá hạn")


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one contributor for one post."""

    title: str
    lines: list[DigestLine]


Contributor = Callable[[Post, dt.datetime], list[DigestLine]]
_contributors: dict[str, tuple[int, Contributor]] = {}


def declare(title: str, contributor: Contributor, *, order: int = 100) -> None:
    """Declare a section of the digest by its title; called from ``ready()``."""
    _contributors[title] = (order, contributor)


def sections(posts: Iterable[Post], at: dt.datetime) -> list[Section]:
    """Return what there is to tell the holder of some posts, in the order of the sections; empty ones are left out."""
    posts = list(posts)
    found = []
    for title, (_, contributor) in sorted(_contributors.items(), key=lambda item: (item[1][0], item[0])):
        lines = [line for post in posts for line in contributor(post, at)]
        if lines:
            found.append(Section(title, lines))
    return found
