"""What lies at the counter and is not in the book yet."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.documents.models.incoming import IncomingDocument
from lienthong.files.models import StoredFile
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit


class IntakeQuerySet(models.QuerySet["Intake"]):
    def visible_to(self, actor: Actor) -> Self:
        """Intakes at the counter of the agency, for those who register there."""
        if not actor.can("incoming.register"):
            return self.none()
        return self.filter(agency_id=actor.post.unit.agency_id)

    def waiting(self) -> Self:
        """Intakes that nobody registered or discarded yet."""
        return self.filter(state__in=("reading", "ready"))


class Intake(models.Model):
    """Văn bản chờ vào sổ: a dropped file with the metadata proposed from its text, waiting for the clerk.

    ``proposals`` holds, by field, the value, where in the text it was found and how sure it is; ``secrecy_mark`` is the
    mark that was seen, and then nothing else of the text is kept; ``file`` is empty once it was destroyed for it.
    What another agency of the system delivered names its ``sender``, who is told what becomes of it.
    """

    class State(models.TextChoices):
        READING = "reading", "Đang đọc"
        READY = "ready", "Chờ vào sổ"
        REGISTERED = "registered", "Đã vào sổ"
        DISCARDED = "discarded", "Đã bỏ"
        WITHDRAWN = "withdrawn", "Nơi gửi thu lại"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    proposals = models.JSONField(default=dict)
    secrecy_mark = models.CharField(max_length=20, blank=True)
    document = models.ForeignKey(IncomingDocument, models.SET_NULL, null=True, related_name="+")
    sender_kind = models.CharField(max_length=40, blank=True)
    sender_id = models.BigIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = IntakeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sender_kind", "sender_id"], condition=~models.Q(sender_kind=""), name="intake_delivered_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "id"], condition=models.Q(state__in=("reading", "ready")), name="intake_waiting"
            )
        ]

    @property
    def subject(self) -> Subject:
        """The subject on which its file hangs while it waits."""
        return Subject("intake", self.pk)

    @property
    def sender(self) -> Subject | None:
        """The delivery by which it came from inside the system."""
        return Subject(self.sender_kind, self.sender_id) if self.sender_id is not None else None

    @property
    def name(self) -> str:
        """The name of its file."""
        return self.file.name if self.file else "(tệp đã xóa)"
