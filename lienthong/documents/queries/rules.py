"""Which standing rule a document falls under."""

from __future__ import annotations

import datetime as dt

from lienthong.documents.models import IncomingDocument, StandingRule
from lienthong.kernel.periods import in_force
from lienthong.kernel.vietnamese import fold


def rule_for(document: IncomingDocument, *, on: dt.date) -> StandingRule | None:
    """Return the first rule of the agency that matches a document and whose authority still holds the post."""
    rules = (
        StandingRule.objects.in_force(on)
        .filter(in_force(on, "authority__"), agency_id=document.agency_id)
        .select_related("authority__officer", "authority__unit__agency", "leader__officer", "leader__unit", "lead_unit")
        .order_by("order", "pk")
    )
    return next((rule for rule in rules if matches(rule, document)), None)


def matches(rule: StandingRule, document: IncomingDocument) -> bool:
    """Tell whether every condition that a rule states holds for a document."""
    if rule.document_type_id and rule.document_type_id != document.document_type_id:
        return False
    if rule.issuer_words and fold(rule.issuer_words) not in fold(document.issuer):
        return False
    words = [fold(word).strip() for word in rule.abstract_words.split(",") if word.strip()]
    abstract = fold(document.abstract)
    return not words or any(word in abstract for word in words)
