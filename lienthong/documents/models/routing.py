"""Instructions prepared beforehand, and standing rules that give them without waiting."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models

from lienthong.catalogue.models import DocumentType
from lienthong.kernel.periods import in_force, period_constraint
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit


class InstructionTemplateQuerySet(models.QuerySet["InstructionTemplate"]):
    def visible_to(self, actor: Actor) -> Self:
        """Templates of the actor's agency."""
        return self.filter(agency_id=actor.post.unit.agency_id)


class InstructionTemplate(models.Model):
    """Mẫu bút phê: an instruction that a leader writes often, with its lead unit, co-workers and limit."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField("tên mẫu", max_length=100)
    text = models.TextField("ý kiến", max_length=4000)
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    co_units = models.ManyToManyField(Unit, related_name="+", blank=True)
    working_days = models.PositiveSmallIntegerField("thời hạn (ngày làm việc)", null=True, blank=True)
    order = models.PositiveIntegerField(default=100)

    objects = InstructionTemplateQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="instruction_template_name_once")
        ]


class StandingRuleQuerySet(models.QuerySet["StandingRule"]):
    def visible_to(self, actor: Actor) -> Self:
        """Rules of the actor's agency."""
        return self.filter(agency_id=actor.post.unit.agency_id)

    def in_force(self, on: dt.date) -> Self:
        """Rules that hold on a day."""
        return self.filter(in_force(on))


class StandingRule(models.Model):
    """Quy tắc chuyển thường xuyên: by a leader's standing word, documents of a sort go where they always go.

    A rule matches when every condition that it states holds; the first rule by ``order`` wins. It writes its
    ``instruction`` in the name of ``authority`` and assigns to ``lead_unit`` within ``working_days`` (none: no
    deadline), or forwards to ``leader`` when it has no unit.
    """

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField("tên", max_length=120)
    authority = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="theo ý kiến của")
    document_type = models.ForeignKey(DocumentType, models.PROTECT, null=True, blank=True, related_name="+")
    issuer_words = models.CharField("cơ quan ban hành có chữ", max_length=200, blank=True)
    abstract_words = models.CharField("trích yếu có một trong các chữ", max_length=500, blank=True)
    leader = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    lead_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    instruction = models.TextField("ý kiến", max_length=4000, blank=True)
    working_days = models.PositiveSmallIntegerField("thời hạn (ngày làm việc)", null=True, blank=True)
    order = models.PositiveIntegerField(default=100)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = StandingRuleQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            period_constraint("standing_rule_period"),
            models.CheckConstraint(
                condition=models.Q(leader__isnull=False) | models.Q(lead_unit__isnull=False),
                name="standing_rule_goes_somewhere",
            ),
        ]
