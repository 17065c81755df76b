"""What applicant and office write to each other about a case."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.cases.models.case import Case
from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Officer, Post, Unit


class MessageQuerySet(models.QuerySet["Message"]):
    def standing(self) -> Self:
        """Messages that were not taken back."""
        return self.filter(taken_back_at=None)

    def unread_by(self, *, office: bool) -> Self:
        """Standing messages of the other side that this side has not opened."""
        return self.standing().filter(by_office=not office, read_at=None)


class Message(models.Model):
    """Tin nhắn về hồ sơ: one message of the thread between the applicant and the office; it is never edited.

    ``unit``, ``post`` and ``officer`` say who wrote for the office; the applicant is shown the unit. ``author`` is the
    name of the account that wrote for the applicant. ``read_at`` is when the other side first opened it; until then who
    wrote it may take it back.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages", db_index=False)
    key = models.UUIDField(unique=True)
    by_office = models.BooleanField()
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.CharField("người viết", max_length=150, blank=True)
    text = models.TextField("nội dung", max_length=4000)
    at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    read_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "tin nhắn về hồ sơ"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(by_office=False) | Q(unit__isnull=False), name="message_of_an_office"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["case", "id"], name="message_of_case"),
            models.Index(
                fields=["case"],
                condition=Q(by_office=False, read_at=None, taken_back_at=None),
                name="message_unread_by_office",
            ),
        ]

    @property
    def subject(self) -> Subject:
        """The subject on which its files hang."""
        return Subject("case_message", self.pk)
