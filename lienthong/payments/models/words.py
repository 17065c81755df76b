"""What gateways said, word for word; what does not agree with it; comparing their lists with ours."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.payments.models.payment import Payment
from lienthong.payments.models.seen import RECONCILE, agencies_of, seen_by


class CallbackReceived(models.Model):
    """Tin báo của cổng thanh toán: one message of a gateway as it came, and what was made of it; never changed.

    Forged and unreadable ones stand here too, so that an attack can be seen.
    """

    class Outcome(models.TextChoices):
        PAID = "paid", "Ghi nhận đã thanh toán"
        LATE = "late", "Ghi nhận đã thanh toán, báo muộn"
        FAILED = "failed", "Ghi nhận không thành công"
        REPEATED = "repeated", "Đã biết từ trước"
        HELD = "held", "Giữ lại để đối soát"
        PENDING = "pending", "Chưa có kết quả"
        FORGED = "forged", "Sai chữ ký, bị từ chối"
        UNREADABLE = "unreadable", "Không đọc được, bị từ chối"

    gateway = models.CharField(max_length=20)
    body = models.TextField()
    is_genuine = models.BooleanField()
    outcome = models.CharField(max_length=12, choices=Outcome)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="callbacks")
    asked = models.BooleanField("do ta hỏi", default=False)
    sender = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["gateway", "-at"], name="callback_of_gateway")]


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Comparisons made in the actor's agency, for who reconciles."""
        if actor is None or not actor.can(RECONCILE):
            return self.none()
        return seen_by(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed


class Reconciliation(models.Model):
    """Lần đối soát: a gateway's list for some days, compared with our payments."""

    gateway = models.CharField(max_length=20)
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField("từ ngày")
    until = models.DateField("đến ngày")
    file_name = models.CharField(max_length=200)
    lines = models.PositiveIntegerField("số dòng")
    matched = models.PositiveIntegerField("số dòng khớp")
    matched_amount = models.PositiveBigIntegerField("số tiền khớp")
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReconciliationQuerySet.as_manager()

    @property
    def subject(self) -> Subject:
        """The subject under which its event stands."""
        return Subject("reconciliation", self.pk)


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """What does not agree in the actor's agency, and what nobody could place, for who reconciles."""
        if actor is None or not actor.can(RECONCILE):
            return self.none()
        return self.filter(Q(agency=None) | Q(agency__in=agencies_of(actor)))

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(resolved_at=None)


class Discrepancy(models.Model):
    """Sai lệch thanh toán: money of which the gateway and we say different things, held until somebody settles it."""

    class Kind(models.TextChoices):
        AMOUNT = "amount", "Số tiền khác nhau"
        DUPLICATE = "duplicate", "Nộp trùng"
        UNKNOWN = "unknown", "Không tìm thấy yêu cầu thanh toán"
        TRANSACTION = "transaction", "Mã giao dịch đã dùng cho lần khác"
        MISSING_HERE = "missing_here", "Cổng có, ta chưa ghi nhận"
        MISSING_THERE = "missing_there", "Ta đã ghi nhận, cổng không có"

    class Way(models.TextChoices):
        ACCEPTED = "accepted", "Ghi nhận là đã nộp"
        RETURNED = "returned", "Đã trả lại tiền"
        EXPLAINED = "explained", "Đã làm rõ, không cần làm gì"

    kind = models.CharField(max_length=15, choices=Kind)
    gateway = models.CharField(max_length=20)
    reference = models.CharField(max_length=80, blank=True)
    transaction = models.CharField(max_length=80, blank=True)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="discrepancies")
    agency = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    ours = models.PositiveBigIntegerField(null=True)
    theirs = models.PositiveBigIntegerField(null=True)
    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, null=True, related_name="discrepancies")
    found_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way, blank=True)
    note = models.CharField(max_length=500, blank=True)
    resolved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        verbose_name = "sai lệch thanh toán"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gateway", "kind", "reference", "transaction"], name="discrepancy_said_once"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at=None) | (~Q(way="") & ~Q(note="")), name="discrepancy_resolved_with_a_note"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["-id"], condition=Q(resolved_at=None), name="discrepancy_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reference or self.transaction}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events stand."""
        return Subject("discrepancy", self.pk)
