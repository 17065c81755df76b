"""Cases of which a partner was last told another status than they have, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast

from lienthong.cases.models import Case
from lienthong.exchange import partners
from lienthong.exchange.models import Message


@dataclass(frozen=True, slots=True)
class Untold:
    """What one partner does not know: cases whose status it was told otherwise, and open cases it never heard of."""

    partner: str
    differing: QuerySet[Case]
    unheard: QuerySet[Case]

    @property
    def both(self) -> QuerySet[Case]:
        """Both, by their keys."""
        return (self.differing | self.unheard).order_by("pk")


def untold() -> list[Untold]:
    """Return what each connected partner does not know; each queryset is one walk of the open cases or of the messages.

    What ended before a partner was connected is not told: nobody waits for it any more.
    """
    return [_untold(one.code) for one in partners.in_use()]


def _untold(partner: str) -> Untold:
    messages = Message.objects.filter(partner=partner, subject_kind="case", subject_id=OuterRef("pk"), topic="case")
    last = Subquery(messages.order_by("-pk").values("mark")[:1])
    rows = Case.objects.annotate(told=last, now=Cast("status", CharField())).defer("values")
    return Untold(
        partner, rows.exclude(told=None).exclude(told=F("now")), rows.filter(~Q(status__in=Case.ENDED), told=None)
    )
