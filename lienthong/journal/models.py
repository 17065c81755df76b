"""Events and the seals over them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Officer, Post


class Event(models.Model):
    """Sự kiện (nhật ký): one thing that happened to one subject; written once, never changed, never deleted.

    ``sequence`` counts from 1 within the subject; ``hash`` covers the content and the hash of the event before.
    ``thread`` is the subject on whose timeline it shows: a task's event shows on its document. ``officer`` is the
    person who did it, ``post`` the post in which they acted, ``own_post`` theirs when they stood in for somebody; all
    three are empty when the system did it. ``at`` is the moment told by the operation (UTC).
    """

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    thread_kind = models.CharField(max_length=30)
    thread_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    own_post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    particulars = models.JSONField(default=dict)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "sequence"], name="event_has_one_place_in_its_chain"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["thread_kind", "thread_id", "-id"], name="event_timeline")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}#{self.sequence}"

    @property
    def subject(self) -> Subject:
        """The subject to which it happened."""
        return Subject(self.subject_kind, self.subject_id)

    def content(self) -> dict[str, Any]:
        """Return what the hash covers."""
        return {
            "subject": str(self.subject),
            "sequence": self.sequence,
            "thread": f"{self.thread_kind}:{self.thread_id}",
            "kind": self.kind,
            "at": self.at,
            "officer": self.officer_id,
            "post": self.post_id,
            "own_post": self.own_post_id,
            "particulars": self.particulars,
        }


class Seal(models.Model):
    """Niêm phong: a hash over the hashes of every event up to ``last_event_id``, chained to the seal before.

    The chains of single subjects cannot show that a whole chain, or its end, was cut off; the seals can.
    """

    last_event_id = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    at = models.DateTimeField()
    hash = models.BinaryField(max_length=32)
