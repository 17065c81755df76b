"""Notices, what each officer wants to be told and how, and what is sent out."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Actor) -> Self:
        """Notices for the post in which the actor acts; a substitute sees the absent person's."""
        return self.filter(post=actor.post)

    def standing(self) -> Self:
        """Notices whose matter is not yet settled."""
        return self.filter(cleared_at=None)

    def unread(self) -> Self:
        """Standing notices that nobody has read."""
        return self.filter(read_at=None, cleared_at=None)

    def about(self, subject: Subject) -> Self:
        """Notices about one subject."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)


class Notice(models.Model):
    """Thông báo: one sentence to whoever holds a post, about a subject; it clears itself when the matter is settled."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    kind = models.CharField("loại", max_length=60)
    text = models.CharField("nội dung", max_length=500)
    urgent = models.BooleanField("khẩn", default=False)
    created_at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    cleared_at = models.DateTimeField("đã xong lúc", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        indexes: ClassVar = [
            models.Index(
                fields=["post"], condition=models.Q(read_at=None, cleared_at=None), name="notice_unread_of_post"
            ),
            models.Index(fields=["post", "-id"], condition=models.Q(cleared_at=None), name="notice_standing_of_post"),
            models.Index(
                fields=["subject_kind", "subject_id"], condition=models.Q(cleared_at=None), name="notice_about_subject"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def subject(self) -> Subject:
        """What the notice is about."""
        return Subject(self.subject_kind, self.subject_id)


class Preference(models.Model):
    """Tùy chọn nhận tin: what an officer wants outside the app, where it differs from what a kind says by itself."""

    officer = models.OneToOneField(Officer, models.CASCADE, related_name="notification_preference")
    email_on = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    email_off = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    sms = models.BooleanField("nhận tin nhắn", default=True)
    quiet = models.BooleanField("chỉ nhận trong giờ làm việc", default=True)
    digest = models.BooleanField("nhận bản tin buổi sáng", default=True)

    class Meta:
        verbose_name = "tùy chọn nhận tin"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everything to whoever administers the outbox, nothing to others."""
        return self.all() if actor.can("notifications.administer") else self.none()

    def due(self, at: dt.datetime, *, lease: dt.timedelta) -> Self:
        """What is to be sent now: waiting and ripe, or taken by a worker that never came back."""
        waiting = models.Q(state=Delivery.State.WAITING, not_before__lte=at)
        abandoned = models.Q(state=Delivery.State.SENDING, claimed_at__lt=at - lease)
        return self.filter(waiting | abandoned)


class Delivery(models.Model):
    """Thư, tin nhắn gửi đi: one message to one address, written with the deed and sent by the worker.

    ``message_id`` is the identity of the message: it stays the same however often it is tried, so that a receiver who
    got it before a worker was killed knows it again. ``officer`` is empty where it goes to somebody outside; the
    subject says then of what it speaks. The text of an ``is_secret`` one (a one-time code) is wiped once it left.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "Thư điện tử"
        SMS = "sms", "Tin nhắn"
        ZALO = "zalo", "Zalo"

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENDING = "sending", "Đang gửi"
        SENT = "sent", "Đã gửi"
        FAILED = "failed", "Không gửi được"
        CANCELLED = "cancelled", "Không cần gửi nữa"
        OFF = "off", "Chưa nối cổng gửi"

    WIPED: ClassVar = "(đã xóa)"

    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    officer = models.ForeignKey(Officer, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    subject_kind = models.CharField(max_length=30, blank=True, default="", db_default="")
    subject_id = models.BigIntegerField(null=True, blank=True)
    channel = models.CharField("đường gửi", max_length=10, choices=Channel)
    address = models.CharField("địa chỉ", max_length=254)
    heading = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung")
    html = models.TextField("nội dung HTML", blank=True)
    message_id = models.CharField("mã thư", max_length=100)
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.WAITING)
    urgent = models.BooleanField("khẩn", default=False)
    is_secret = models.BooleanField("nội dung mật", default=False, db_default=False)
    created_at = models.DateTimeField("lập lúc")
    not_before = models.DateTimeField("không gửi trước")
    claimed_at = models.DateTimeField("bắt đầu gửi lúc", null=True, blank=True)
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("số lần thử", default=0)
    error = models.CharField("lỗi gần nhất", max_length=500, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "thư, tin nhắn gửi đi"
        constraints: ClassVar = [models.UniqueConstraint(fields=["message_id"], name="delivery_message_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="delivery_still_to_send",
            ),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
            models.Index(
                fields=["subject_kind", "subject_id"],
                condition=models.Q(subject_id__isnull=False),
                name="delivery_about_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.address}"

    @property
    def tone(self) -> str:
        """The tone in which its state is shown."""
        return {"sent": "done", "failed": "late", "off": "late", "cancelled": "paused"}.get(self.state, "soon")

    @property
    def masked(self) -> str:
        """The address with its middle hidden."""
        name, at, domain = self.address.partition("@")
        shown = f"{name[:2]}•••{name[-3:] if not at else ''}" if len(name) > 3 else f"{name[:1]}•••"
        return f"{shown}{at}{domain}"


class ContactWish(models.Model):
    """Cách nhận tin của người dân: by which way a telephone or an e-mail of somebody outside wants to be told.

    Without a row a telephone gets SMS and an e-mail gets letters. Only who proved the address sets it. One-time codes
    do not ask.
    """

    class Way(models.TextChoices):
        SMS = "sms", "Tin nhắn SMS"
        ZALO = "zalo", "Zalo"
        EMAIL = "email", "Thư điện tử"
        NONE = "none", "Không nhận"

    address = models.CharField("số điện thoại, thư điện tử", max_length=254, unique=True)
    way = models.CharField("cách nhận", max_length=10, choices=Way)
    changed_at = models.DateTimeField()


class SandboxMessageQuerySet(models.QuerySet["SandboxMessage"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everything to whoever administers the outbox, nothing to others."""
        return self.all() if actor.can("notifications.administer") else self.none()


class SandboxMessage(models.Model):
    """Tin nhắn thử: what the demo's gateway "delivered", for the administrator to read; it exists nowhere else."""

    message_id = models.CharField("mã tin", max_length=100, unique=True)
    channel = models.CharField("đường gửi", max_length=10, choices=Delivery.Channel)
    address = models.CharField("tới", max_length=254)
    text = models.TextField("nội dung")
    at = models.DateTimeField("lúc")

    objects = SandboxMessageQuerySet.as_manager()


class Digest(models.Model):
    """Bản tin buổi sáng: that the digest of a day was written; one row a day, so that nobody gets it twice."""

    day = models.DateField("ngày", unique=True)
    written_at = models.DateTimeField("lập lúc")
    letters = models.PositiveIntegerField("số thư", default=0)

    class Meta:
        verbose_name = "bản tin buổi sáng"
