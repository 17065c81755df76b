"""What came to a unit from units that are no more: the audience keys that its officers have besides their own.

Nothing is rewritten when the organisation changes: a record keeps the unit, the name and the number under which it was
made, and the audience keys that were written beside it. On the day on which a unit is no more its keys pass to those
who took over from it, for as long as the rows of ``Succession`` say so; a part without a seal that ended without an
heir goes where the unit above it goes. Records do not say to which function they belong, so the receivers of a unit
that was divided by functions, with no heir of the whole, each see all. A unit that goes on keeps what it has: then
nothing passes by itself, whatever it transferred.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef

from lienthong.kernel.audience import post_audience, unit_audience
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.roles import roles

INHERITED = """
WITH RECURSIVE inherited (heir, unit) AS (
    SELECT unit, unit FROM unnest(%(units)s::bigint[]) AS unit
    UNION
    SELECT inherited.heir, gone.id
      FROM inherited
      JOIN organisation_unit AS gone
        ON gone.valid_to <= %(on)s AND CASE
           WHEN EXISTS (SELECT FROM organisation_succession AS said
                         WHERE said.predecessor_id = gone.id AND said."on" <= %(on)s)
           THEN EXISTS (SELECT FROM organisation_succession AS said
                         WHERE said.predecessor_id = gone.id AND said.successor_id = inherited.unit
                           AND said."on" <= %(on)s
                           AND (said.function = '' OR NOT EXISTS (
                                SELECT FROM organisation_succession AS whole
                                 WHERE whole.predecessor_id = gone.id AND whole.function = ''
                                   AND whole."on" <= %(on)s)))
           ELSE gone.parent_id = inherited.unit AND NOT gone.is_agency END)
SELECT heir, unit FROM inherited WHERE heir <> unit
"""


class FormerPost(NamedTuple):
    """A post of a unit that is no more; ``goes_on`` when its holder now works for an heir and took the work along."""

    pk: int
    unit: int
    officer: int
    goes_on: bool


@dataclass(frozen=True, slots=True)
class Heritage:
    """What units inherited by a day: from which units, and the posts that those had."""

    units: Mapping[int, frozenset[int]] = field(default_factory=dict)
    posts: Sequence[FormerPost] = field(default=())

    def to_read(self, post: Post) -> tuple[int, ...]:
        """Return the further keys with which the holder of a post reads."""
        if roles()[post.role].reads_unit:
            return tuple(unit_audience(unit) for unit in sorted(self._units(post.unit_id)))
        return tuple(post_audience(former.pk) for former in self._own(post))

    def to_do(self, post: Post) -> tuple[int, ...]:
        """Return the further keys whose work is theirs: their own former posts', and what nobody took along."""
        keys = [post_audience(former.pk) for former in self._own(post)]
        if roles()[post.role].receives:
            units = self._units(post.unit_id)
            keys += [unit_audience(unit) for unit in sorted(units)]
            keys += [post_audience(one.pk) for one in self.posts if one.unit in units and not one.goes_on]
        return tuple(keys)

    def agencies(self, post: Post) -> frozenset[int]:
        """Return the units whose records the agency of a post keeps."""
        return self._units(post.unit.agency_id)

    def _own(self, post: Post) -> list[FormerPost]:
        units = self._units(post.unit_id) | self._units(post.unit.agency_id)
        return [one for one in self.posts if one.officer == post.officer_id and one.unit in units]

    def _units(self, heir: int | None) -> frozenset[int]:
        return self.units.get(heir, frozenset()) if heir is not None else frozenset()


def heritage_of(posts: Iterable[Post], on: dt.date) -> Heritage:
    """Return what the units of posts, and their agencies, inherited by a day, in at most two queries."""
    heirs = {unit for post in posts for unit in (post.unit_id, post.unit.agency_id) if unit is not None}
    with connection.cursor() as cursor:
        cursor.execute(INHERITED, {"units": sorted(heirs), "on": on})
        pairs = cursor.fetchall()
    if not pairs:
        return Heritage()
    units: dict[int, frozenset[int]] = {}
    for heir, unit in pairs:
        units[heir] = units.get(heir, frozenset()) | {unit}
    return Heritage(units, former_posts(units, on))


def heirs_of(audiences: Iterable[int], on: dt.date) -> set[int]:
    """Return the audience keys that stand for others on a day: of what goes on, and the heirs' of what is no more.

    One query while none of them has ended; the same rule as ``heritage_of``, read the other way round.
    """
    keys = set(audiences)
    gone = Unit.objects.filter(valid_to__lte=on)
    units = set(gone.filter(pk__in=[key for key in keys if key > 0]).values_list("pk", flat=True))
    posts = dict(Post.objects.filter(pk__in=[-key for key in keys if key < 0], unit__in=gone).values_list("pk", "unit"))
    if not units and not posts:
        return keys
    ended = units | set(posts.values())
    living = list(Unit.objects.existing(on).values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(INHERITED, {"units": living, "on": on})
        heirs = [(heir, unit) for heir, unit in cursor.fetchall() if unit in ended]
    found = {key for key in keys if key not in units and -key not in posts}
    found |= {unit_audience(heir) for heir, unit in heirs if unit in units}
    for former, unit in posts.items():
        receiving = [heir for heir, ended_unit in heirs if ended_unit == unit]
        taken = Post.objects.in_force(on).filter(
            officer__posts=former, unit__agency__in=Unit.objects.filter(pk__in=receiving).values("agency")
        )
        along = [post_audience(pk) for pk in taken.values_list("pk", flat=True)]
        found |= set(along or map(unit_audience, receiving))
    return found


def former_posts(units: Mapping[int, frozenset[int]], on: dt.date) -> list[FormerPost]:
    """Return the posts of the inherited units, and of each whether its holder now works for an heir."""
    agencies = Unit.objects.filter(pk__in=units).values("agency")
    now = Post.objects.in_force(on).filter(officer=OuterRef("officer"), unit__agency__in=agencies)
    rows = Post.objects.filter(unit__in=frozenset().union(*units.values())).annotate(goes_on=Exists(now))
    return [FormerPost(*row) for row in rows.order_by("pk").values_list("pk", "unit_id", "officer_id", "goes_on")]
