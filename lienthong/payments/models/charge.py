"""What is to be paid for a subject."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.payments.models.seen import seen_by


class ChargeQuerySet(models.QuerySet["Charge"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Charges of the actor's agency, for who collects or reconciles; others come through the subject."""
        return seen_by(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed

    def of(self, subject: Subject) -> Self:
        """Charges of one subject."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)

    def owed(self) -> Self:
        """Those that are still to be paid."""
        return self.filter(state=Charge.State.DUE)


class Charge(models.Model):
    """Khoản thu: one fee of a subject, in whole đồng, and whether it has been paid.

    ``key`` names it within its subject; ``due`` says by when: at receipt, or before the result is handed over.
    ``unit`` collects it for its agency. ``state`` is a shadow of what happened: the payment, the refund and the journal
    say how. A charge that was cancelled or refunded may be made anew under the same key.
    """

    class State(models.TextChoices):
        DUE = "due", "Chưa nộp"
        PAID = "paid", "Đã nộp"
        WAIVED = "waived", "Được miễn"
        REFUNDED = "refunded", "Đã hoàn tiền"
        CANCELLED = "cancelled", "Đã hủy"

    class Due(models.TextChoices):
        AT_RECEIPT = "at_receipt", "Nộp khi nộp hồ sơ"
        BEFORE_RESULT = "before_result", "Nộp trước khi nhận kết quả"

    OVER: ClassVar = (State.REFUNDED, State.CANCELLED)

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    key = models.CharField(max_length=60)
    name = models.CharField("khoản thu", max_length=300)
    amount = models.PositiveBigIntegerField("số tiền")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.DUE)
    due = models.CharField("nộp khi nào", max_length=15, choices=Due, default=Due.AT_RECEIPT)
    source = models.CharField("căn cứ", max_length=500, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    payer = models.CharField("người nộp", max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan thu")
    charged_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = "khoản thu"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "key"],
                condition=~Q(state__in=("refunded", "cancelled")),
                name="charged_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(state__in=("waived", "cancelled")), name="charge_of_nothing_is_waived"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("waived", "cancelled")) | ~Q(reason=""), name="charge_waived_with_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id"], name="charge_of_subject")]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """What it is paid for."""
        return Subject(self.subject_kind, self.subject_id)

    @property
    def own(self) -> Subject:
        """The subject under which its own events stand."""
        return Subject("charge", self.pk)

    @property
    def is_due(self) -> bool:
        """Whether it is still to be paid."""
        return self.state == self.State.DUE
