"""Books in which what an agency sends gets its number."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from lienthong.numbering.models import Series
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit


class Scope(models.TextChoices):
    """Whether a document leaves the agency or stays in it."""

    OUTGOING = "outgoing", "Văn bản đi"
    INTERNAL = "internal", "Văn bản nội bộ"


class OutgoingBookQuerySet(models.QuerySet["OutgoingBook"]):
    def visible_to(self, actor: Actor) -> Self:
        """Books of the agency for which the actor reads, and of those from which it took over."""
        return self.filter(agency_id__in={actor.post.unit.agency_id, *actor.inherited_agencies})

    def open(self) -> Self:
        """Books in which one may still issue."""
        return self.filter(closed_at=None)


class OutgoingBook(models.Model):
    """Sổ đăng ký văn bản đi: one sequence of numbers of an agency, from 01 each 1 January (NĐ 30/2020 Điều 15).

    ``types`` are the codes of the document types that are numbered here; empty means every type that no other book of
    the agency and scope names: the head of the agency decides whether there is one sequence for all, one for each
    type or for groups.
    """

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="outgoing_books")
    name = models.CharField("tên sổ", max_length=120)
    scope = models.CharField("dùng cho", max_length=10, choices=Scope, default=Scope.OUTGOING)
    types = models.JSONField("loại văn bản", default=list)
    series = models.OneToOneField(Series, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingBookQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ đăng ký văn bản đi"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "name"], name="outgoing_book_name_once"),
            models.UniqueConstraint(
                fields=["agency", "scope"],
                condition=models.Q(types=[], closed_at=None),
                name="outgoing_book_one_for_all_other_types",
            ),
        ]

    def __str__(self) -> str:
        return self.name
