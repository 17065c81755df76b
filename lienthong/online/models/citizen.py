"""The account, and the cases that are open to it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from lienthong.applicants.models import Applicant
from lienthong.cases.models import Case


class CitizenQuerySet(models.QuerySet["Citizen"]):
    def of(self, *, phone: str = "", email: str = "") -> Citizen | None:
        """The account of a telephone or of a mailbox."""
        if not phone and not email:
            return None
        return self.filter(phone=phone).first() if phone else self.filter(email=email).first()


class Citizen(models.Model):
    """Tài khoản công dân, doanh nghiệp: who hands in cases from home, reached by a telephone or an e-mail they proved.

    ``phone`` and ``email`` are proved by a one-time code and belong to one account each; ``applicant`` is who they say
    they are, once they have said it. ``assurance`` tells how sure that is: said by themselves, or by the national
    sign-in. An account is never an officer's: it holds no post and sees what ``OwnCase`` opens to it, nothing else.
    """

    class Assurance(models.TextChoices):
        DECLARED = "declared", "Tự khai"
        NATIONAL = "national", "Định danh quốc gia"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="citizen")
    applicant = models.ForeignKey(Applicant, models.PROTECT, null=True, blank=True, related_name="accounts")
    name = models.CharField("họ tên", max_length=150, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    assurance = models.CharField("mức định danh", max_length=10, choices=Assurance, default=Assurance.DECLARED)
    opened_at = models.DateTimeField("lập lúc")

    objects = CitizenQuerySet.as_manager()

    class Meta:
        verbose_name = "tài khoản công dân"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phone"], condition=~Q(phone=""), name="citizen_phone_once"),
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="citizen_email_once"),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="citizen_is_reached"),
        ]

    def __str__(self) -> str:
        return self.name or self.phone or self.email


class OwnCaseQuerySet(models.QuerySet["OwnCase"]):
    def visible_to(self, citizen: Citizen) -> Self:
        """The cases of an account: the one door for citizens."""
        return self.filter(citizen=citizen)


class OwnCase(models.Model):
    """Hồ sơ của tài khoản: that a case is open to an account, and by what right."""

    class Right(models.TextChoices):
        SUBMITTED = "submitted", "Đã nộp từ tài khoản này"
        PROVED = "proved", "Đã chứng tỏ bằng mã hồ sơ và số điện thoại"
        NATIONAL = "national", "Định danh quốc gia"

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="own_cases")
    case = models.ForeignKey(Case, models.CASCADE, related_name="accounts")
    right = models.CharField(max_length=10, choices=Right)
    since = models.DateTimeField()

    objects = OwnCaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["citizen", "case"], name="own_case_once")]
        indexes: ClassVar = [models.Index(fields=["citizen", "-case"], name="own_cases_of_citizen")]
