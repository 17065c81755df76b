"""Filters that officers save under a name."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """The officer's own, in whatever post they act; nobody sees another's."""
        return self.none() if actor is None else self.filter(officer=actor.officer)

    def standing(self) -> Self:
        """Those not taken away."""
        return self.filter(removed_at=None)


class SavedFilter(models.Model):
    """Bộ lọc đã lưu: what an officer narrows a list to, kept under a name of their own.

    ``work_list`` names the list (``ui.worklists``), ``query`` is the part of the address that narrows it. It belongs to
    the person and not to the post: who comes after sorts their own desk. One that is removed stays a day, so that it
    can be brought back.
    """

    officer = models.ForeignKey(Officer, models.CASCADE, related_name="saved_filters", db_index=False)
    work_list = models.CharField("danh sách", max_length=30)
    name = models.CharField("tên bộ lọc", max_length=60)
    query = models.CharField("điều kiện", max_length=500)
    created_at = models.DateTimeField("lúc lưu")
    removed_at = models.DateTimeField("lúc xóa", null=True, blank=True)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer", "work_list", "name"], condition=Q(removed_at=None), name="saved_filter_name_once"
            ),
            models.UniqueConstraint(
                fields=["officer", "work_list", "query"], condition=Q(removed_at=None), name="saved_filter_query_once"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_says_something"),
        ]

    def __str__(self) -> str:
        return self.name
