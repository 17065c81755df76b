"""Books in which documents are registered."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.numbering.models import Series
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit


class BookQuerySet(models.QuerySet["Book"]):
    def visible_to(self, actor: Actor) -> Self:
        """Books of the agency for which the actor reads, and of those from which it took over."""
        return self.filter(agency_id__in={actor.post.unit.agency_id, *actor.inherited_agencies})

    def open(self) -> Self:
        """Books in which one may still register."""
        return self.filter(closed_at=None)


class Book(models.Model):
    """Sổ văn bản đến: a register of one agency; its numbers begin at 1 each 1 January (NĐ 30/2020 Điều 22)."""

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="books")
    name = models.CharField("tên sổ", max_length=120)
    series = models.OneToOneField(Series, models.PROTECT)
    is_default = models.BooleanField("sổ thường dùng", default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="book_name_once"),
            models.UniqueConstraint(
                fields=["agency"], condition=models.Q(is_default=True), name="book_one_default_for_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SecretArrival(models.Model):
    """Văn bản mật (chỉ ghi nhận đã đến): that one arrived and is handled outside the system; nothing of its content.

    Documents of secrecy "mật" and above have their own number sequence and books on paper (NĐ 30/2020 Điều 15.2, 16.3,
    22.4; Luật Bảo vệ bí mật nhà nước): neither symbol nor abstract nor file may be stored here.
    """

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    arrival_date = models.DateField("ngày đến")
    recorded_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
