"""Money given: at a desk or through a gateway; the receipt for it, and giving it back."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.payments.models.charge import Charge
from lienthong.payments.models.seen import seen_by

DESK = "desk"


class PaymentQuerySet(models.QuerySet["Payment"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Payments to the actor's agency, for who collects or reconciles."""
        return seen_by(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed

    def of(self, subject: Subject) -> Self:
        """Payments for one subject."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)

    def online(self) -> Self:
        """Those through a gateway."""
        return self.exclude(gateway=DESK)


class Payment(models.Model):
    """Lần thanh toán: money given, or asked for through a gateway, for one or several charges of one subject.

    ``token`` is the secret part of the payer's address; ``reference`` is ours and goes to the gateway; ``transaction``
    is the gateway's and stands once. ``key`` makes beginning idempotent: a double click is the same payment. ``amount``
    is what was asked, ``received`` what came. A request that failed or expired here becomes paid whenever the gateway
    says so: money is a fact. ``ask_at`` is when the gateway is asked again, if it has said nothing till then.
    """

    class State(models.TextChoices):
        STARTED = "started", "Đang chờ thanh toán"
        PAID = "paid", "Đã thanh toán"
        FAILED = "failed", "Không thành công"
        EXPIRED = "expired", "Hết hạn thanh toán"
        REFUNDED = "refunded", "Đã hoàn tiền"

    class Method(models.TextChoices):
        CASH = "cash", "Tiền mặt"
        CARD = "card", "Thẻ, máy POS"
        TRANSFER = "transfer", "Chuyển khoản"
        ONLINE = "online", "Trực tuyến"

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị thu")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="cơ quan thu")
    gateway = models.CharField("cổng thanh toán", max_length=20)
    method = models.CharField("hình thức", max_length=10, choices=Method)
    token = models.UUIDField(unique=True)
    key = models.CharField(max_length=80, unique=True)
    reference = models.CharField("mã thanh toán", max_length=30, unique=True)
    transaction = models.CharField("mã giao dịch của cổng", max_length=80, blank=True)
    amount = models.PositiveBigIntegerField("số tiền")
    received = models.PositiveBigIntegerField("số tiền nhận được", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.STARTED)
    payer = models.CharField("người nộp", max_length=300, blank=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    known_at = models.DateTimeField("biết lúc", null=True, blank=True)
    ask_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveSmallIntegerField(default=0)
    taken_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = "lần thanh toán"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gateway", "transaction"], condition=~Q(transaction=""), name="transaction_counted_once"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.CheckConstraint(
                condition=~Q(state__in=("paid", "refunded")) | Q(paid_at__isnull=False, received__isnull=False),
                name="paid_has_moment_and_amount",
            ),
            models.CheckConstraint(condition=~Q(gateway="desk") | Q(taken_by__isnull=False), name="desk_has_taker"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id", "-id"], name="payment_of_subject"),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="payment_to_ask"),
            models.Index(
                fields=["agency", "paid_at"], condition=Q(state__in=("paid", "refunded")), name="payment_taken"
            ),
        ]

    def __str__(self) -> str:
        return f"Thanh toán {self.reference}"

    @property
    def subject(self) -> Subject:
        """What was paid for."""
        return Subject(self.subject_kind, self.subject_id)

    @property
    def own(self) -> Subject:
        """The subject under which its own events stand."""
        return Subject("payment", self.pk)

    @property
    def is_at_desk(self) -> bool:
        """Whether the money was given at a desk."""
        return self.gateway == DESK

    @property
    def has_money(self) -> bool:
        """Whether money came."""
        return self.state in {self.State.PAID, self.State.REFUNDED}


class Refund(models.Model):
    """Hoàn tiền: money of a payment given back, with the reason; through a gateway it waits for the gateway's yes."""

    class State(models.TextChoices):
        ASKED = "asked", "Chờ cổng hoàn tiền"
        DONE = "done", "Đã hoàn tiền"

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    amount = models.PositiveBigIntegerField("số tiền")
    reason = models.CharField("lý do", max_length=500)
    state = models.CharField("trạng thái", max_length=10, choices=State)
    reference = models.CharField(max_length=30, unique=True)
    proof = models.CharField("chứng từ", max_length=200, blank=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "hoàn tiền"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason="") & Q(amount__gt=0), name="refund_with_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["id"], condition=Q(state="asked"), name="refund_to_send")]


class PaymentItem(models.Model):
    """Khoản trong lần thanh toán: one charge of a payment; ``settled`` when this money paid it (one money only)."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="items")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="items")
    amount = models.PositiveBigIntegerField("số tiền")
    settled = models.BooleanField(default=False)
    refund = models.ForeignKey(Refund, models.PROTECT, null=True, blank=True, related_name="items")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "charge"], name="charge_once_in_a_payment"),
            models.UniqueConstraint(fields=["charge"], condition=Q(settled=True), name="charge_paid_by_one_payment"),
        ]


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Receipts of the actor's agency, for who collects or reconciles."""
        return seen_by(self, actor)  # type: ignore[no-any-return]  # the same queryset, narrowed


class Receipt(models.Model):
    """Biên lai thu tiền: what the payer is given for the money; numbered without gaps by agency and year."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="receipt")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField("số biên lai")
    payer = models.CharField("người nộp", max_length=300, blank=True)
    amount = models.PositiveBigIntegerField("số tiền")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = "biên lai"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_of_something"),
        ]
        indexes: ClassVar = [models.Index(F("agency"), F("issued_at"), name="receipt_of_day")]

    def __str__(self) -> str:
        return f"Biên lai {self.symbol}"

    @property
    def symbol(self) -> str:
        """The number as printed."""
        return f"{self.number:07}/{self.year}"
