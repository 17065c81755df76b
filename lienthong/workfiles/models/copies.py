"""The kept copies of what an agency issued, and who used them."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.outgoing.models import OutgoingDocument


class CopyUseQuerySet(models.QuerySet["CopyUse"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's agency, and of the agencies from which it took over."""
        return self.filter(agency__in={actor.post.unit.agency_id, *actor.inherited_agencies} - {None})


class CopyUse(models.Model):
    """Sử dụng bản lưu: that the kept copy of a document was given to somebody to use, by whose leave, and came back.

    Who uses it is a post of the agency or somebody named. ``file_code`` is the code of the file in which the document
    lay on that day. A line of the register (NĐ 30/2020 Phụ lục IV); it is never taken out, only returned.
    """

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    document = models.ForeignKey(OutgoingDocument, models.PROTECT, related_name="+", verbose_name="văn bản")
    user = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người sử dụng"
    )
    user_name = models.CharField("họ và tên người sử dụng", max_length=200)
    file_code = models.CharField("hồ sơ số", max_length=60, blank=True)
    allowed_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="người cho phép sử dụng")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    given_on = models.DateField("ngày tháng")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    returned_on = models.DateField("ngày trả", null=True, blank=True)
    returned_to = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CopyUseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document"], condition=Q(returned_on=None), name="kept_copy_in_one_hand"),
            models.CheckConstraint(
                condition=Q(returned_on=None) | Q(returned_on__gte=models.F("given_on"), returned_to__isnull=False),
                name="kept_copy_returned_after_it_was_given",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["agency", "given_on", "id"], name="kept_copy_register")]

    def __str__(self) -> str:
        return f"Bản lưu {self.document.symbol}: {self.user_name}"
