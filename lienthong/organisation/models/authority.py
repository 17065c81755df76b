"""Who stands in for whom, and who may sign what in whose name."""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models

from lienthong.kernel.periods import period_constraint
from lienthong.kernel.rights import declared
from lienthong.organisation.models.officer import Post
from lienthong.organisation.models.unit import DateRange, Unit

M = TypeVar("M", bound=models.Model)


class OpenQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: object) -> Self:
        """Who stands in for whom and who may sign is open to everyone who acts here, and to nobody else."""
        return self if actor else self.none()


class AbsenceQuerySet(OpenQuerySet["Absence"]):
    pass


class DelegationQuerySet(OpenQuerySet["Delegation"]):
    pass


class SigningAuthorityQuerySet(OpenQuerySet["SigningAuthority"]):
    pass


class Absence(models.Model):
    """Vắng mặt: from when to when the holder of a post is away, and who stands in.

    While it lasts the substitute sees and does the absent person's work, under their own name "thay" the other's.
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(Post, models.PROTECT, related_name="substitutions")
    reason = models.CharField("lý do", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày")
    recorded_at = models.DateTimeField()

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            period_constraint("absence_period"),
            ExclusionConstraint(
                name="absence_has_one_substitute",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=~models.Q(post=models.F("substitute")), name="absence_not_by_oneself"),
        ]


class Delegation(models.Model):
    """Ủy quyền: one post lets another use some of its rights for a period; in writing, and not passed on further.

    ``rights`` are words of the apps' declared rights; empty means every right of the post (NĐ 30/2020 Điều 13:
    limited in time and content, not re-delegable).
    """

    giver = models.ForeignKey(Post, models.PROTECT, related_name="delegations_given")
    receiver = models.ForeignKey(Post, models.PROTECT, related_name="delegations_received")
    rights = models.JSONField("phạm vi", default=list)
    source = models.CharField("văn bản ủy quyền", max_length=200)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            period_constraint("delegation_period"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="delegation_not_to_oneself"),
        ]

    @property
    def scope(self) -> list[str]:
        """What may be done in the giver's place, in words; empty: everything that the post may do."""
        return [declared().get(right, right) for right in self.rights]


class SigningAuthority(models.Model):
    """Thẩm quyền ký: in which form a post may sign for a unit, in what scope, in a period (NĐ 30/2020 Điều 13)."""

    class Form(models.TextChoices):
        OWN = "own", "Ký trực tiếp (người đứng đầu)"
        COLLECTIVE = "tm", "TM. (thay mặt tập thể)"
        ACTING = "q", "Q. (quyền cấp trưởng)"
        ON_BEHALF = "kt", "KT. (ký thay)"
        BY_ORDER = "tl", "TL. (thừa lệnh)"
        BY_DELEGATION = "tuq", "TUQ. (thừa ủy quyền)"

    post = models.ForeignKey(Post, models.PROTECT, related_name="signing_authorities")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="signing_authorities")
    form = models.CharField("hình thức", max_length=5, choices=Form)
    block = models.JSONField("khối chữ ký", default=list, help_text="Các dòng in trên tên người ký, từ trên xuống")
    scope = models.CharField("phạm vi", max_length=300, blank=True)
    source = models.CharField("văn bản căn cứ", max_length=200, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("thôi từ ngày", null=True, blank=True)

    objects = SigningAuthorityQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            period_constraint("signing_authority_period"),
            models.CheckConstraint(
                condition=~models.Q(form="tuq") | models.Q(valid_to__isnull=False),
                name="signing_by_delegation_ends",
            ),
        ]
