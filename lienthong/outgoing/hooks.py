"""What the apps above learn of a document that they asked for, without being known here.

``cases`` declares in its ``ready()`` what is to happen when the document is dropped, issued, published, recalled that a
draft names as the result of something of theirs (relation ``result_of``). It runs inside the transaction of the deed; a
``Refusal`` from it stops the deed. A document that replaces another takes over of what it is the result.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft, DraftSource, OutgoingDocument

Moment = Literal["dropped", "issued", "published", "recalled"]
RESULT_OF = DraftSource.Relation.RESULT_OF


@dataclass(frozen=True, slots=True)
class Told:
    """What happened to the draft or document of a subject; ``reason`` of a recall or a drop."""

    subject: Subject
    moment: Moment
    draft: Draft
    document: OutgoingDocument | None
    actor: Actor | None
    at: dt.datetime
    reason: str = ""


Hook = Callable[[Told], None]
_hooks: dict[str, Hook] = {}


def declare(subject_kind: str, hook: Hook) -> None:
    """Declare who is told of the documents of a kind of subject; called from ``ready()``."""
    _hooks[subject_kind] = hook


def tell(
    draft: Draft, moment: Moment, *, sources: Iterable[DraftSource] | None = None,
    document: OutgoingDocument | None = None, actor: Actor | None, at: dt.datetime, reason: str = "",
) -> None:  # fmt: skip
    """Tell whose result the draft is; ``sources`` where the caller has them already (else one query)."""
    rows = draft.sources.filter(relation=RESULT_OF).order_by("pk") if sources is None else sources
    for source in rows:
        hook = _hooks.get(source.subject_kind)
        if source.relation == RESULT_OF and hook is not None:
            hook(Told(source.subject, moment, draft, document, actor, at, reason))


def inherit(old: Draft, new: Draft) -> list[DraftSource]:
    """Let a draft be the result of what the one is that its document replaces; returns the new rows (two queries)."""
    taken = [
        DraftSource(draft=new, relation=RESULT_OF, subject_kind=one.subject_kind, subject_id=one.subject_id)
        for one in old.sources.filter(relation=RESULT_OF)
    ]
    return DraftSource.objects.bulk_create(taken, ignore_conflicts=True)
