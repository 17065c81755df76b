"""Coming at a time that was agreed on."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.queueing.models.hall import ServiceGroup, in_own_hall


class SlotQuerySet(models.QuerySet["Slot"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Slots of the hall in which the actor serves."""
        return in_own_hall(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed

    def free(self) -> Self:
        """Slots in which there is room."""
        return self.filter(is_open=True, taken__lt=F("capacity"))


class Slot(models.Model):
    """Khung giờ hẹn: a stretch of a day for which so many people may book; the database refuses one too many."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    group = models.ForeignKey(ServiceGroup, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField("số người")
    taken = models.PositiveSmallIntegerField("đã đặt", default=0)
    is_open = models.BooleanField("đang nhận", default=True)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "khung giờ hẹn"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "starts_at"], name="slot_once"),
            models.CheckConstraint(condition=Q(taken__lte=F("capacity")), name="slot_not_overbooked"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "starts_at"], name="slot_of_hall")]

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("slot", self.pk)

    @property
    def left(self) -> int:
        """How many may still book."""
        return self.capacity - self.taken


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Appointments in the hall in which the actor serves."""
        return in_own_hall(self, actor, "slot__unit")  # type: ignore[no-any-return]  # the same queryset, narrowed


class Appointment(models.Model):
    """Lịch hẹn: that somebody comes in a slot; they prove themselves by the code and their telephone number."""

    class State(models.TextChoices):
        BOOKED = "booked", "Đã đặt"
        ARRIVED = "arrived", "Đã đến"
        CANCELLED = "cancelled", "Đã hủy"
        MISSED = "missed", "Không đến"

    slot = models.ForeignKey(Slot, models.PROTECT, related_name="appointments")
    code = models.CharField("mã hẹn", max_length=10, unique=True)
    key = models.CharField(max_length=80, unique=True)
    name = models.CharField("họ và tên", max_length=100)
    phone = models.CharField("điện thoại", max_length=15)
    purpose = models.CharField("việc cần làm", max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.BOOKED)
    booked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch hẹn"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slot", "phone"], condition=Q(state="booked"), name="one_books_a_slot_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["phone", "-id"], condition=Q(state="booked"), name="appointment_of_phone")
        ]

    def __str__(self) -> str:
        return f"Lịch hẹn {self.code}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("appointment", self.pk)
