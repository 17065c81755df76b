"""Officers and the posts that they hold."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from lienthong.kernel.audience import post_audience
from lienthong.kernel.periods import in_force, period_constraint
from lienthong.kernel.vietnamese import fold, nfc
from lienthong.organisation.models.unit import DateRange, Unit
from lienthong.organisation.roles import roles


class OfficerQuerySet(models.QuerySet["Officer"]):
    def visible_to(self, actor: object) -> Self:
        """Officers that somebody may find: the directory is open to everyone who acts here, and to nobody else."""
        return self if actor else self.none()

    def named_like(self, words: str) -> Self:
        """Officers whose name holds the words: with marks as written, without marks whatever the marks."""
        clean = "".join(letter for letter in nfc(words) if letter.isprintable()).strip()
        if fold(clean) == clean.lower():
            return self.filter(folded_name__contains=clean.lower())
        return self.filter(full_name__icontains=clean)

    def in_unit(self, unit: Unit, on: dt.date) -> Self:
        """Officers who hold a post in a unit on a day."""
        return self.filter(pk__in=Post.objects.in_force(on).filter(unit=unit).values("officer"))

    def after(self, sort_name: str, pk: int) -> Self:
        """Officers who come after a place in that order: the next page."""
        return self.filter(Q(sort_name__gt=sort_name) | Q(sort_name=sort_name, pk__gt=pk), sort_name__gte=sort_name)

    def by_name(self) -> Self:
        """In the order of Vietnamese lists: by given name, then family and middle names."""
        return self.order_by("sort_name", "pk")


class Officer(models.Model):
    """Cán bộ, công chức, viên chức: a person who works here, whether or not they have an account yet."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    full_name = models.CharField("họ và tên", max_length=100)
    sort_name = models.CharField("khóa sắp xếp", max_length=300, editable=False, db_collation="C")
    folded_name = models.CharField("tên không dấu", max_length=100, editable=False, default="")
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    staff_code = models.CharField("mã cán bộ", max_length=30, blank=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "cán bộ"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["staff_code"], condition=~models.Q(staff_code=""), name="officer_staff_code_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["sort_name"], name="officer_by_name")]

    def __str__(self) -> str:
        return self.full_name


class PostQuerySet(models.QuerySet["Post"]):
    def visible_to(self, actor: object) -> Self:
        """Posts that somebody may find: the directory is open to everyone who acts here, and to nobody else."""
        return self if actor else self.none()

    def in_force(self, on: dt.date) -> Self:
        """Posts that are held on a day."""
        return self.filter(in_force(on))


class Post(models.Model):
    """Chức vụ: one officer's place in one unit for a period, with the role that gives it its rights.

    ``role`` names a role of ``data/roles.toml``. ``title`` is what stands on paper ("Phó Giám đốc"). An officer may
    hold several posts at a time; they act in one of them at a time.
    """

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField("chức vụ", max_length=100)
    role = models.CharField("vai trò", max_length=30)
    is_primary = models.BooleanField("chức vụ chính", default=True)
    order = models.PositiveIntegerField("thứ tự", default=100)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        constraints: ClassVar = [
            period_constraint("post_period"),
            ExclusionConstraint(
                name="post_held_once_a_time",
                expressions=[
                    ("officer", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("title", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "order"], name="post_of_unit"),
            models.Index(fields=["officer", "valid_from"], name="post_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.officer.full_name}, {self.title}"

    @property
    def role_name(self) -> str:
        """What the role is called."""
        role = roles().get(self.role)
        return role.name if role else self.role

    @property
    def audience(self) -> int:
        """The audience key of whoever holds this post."""
        return post_audience(self.pk)
