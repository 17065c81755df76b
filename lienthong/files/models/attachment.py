"""Which file hangs on which record."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Post


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, subject: Subject) -> Self:
        """Everything that ever hung on a record."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)

    def standing(self) -> Self:
        """What was not taken off."""
        return self.filter(removed_at=None)


class Attachment(models.Model):
    """Tệp đính kèm: a file on a record, with its label, its place and its version.

    A new version is a new row that ``replaces`` the former; what is taken off keeps its row with who and when.
    """

    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="attachments")
    label = models.CharField("nhãn", max_length=200, blank=True)
    order = models.PositiveIntegerField("thứ tự")
    version = models.PositiveIntegerField("phiên bản", default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp đính kèm"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "file"],
                condition=models.Q(removed_at=None),
                name="attachment_once_on_a_subject",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id", "order"], name="attachment_of_subject")]

    def __str__(self) -> str:
        return self.label or str(self.file)

    @property
    def subject(self) -> Subject:
        """The record on which it hangs."""
        return Subject(self.subject_kind, self.subject_id)
