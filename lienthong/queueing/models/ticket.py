"""The number in hand."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.queueing.models.appointment import Appointment
from lienthong.queueing.models.hall import ServiceGroup, ServicePoint, in_own_hall


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Tickets of the hall in which the actor serves."""
        return in_own_hall(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed

    def of_day(self, unit_pk: int, day: dt.date) -> Self:
        """Tickets of a hall on a day."""
        return self.filter(unit_id=unit_pk, day=day)

    def waiting(self) -> Self:
        """Those who wait."""
        return self.filter(state=Ticket.State.WAITING)

    def in_turn(self) -> Self:
        """In the order in which they are called."""
        return self.order_by("-priority", "queued_at", "pk")


class Ticket(models.Model):
    """Số thứ tự: one person's place in the queue of a hall on a day.

    The number runs without gaps in the hall and day; ``code`` is it with the letter of the group for which it was
    taken, and stays through a transfer. ``priority``: 2 for whom the law lets go first, 1 for who booked a time.
    ``queued_at`` is the place in the queue; who is brought back keeps it. ``subject`` is what came of it (a case),
    which this app does not know.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        CALLED = "called", "Đang gọi"
        SERVING = "serving", "Đang phục vụ"
        SERVED = "served", "Đã phục vụ"
        SKIPPED = "skipped", "Gọi không có mặt"
        LEFT = "left", "Đã về"

    AT_COUNTER: ClassVar = (State.CALLED, State.SERVING)

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()
    code = models.CharField("số", max_length=8)
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="tickets")
    for_point = models.ForeignKey(ServicePoint, models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(ServicePoint, models.PROTECT, null=True, blank=True, related_name="tickets")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    priority = models.PositiveSmallIntegerField("ưu tiên", default=0)
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, blank=True, related_name="ticket", verbose_name="lịch hẹn"
    )
    token = models.UUIDField(unique=True)
    key = models.CharField(max_length=80, unique=True)
    note = models.CharField("ghi chú", max_length=200, blank=True)
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    calls = models.PositiveSmallIntegerField(default=0)
    serving_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = "số thứ tự"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "day", "number"], name="ticket_number_once_a_day"),
            models.UniqueConstraint(
                fields=["point"], condition=Q(state__in=("called", "serving")), name="one_person_at_a_counter"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("called", "serving", "served", "skipped")) | Q(called_at__isnull=False),
                name="called_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("called", "serving")) | Q(point__isnull=False), name="called_to_a_counter"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                F("unit"), F("day"), F("priority").desc(), F("queued_at"), F("id"),
                condition=Q(state="waiting"), name="ticket_queue",
            ),
            models.Index(
                F("unit"), F("day"), F("called_at").desc(), condition=Q(called_at__isnull=False), name="ticket_calls"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def own(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("ticket", self.pk)

    @property
    def subject(self) -> Subject | None:
        """What came of it."""
        return Subject(self.subject_kind, self.subject_id) if self.subject_id is not None else None
