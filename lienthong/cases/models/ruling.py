"""Rules of reception that were entered on screen."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post


class ReceptionRuleQuerySet(models.QuerySet["ReceptionRule"]):
    def visible_to(self, actor: Actor) -> Self:
        """Rules as their page shows them: to whoever may enter them."""
        return self if actor.can("cases.regulate") else self.none()

    def standing(self) -> Self:
        """Rules that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class ReceptionRule(models.Model):
    """Quy tắc tiếp nhận: which desks take in, or until which hour of the day, by some channels from a day on.

    It holds until the next one of its kind begins for a channel; it never changes and, once begun, is never withdrawn.
    What ``data/reception.toml`` says holds where nothing was entered. ``hour`` empty: there is no hour of its own.
    """

    class Kind(models.TextChoices):
        DESKS = "desks", "Nơi nhận hồ sơ"
        HOUR = "hour", "Giờ cuối nhận trong ngày"

    class Desks(models.TextChoices):
        COMPETENT = "competent", "Chỉ Một cửa của cơ quan giải quyết"
        LINE = "line", "Một cửa của cơ quan giải quyết và của cơ quan cấp dưới trong địa bàn"
        PROVINCE = "province", "Mọi Bộ phận Một cửa trong tỉnh"

    kind = models.CharField("loại", max_length=5, choices=Kind)
    channels = ArrayField(models.CharField(max_length=8), verbose_name="cách nộp")
    desks = models.CharField("nơi nhận", max_length=9, choices=Desks, blank=True)
    hour = models.TimeField("giờ cuối", null=True, blank=True)
    valid_from = models.DateField("áp dụng từ")
    source = models.CharField("căn cứ", max_length=300)
    is_verified = models.BooleanField("đã đối chiếu nguyên văn", default=False)
    entered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField("nhập lúc")
    withdrawn_at = models.DateTimeField("rút lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.CharField("lý do rút", max_length=300, blank=True)

    objects = ReceptionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "quy tắc tiếp nhận"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="desks", hour__isnull=True) & ~Q(desks="") | Q(kind="hour", desks=""),
                name="reception_rule_says_one_thing",
            ),
            models.CheckConstraint(condition=~Q(channels=[]), name="reception_rule_has_channels"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""), name="reception_rule_withdrawn_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} từ {self.valid_from:%d/%m/%Y}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("reception_rule", self.pk)

    def may_be_withdrawn(self, today: dt.date) -> bool:
        """Whether it has not begun."""
        return self.withdrawn_at is None and self.valid_from > today
