"""Procedures, their versions, their sectors, and which part of an agency handles which sector."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from lienthong.kernel.periods import holds, in_force, period_constraint
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.models.unit import DateRange
from lienthong.procedures.definition import Definition
from lienthong.procedures.reading import read

MOST_KNOWN = 500
_known: dict[str, Definition] = {}  # by digest: what was read in this process


class Sector(models.Model):
    """Lĩnh vực: to what part of the offices' business a procedure belongs."""

    key = models.CharField("mã", max_length=40, unique=True)
    code = models.CharField("mã quốc gia", max_length=40, blank=True)
    name = models.CharField("tên", max_length=300)
    order = models.PositiveIntegerField("thứ tự", default=100)

    class Meta:
        verbose_name = "lĩnh vực"

    def __str__(self) -> str:
        return self.name


class ProcedureQuerySet(models.QuerySet["Procedure"]):
    def visible_to(self, actor: Actor | None) -> Self:  # noqa: ARG002 - procedures are public
        """Procedures that somebody may read: all of them; the law makes them public."""
        return self.all()


class Procedure(models.Model):
    """Thủ tục hành chính: what may be asked of the offices; what it demands on a day, its version of that day says."""

    code = models.CharField("mã thủ tục", max_length=40, unique=True)
    name = models.CharField("tên", max_length=500)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="procedures")
    words = models.TextField("để tìm", default="")

    objects = ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = "thủ tục hành chính"

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The subject under which its events hang."""
        return Subject("procedure", self.pk)


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Versions that somebody may read: published ones; drafts only who keeps the catalogue."""
        if actor is not None and actor.can("procedures.administer"):
            return self
        return self.filter(state="published")

    def published(self) -> Self:
        """Versions that count."""
        return self.filter(state="published")

    def in_force(self, on: dt.date) -> Self:
        """Versions that hold on a day."""
        return self.published().filter(in_force(on))


class ProcedureVersion(models.Model):
    """Phiên bản thủ tục: what a procedure demands in a period, word for word as its file.

    A published version never changes (a trigger refuses it) but for the day on which it ends; running cases stay on
    theirs. ``text`` is the file; ``definition`` what it says.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang soạn"
        PUBLISHED = "published", "Đã công bố"

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("phiên bản")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("thôi áp dụng từ", null=True, blank=True)
    name = models.CharField("tên", max_length=500)
    text = models.TextField("nội dung tệp")
    digest = models.CharField(max_length=64)
    source = models.CharField("nguồn", max_length=1000)
    verified = models.BooleanField("đã đối chiếu", default=False)
    made_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên bản thủ tục"
        constraints: ClassVar = [
            period_constraint("procedure_version_period"),
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False), name="procedure_version_published_when"
            ),
            ExclusionConstraint(
                name="procedure_version_one_a_time",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="published"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (phiên bản {self.number})"

    def holds(self, on: dt.date) -> bool:
        """Tell whether it is the one of a day (its period; whether it is published says ``state``)."""
        return holds(self.valid_from, self.valid_to, on)

    @property
    def definition(self) -> Definition:
        """What it says; read once for each text, which is fetched only then where it was deferred."""
        known = _known.get(self.digest)
        if known is None:
            if len(_known) >= MOST_KNOWN:
                _known.clear()
            known = _known[self.digest] = read(self.text)
        return known

    @property
    def subject(self) -> Subject:
        """The subject under which its events hang."""
        return Subject("procedure_version", self.pk)


class CompetenceQuerySet(models.QuerySet["Competence"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Who handles what is open to everyone who acts here."""
        return self if actor else self.none()

    def in_force(self, on: dt.date) -> Self:
        """Rows that hold on a day."""
        return self.filter(in_force(on))


class Competence(models.Model):
    """Bộ phận phụ trách lĩnh vực: which part of an agency, and perhaps which officer, handles a sector in a period.

    For a province committee the part is a department; for a department or a commune a division, or an officer.
    """

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="competences")
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="competences")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="bộ phận phụ trách")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cán bộ")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ phận phụ trách lĩnh vực"
        constraints: ClassVar = [
            period_constraint("competence_period"),
            ExclusionConstraint(
                name="competence_one_a_time",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("sector", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
