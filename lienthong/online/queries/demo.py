"""The invented citizens of the demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from lienthong.applicants.models import Applicant
from lienthong.online.models import Citizen


@dataclass(frozen=True, slots=True)
class Invented:
    """Người dùng thử: an account, how it is reached, how many cases and drafts it has, for whom it acts."""

    user: int
    name: str
    address: str
    cases: int
    drafts: int
    is_proved: bool
    firm: str


def demo_citizens() -> list[Invented]:
    """Return the accounts that one click opens in the demo, by their age (two queries)."""
    people = Citizen.objects.filter(user__is_demo=True, user__is_active=True).order_by("pk")
    counted = people.annotate(
        had=Count("own_cases", distinct=True),
        begun=Count("fillings", filter=Q(fillings__case=None), distinct=True),
    )
    rows = counted.values_list("pk", "user", "name", "phone", "email", "assurance", "had", "begun")
    firms = _firms()
    return [
        Invented(user, name, phone or email, had, begun, assurance == Citizen.Assurance.NATIONAL, firms.get(pk, ""))
        for pk, user, name, phone, email, assurance, had, begun in rows
    ]


def _firms() -> dict[int, str]:
    """Return for which enterprises each account handed something in."""
    kinds = (Applicant.Kind.ENTERPRISE, Applicant.Kind.ORGANISATION)
    rows = Applicant.objects.filter(kind__in=kinds, cases__accounts__citizen__user__is_demo=True)
    return dict(rows.order_by("pk").values_list("cases__accounts__citizen", "name"))
