"""The list of files of a year: its headings and what is foreseen under each."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.workfiles.codes import code_of
from lienthong.workfiles.models.keeping import Kept


class FilePlanQuerySet(models.QuerySet["FilePlan"]):
    def visible_to(self, actor: Actor) -> Self:
        """Lists of the actor's agency, and of those from which it took over."""
        return self.filter(agency__in={actor.post.unit.agency_id, *actor.inherited_agencies} - {None})


class FilePlan(models.Model):
    """Danh mục hồ sơ: the files that an agency expects to keep in a year, approved by its head (NĐ 30/2020 Điều 28).

    After its approval it is amended only with a reason, which the journal keeps.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Đang lập"
        SUBMITTED = "submitted", "Chờ phê duyệt"
        APPROVED = "approved", "Đã phê duyệt"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="file_plans")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(Post, models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = FilePlanQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year"], name="file_plan_once_a_year"),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(approved_at__isnull=False),
                name="file_plan_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Danh mục hồ sơ năm {self.year}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("file_plan", self.pk)

    @property
    def is_approved(self) -> bool:
        """Whether files may be opened from it."""
        return self.state == self.State.APPROVED


class Heading(models.Model):
    """Đề mục: one part of a list of files, with the abbreviation that stands in the codes of its files (TCCB)."""

    plan = models.ForeignKey(FilePlan, models.CASCADE, related_name="headings")
    abbreviation = models.CharField("chữ viết tắt", max_length=12)
    title = models.CharField("tên đề mục", max_length=200)
    order = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "abbreviation"], name="heading_abbreviation_once")
        ]

    def __str__(self) -> str:
        return f"{self.abbreviation}: {self.title}"


class PlannedFile(Kept):
    """Hồ sơ dự kiến: a file that the list of a year foresees, with its number, retention and who is to keep it."""

    heading = models.ForeignKey(Heading, models.CASCADE, related_name="planned")
    number = models.PositiveSmallIntegerField("số thứ tự")
    title = models.CharField("tiêu đề hồ sơ", max_length=500)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đơn vị")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người lập")
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["heading", "number"], name="planned_number_once"),
            models.CheckConstraint(
                condition=models.Q(is_permanent=False) | models.Q(retention_years__isnull=True),
                name="planned_file_kept_one_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """Its number and the abbreviation of its heading: ``01.TCCB``."""
        return code_of(self.number, self.heading.abbreviation)
