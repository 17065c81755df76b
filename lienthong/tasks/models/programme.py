"""Programmes: numbered tasks that one decision gives."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Programmes of the actor's unit, and those in which it has a task; nobody sees any without the right."""
        if actor is None:
            return self.none()
        readers = ProgrammeReader.objects.filter(audience__in=actor.audiences)
        return self.filter(Q(pk__in=readers.values("programme_id")))


class Programme(models.Model):
    """Chương trình nhiệm vụ: the numbered tasks of one decision ("Danh mục nhiệm vụ năm 2014"), followed together.

    ``source`` points at the decision where it is registered; ``source_text`` names it as printed. ``issuer`` is the
    unit that gave the tasks; ``owner`` the post that follows them up.
    """

    title = models.CharField("tên chương trình", max_length=300)
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.BigIntegerField(null=True, blank=True)
    source_text = models.CharField("văn bản nguồn", max_length=300, blank=True)
    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="programmes", verbose_name="đơn vị giao")
    owner = models.ForeignKey(Post, models.PROTECT, related_name="programmes", verbose_name="người theo dõi")
    year = models.PositiveSmallIntegerField("năm")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình nhiệm vụ"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="programme_has_title"),
            models.CheckConstraint(condition=Q(year__gte=1975, year__lte=2200), name="programme_year_is_sane"),
            models.CheckConstraint(
                condition=Q(source_kind="", source_id__isnull=True) | (~Q(source_kind="") & Q(source_id__isnull=False)),
                name="programme_source_is_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-year", "-id"], name="programme_newest")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject:
        """The programme as others point at it."""
        return Subject("programme", self.pk)

    @property
    def source(self) -> Subject | None:
        """The decision from which the tasks come, where it is registered here."""
        return Subject(self.source_kind, self.source_id) if self.source_id else None


class ProgrammeReader(models.Model):
    """Người được xem chương trình: one audience that may see a programme; written by the operations."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["audience", "programme"], name="programme_reader_once")
        ]
