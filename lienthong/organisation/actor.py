"""The actor: who acts, in which post, with which rights, perhaps for another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # so that an app may name Actor before the models are loaded
    from lienthong.organisation.models import Officer, Post


@dataclass(frozen=True, slots=True)
class Actor:
    """An officer at work in a post.

    ``officer`` is the person at the keyboard; ``post`` the post in which they act: their own, or that of the person
    whom they stand in for, and then ``own_post`` is theirs. ``audience`` is the one key with which they read (see
    ``kernel.audience``); ``work_audiences`` are the keys whose work is theirs to do: the post's own, and the unit's
    where the role receives work for the unit. Where their unit took over from units that are no more, the keys of
    those are theirs too (``organisation.queries.heritage``): ``inherited_audiences`` to read, among the work audiences
    to do, and ``inherited_agencies`` are the agencies in whose name old records stand.
    """

    officer: Officer
    post: Post
    own_post: Post
    rights: frozenset[str]
    audience: int
    work_audiences: tuple[int, ...] = field(default=())
    inherited_audiences: tuple[int, ...] = field(default=())
    inherited_agencies: frozenset[int] = field(default=frozenset())

    @property
    def audiences(self) -> tuple[int, ...]:
        """Every key with which they read, their own first: nearly always the one."""
        return (self.audience, *self.inherited_audiences)

    @property
    def posts(self) -> frozenset[int]:
        """The posts for which they answer: the one in which they act, and former ones that came to it."""
        return frozenset({self.post.pk, *(-key for key in self.work_audiences if key < 0)})

    def keeps_for(self, agency: int | None) -> bool:
        """Tell whether the records of an agency are in their agency's keeping: its own, or inherited."""
        return agency == self.post.unit.agency_id or agency in self.inherited_agencies

    def can(self, right: str) -> bool:
        """Tell whether the post holds a right."""
        return right in self.rights

    @property
    def is_substitute(self) -> bool:
        """Whether they act for somebody else."""
        return self.post.pk != self.own_post.pk

    def __str__(self) -> str:
        return f"{self.officer} thay {self.post.officer}" if self.is_substitute else str(self.post)
