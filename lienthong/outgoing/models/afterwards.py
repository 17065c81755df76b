"""What happens to a document after it was issued (NĐ 30/2020 Điều 18)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.organisation.models import Post
from lienthong.outgoing.models.document import OutgoingDocument


class Recall(models.Model):
    """Thu hồi văn bản: that an agency takes back what it issued; the sender's copy stays frozen, receivers destroy."""

    document = models.OneToOneField(OutgoingDocument, models.PROTECT, related_name="recall")
    reason = models.CharField("lý do", max_length=1000)
    source = models.CharField("văn bản căn cứ", max_length=200, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Replacement(models.Model):
    """Thay thế văn bản: that a document takes the place of another because its content was wrong (Điều 18.3)."""

    old = models.OneToOneField(OutgoingDocument, models.PROTECT, related_name="replaced_by")
    new = models.ForeignKey(OutgoingDocument, models.PROTECT, related_name="replaces")
    reason = models.CharField("lý do", max_length=1000)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="replacement_not_by_itself")
        ]


class Correction(models.Model):
    """Đính chính văn bản: that a letter corrects the form or the course of another, not its content (Điều 18.4)."""

    document = models.ForeignKey(OutgoingDocument, models.PROTECT, related_name="corrections")
    letter = models.ForeignKey(OutgoingDocument, models.PROTECT, related_name="corrects")
    reason = models.CharField("nội dung đính chính", max_length=1000)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "letter"], name="correction_once"),
            models.CheckConstraint(condition=~models.Q(document=models.F("letter")), name="correction_not_by_itself"),
        ]
