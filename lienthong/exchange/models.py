"""What goes out, what comes in, and how each partner is reached."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor

ADMINISTER = "exchange.administer"
"""The right to look after the exchange with other systems."""
MISSING = "thiếu"
"""The code of a message that lacks something and was therefore not sent."""


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everything to whoever looks after the exchange, nothing to others."""
        return self.all() if actor.can(ADMINISTER) else self.none()

    def failed(self) -> Self:
        """What somebody must look at."""
        return self.filter(state=Message.State.FAILED)

    def due(self, partner: str, at: dt.datetime, *, lease: dt.timedelta) -> Self:
        """What may be sent to a partner now: ripe, or left by a worker that never came back; and first of its subject.

        A message waits for every earlier one about the same subject, so that order is kept; other subjects go on.
        """
        ripe = Q(state=Message.State.WAITING, not_before__lte=at)
        left = Q(state=Message.State.SENDING, claimed_at__lt=at - lease)
        earlier = Message.objects.filter(
            partner=OuterRef("partner"),
            subject_kind=OuterRef("subject_kind"),
            subject_id=OuterRef("subject_id"),
            pk__lt=OuterRef("pk"),
            state__in=Message.UNFINISHED,
        )
        return self.filter(ripe | left, ~Exists(earlier), partner=partner)


class Message(models.Model):
    """Thông điệp gửi đi: one message to one partner about a subject, written with the deed and sent by the worker.

    ``topic`` is our word for what it tells, ``kind`` the partner's name of the service, ``mark`` what it says in one
    word (a status), by which the same is not told twice. ``key`` is its identity: it stays the same however often it is
    tried, so that a partner who got it before a worker was killed knows it again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        DELIVERED = "delivered", "Đã nhận"
        FAILED = "failed", "Bị từ chối"
        DROPPED = "dropped", "Bỏ qua"

    UNFINISHED: ClassVar = ("waiting", "sending", "failed")

    partner = models.CharField("đối tác", max_length=30)
    topic = models.CharField(max_length=30)
    kind = models.CharField("dịch vụ", max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    mark = models.CharField(max_length=60, blank=True)
    key = models.UUIDField(unique=True)
    body = models.JSONField("nội dung")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField("lập lúc")
    not_before = models.DateTimeField("không gửi trước")
    claimed_at = models.DateTimeField("bắt đầu gửi lúc", null=True, blank=True)
    delivered_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    attempts = models.PositiveIntegerField("số lần thử", default=0)
    code = models.CharField("mã lỗi", max_length=30, blank=True)
    error = models.CharField("lý do", max_length=2000, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "thông điệp gửi đi"
        indexes: ClassVar = [
            models.Index(
                fields=["partner", "not_before", "id"],
                condition=Q(state__in=["waiting", "sending"]),
                name="message_still_to_send",
            ),
            models.Index(
                fields=["partner", "subject_kind", "subject_id", "id"],
                condition=Q(state__in=["waiting", "sending", "failed"]),
                name="message_before_others",
            ),
            models.Index(fields=["subject_kind", "subject_id", "partner", "topic", "-id"], name="message_told_last"),
            models.Index(fields=["state", "-id"], name="message_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def subject(self) -> Subject:
        """What it tells of."""
        return Subject(self.subject_kind, self.subject_id)

    @property
    def own(self) -> Subject:
        """The subject under which its own events stand."""
        return Subject("exchange_message", self.pk)

    @property
    def may_be_sent_again(self) -> bool:
        """Whether somebody may put it into the outbox again, or drop it."""
        return self.state == self.State.FAILED


class Link(models.Model):
    """Đường nối với đối tác: since when a partner cannot be reached, and when it is asked again; one row a partner."""

    partner = models.CharField("đối tác", max_length=30, unique=True)
    failures = models.PositiveIntegerField("số lần không tới", default=0)
    down_since = models.DateTimeField("không tới được từ", null=True, blank=True)
    not_before = models.DateTimeField("thử lại lúc", null=True, blank=True)
    error = models.CharField("lý do", max_length=500, blank=True)
    delivered_at = models.DateTimeField("tới được gần nhất", null=True, blank=True)

    class Meta:
        verbose_name = "đường nối với đối tác"


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everything to whoever looks after the exchange, nothing to others."""
        return self.all() if actor.can(ADMINISTER) else self.none()

    def taken(self) -> Self:
        """What became something here."""
        return self.filter(outcome=Arrival.Outcome.TAKEN)


class Arrival(models.Model):
    """Thông điệp nhận về: one record that a partner sent us, and what it was answered.

    ``their_id`` is the partner's number of it; ``digest`` tells the same record sent twice from a changed one.
    """

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Đã tiếp nhận"
        REPEATED = "repeated", "Đã có, trả lời lại"
        REFUSED = "refused", "Từ chối"

    partner = models.CharField("đối tác", max_length=30)
    kind = models.CharField("dịch vụ", max_length=60)
    their_id = models.CharField("mã bên gửi", max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    body = models.JSONField("nội dung")
    sender = models.CharField("địa chỉ gửi", max_length=60, blank=True)
    received_at = models.DateTimeField("nhận lúc")
    outcome = models.CharField("kết quả", max_length=10, choices=Outcome)
    code = models.CharField("mã trả lời", max_length=10)
    sentence = models.CharField("trả lời", max_length=2000, blank=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = "thông điệp nhận về"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["partner", "digest"], condition=Q(outcome="taken"), name="arrival_taken_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["partner", "their_id"], condition=Q(outcome="taken"), name="arrival_by_their_id"),
            models.Index(
                fields=["subject_kind", "subject_id"], condition=Q(outcome="taken"), name="arrival_of_subject"
            ),
        ]

    @property
    def subject(self) -> Subject | None:
        """What it became here; None where it became nothing."""
        return Subject(self.subject_kind, self.subject_id) if self.subject_id is not None else None
