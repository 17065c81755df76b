"""What is being filled in, before it is handed in."""

from __future__ import annotations

import uuid
from typing import ClassVar, Self

from django.db import models

from lienthong.cases.models import Case
from lienthong.files.models import StoredFile
from lienthong.online.models.citizen import Citizen
from lienthong.organisation.models import Unit
from lienthong.procedures.models import ProcedureVersion


class FillingQuerySet(models.QuerySet["Filling"]):
    def visible_to(self, citizen: Citizen) -> Self:
        """The drafts of an account: the one door to them."""
        return self.filter(citizen=citizen)

    def open(self) -> Self:
        """Drafts that were not handed in yet."""
        return self.filter(case=None)


class Filling(models.Model):
    """Bản đang soạn: a form of one procedure as somebody fills it in from home, saved while they type.

    ``who`` says who hands in and for whom, as typed; ``values`` the form, as far as it goes; ``left`` what a newer
    version of the procedure has no place for, kept to be copied. ``writer`` is the window that wrote last, ``revision``
    how often it was written: two windows do not overwrite each other unsaid. Once handed in it has its ``case``.
    ``reminded_at``: when its holder was told that it lapses; a later saving makes that past. ``desk`` is the one that
    the citizen chose among those that may take it in; None: that of who decides.
    """

    class Acting(models.TextChoices):
        SELF = "self", "Cho chính tôi"
        ENTERPRISE = "enterprise", "Thay mặt doanh nghiệp, hộ kinh doanh, tổ chức"
        OTHER = "other", "Thay người khác, theo ủy quyền"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="fillings")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="+")
    acting = models.CharField("nộp cho ai", max_length=10, choices=Acting, default=Acting.SELF)
    who = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    return_way = models.CharField("nhận kết quả", max_length=10, choices=Case.Return, default=Case.Return.COUNTER)
    return_address = models.CharField("địa chỉ nhận", max_length=300, blank=True)
    desk = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nơi nhận hồ sơ"
    )
    writer = models.CharField(max_length=36, blank=True)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    reminded_at = models.DateTimeField("nhắc sắp xóa lúc", null=True, blank=True)
    case = models.OneToOneField(Case, models.CASCADE, null=True, blank=True, related_name="filling")

    objects = FillingQuerySet.as_manager()

    class Meta:
        verbose_name = "bản đang soạn"
        indexes: ClassVar = [
            models.Index(fields=["citizen", "-saved_at"], name="fillings_of_citizen"),
            models.Index(fields=["saved_at"], condition=models.Q(case=None), name="fillings_that_lapse"),
        ]

    def __str__(self) -> str:
        return f"{self.version.name} ({self.key})"


class FillingFile(models.Model):
    """Tệp của bản soạn: a picture or file of one paper, in its order; ``reuse`` names what other procedures ask too."""

    filling = models.ForeignKey(Filling, models.CASCADE, related_name="files")
    paper = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    reuse = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "tệp của bản soạn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filling", "paper", "file"], name="filling_file_once"),
        ]
