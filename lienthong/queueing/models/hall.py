"""The hall of a one-stop unit: its counters, what they serve, the machines that stand in it."""

from __future__ import annotations

from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit

SERVE = "queueing.serve"
ARRANGE = "queueing.arrange"
M = TypeVar("M", bound=models.Model)


def in_own_hall(rows: models.QuerySet[M], actor: Actor | None, column: str = "unit") -> Any:
    """Narrow rows to the hall in which the actor serves; nothing for anybody else."""
    if actor is None or not (actor.can(SERVE) or actor.can(ARRANGE)):
        return rows.none()
    return rows.filter(**{f"{column}_id": actor.post.unit_id})


class ServiceGroupQuerySet(models.QuerySet["ServiceGroup"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Groups of the hall in which the actor serves."""
        return in_own_hall(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed

    def in_use(self) -> Self:
        """Groups for which numbers are given."""
        return self.filter(is_open=True)


class ServiceGroup(models.Model):
    """Nhóm thủ tục xếp hàng: what people come for, as they choose it at the kiosk; its letter stands before the number.

    ``minutes`` is how long one person takes about: from it the waiting time is guessed.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="service_groups")
    prefix = models.CharField("chữ cái", max_length=1)
    name = models.CharField("tên nhóm", max_length=100)
    note = models.CharField("gồm những việc gì", max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField("phút cho một người", default=10)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)
    is_open = models.BooleanField("đang nhận", default=True)

    objects = ServiceGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm thủ tục"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "prefix"], name="group_letter_once_in_a_hall"),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=480), name="group_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.prefix} · {self.name}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("service_group", self.pk)


class ServicePointQuerySet(models.QuerySet["ServicePoint"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Counters of the hall in which the actor serves."""
        return in_own_hall(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed


class ServicePoint(models.Model):
    """Quầy: one counter of the hall, which groups it serves (none named: all), and who sits there now."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="service_points")
    number = models.PositiveSmallIntegerField("số quầy")
    name = models.CharField("tên quầy", max_length=60, blank=True)
    groups = models.ManyToManyField(ServiceGroup, blank=True, related_name="points", verbose_name="phục vụ nhóm")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    is_open = models.BooleanField("đang dùng", default=True)

    objects = ServicePointQuerySet.as_manager()

    class Meta:
        verbose_name = "quầy"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "number"], name="counter_number_once_in_a_hall"),
            models.UniqueConstraint(fields=["post"], condition=Q(post__isnull=False), name="one_sits_at_one_counter"),
        ]

    def __str__(self) -> str:
        return f"Quầy {self.number}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("service_point", self.pk)


class DeviceQuerySet(models.QuerySet["Device"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Machines of the hall in which the actor serves."""
        return in_own_hall(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed

    def working(self) -> Self:
        """Those that nobody has shut off."""
        return self.filter(revoked_at=None)


class Device(models.Model):
    """Thiết bị tại Bộ phận Một cửa: a kiosk or a screen; whoever opens its secret address is that machine."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", "Máy lấy số"
        SCREEN = "screen", "Màn hình gọi số"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField("loại", max_length=10, choices=Kind)
    name = models.CharField("tên", max_length=60)
    token = models.UUIDField(unique=True)
    added_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = "thiết bị"

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("hall_device", self.pk)
