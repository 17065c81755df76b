"""Who hands in cases: each person and organisation once, by their papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Q

from lienthong.kernel.periods import period_constraint
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor

NAME_WORDS = SearchVector("folded", config="simple")


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Applicants, for whoever receives or handles cases (``applicants.read``); for nobody else."""
        return self if actor is not None and actor.can("applicants.read") else self.none()

    def named(self, words: Sequence[str]) -> Self:
        """Applicants whose name has, for every word (folded, letters and digits), one that begins with it."""
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
        return self.alias(name_words=NAME_WORDS).filter(name_words=query)

    def standing(self) -> Self:
        """Applicants that were not merged into another."""
        return self.filter(merged_into=None)


class Applicant(models.Model):
    """Người nộp hồ sơ: a citizen, an enterprise or another organisation, with how they are reached now.

    ``birth`` is a day or a bare year as text ("1970"), for many only know the year. ``folded`` is the name without
    marks, for finding. One that proved to be another is ``merged_into`` it and stays for the records that name it.
    """

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "Công dân"
        ENTERPRISE = "enterprise", "Doanh nghiệp, hộ kinh doanh"
        ORGANISATION = "organisation", "Cơ quan, tổ chức"

    kind = models.CharField("loại", max_length=12, choices=Kind)
    name = models.CharField("họ tên, tên tổ chức", max_length=300)
    folded = models.CharField(max_length=300, editable=False)
    birth = models.CharField("ngày sinh", max_length=10, blank=True)
    sex = models.CharField("giới tính", max_length=6, blank=True)
    nationality = models.CharField("quốc tịch", max_length=60, blank=True)
    ethnicity = models.CharField("dân tộc", max_length=60, blank=True)
    representative = models.CharField("người đại diện", max_length=150, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    commune_code = models.CharField("mã xã", max_length=10, blank=True)
    street = models.CharField("số nhà, đường, thôn", max_length=200, blank=True)
    address = models.CharField("địa chỉ đầy đủ", max_length=400, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    entered_at = models.DateTimeField()

    objects = ApplicantQuerySet.as_manager()

    class Meta:
        verbose_name = "người nộp hồ sơ"
        indexes: ClassVar = [
            models.Index(fields=["phone"], condition=~Q(phone=""), name="applicant_phone"),
            models.Index(fields=["folded"], name="applicant_same_name"),
            GinIndex(NAME_WORDS, name="applicant_name_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The subject under which events hang on this applicant."""
        return Subject("applicant", self.pk)


class IdentityPaper(models.Model):
    """Giấy tờ nhân thân, pháp lý: a numbered paper by which an applicant is told from others."""

    class Kind(models.TextChoices):
        CCCD = "cccd", "Căn cước, căn cước công dân"
        CMND = "cmnd", "Chứng minh nhân dân"
        PASSPORT = "passport", "Hộ chiếu"
        BIRTH = "birth", "Giấy khai sinh"
        TAX = "tax", "Mã số thuế"
        DECISION = "decision", "Quyết định thành lập"
        OTHER = "other", "Giấy tờ khác"

    applicant = models.ForeignKey(Applicant, models.CASCADE, related_name="papers")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    number = models.CharField("số", max_length=30)
    issued_on = models.DateField("ngày cấp", null=True, blank=True)
    issued_by = models.CharField("nơi cấp", max_length=200, blank=True)
    valid_from = models.DateField("ghi nhận từ")
    valid_to = models.DateField("thôi dùng từ", null=True, blank=True)

    class Meta:
        verbose_name = "giấy tờ nhân thân, pháp lý"
        constraints: ClassVar = [
            period_constraint("identity_paper_period"),
            models.UniqueConstraint(
                fields=["kind", "number"], condition=Q(valid_to=None), name="identity_paper_of_one_applicant"
            ),
        ]
        indexes: ClassVar = [
            models.Index(OpClass("number", name="varchar_pattern_ops"), name="identity_paper_number_start"),
        ]

    @classmethod
    def of_a_person(cls) -> list[tuple[str, str]]:
        """Return the choices that tell one person from another."""
        return [(kind.value, str(kind.label)) for kind in (cls.Kind.CCCD, cls.Kind.CMND, cls.Kind.PASSPORT)]
