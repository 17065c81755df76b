"""The incoming document, who may read it, where it went and what was written on it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models.book import Book
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit


class IncomingDocumentQuerySet(models.QuerySet["IncomingDocument"]):
    def visible_to(self, actor: Actor) -> Self:
        """Documents that were opened to the actor: the one door for every reader."""
        if not actor.inherited_audiences:
            return self.filter(readers__audience=actor.audience)
        readers = IncomingReader.objects.filter(document=OuterRef("pk"), audience__in=actor.audiences)
        return self.filter(Exists(readers))


class IncomingDocument(models.Model):
    """Văn bản đến: a document that arrived at an agency and stands in its book under a number of its own.

    ``state`` is a shadow of the journal. ``due_at`` is the earliest due moment of its open tasks. ``symbol_key`` is the
    symbol folded without spaces, by which doubles are found. ``named_due`` is the day by which the text itself asks for
    an answer. Lengths follow NĐ 30/2020 Phụ lục VI.
    """

    class Urgency(models.TextChoices):
        NORMAL = "normal", "Thường"
        URGENT = "urgent", "Khẩn"
        VERY_URGENT = "very_urgent", "Thượng khẩn"
        EXPRESS = "express", "Hỏa tốc"

    class State(models.TextChoices):
        REGISTERED = "registered", "Mới vào sổ"
        FORWARDED = "forwarded", "Chờ ý kiến"
        IN_PROGRESS = "in_progress", "Đang giải quyết"
        SETTLED = "settled", "Đã giải quyết"
        FILED = "filed", "Lưu, để biết"
        RETURNED = "returned", "Trả lại nơi gửi"
        VOID = "void", "Đã hủy số"

    class Channel(models.TextChoices):
        PAPER = "paper", "Bản giấy"
        EXCHANGE = "exchange", "Trục liên thông"
        EMAIL = "email", "Thư điện tử"
        HAND = "hand", "Nộp trực tiếp"

    OPEN_STATES: ClassVar = (State.REGISTERED, State.FORWARDED, State.IN_PROGRESS)

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="incoming_documents")
    book = models.ForeignKey(Book, models.PROTECT, related_name="documents")
    year = models.PositiveSmallIntegerField("năm")
    arrival_number = models.PositiveIntegerField("số đến", null=True)
    arrival_date = models.DateField("ngày đến")
    symbol = models.CharField("số, ký hiệu", max_length=60, blank=True)
    symbol_key = models.CharField(max_length=60, blank=True, editable=False)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    issuer_superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    document_date = models.DateField("ngày văn bản", null=True, blank=True)
    named_due = models.DateField("hạn nêu trong văn bản", null=True, blank=True)
    document_type = models.ForeignKey(
        DocumentType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="loại văn bản"
    )
    abstract = models.CharField("trích yếu", max_length=1000)
    signer = models.CharField("người ký", max_length=100, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    urgency = models.CharField("độ khẩn", max_length=12, choices=Urgency, default=Urgency.NORMAL)
    channel = models.CharField("nhận qua", max_length=10, choices=Channel, default=Channel.PAPER)
    pages = models.PositiveSmallIntegerField("số trang", null=True, blank=True)
    copies = models.PositiveSmallIntegerField("số bản", default=1)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    answer_symbol = models.CharField("số, ký hiệu văn bản trả lời", max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.REGISTERED)
    holder_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField("hạn giải quyết", null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    recalled_at = models.DateTimeField("nơi gửi thu hồi lúc", null=True, blank=True)
    registered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    request_key = models.UUIDField(unique=True)

    objects = IncomingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đến"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "year", "arrival_number"], name="incoming_number_once"),
            models.CheckConstraint(
                condition=models.Q(document_date__isnull=True) | models.Q(document_date__lte=models.F("arrival_date")),
                name="incoming_written_before_it_arrived",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["agency", "symbol_key", "document_date"],
                condition=~models.Q(symbol_key=""),
                name="incoming_double",
            ),
            models.Index(fields=["book", "arrival_date", "arrival_number"], name="incoming_book"),
            models.Index(
                fields=["holder_post", "-id"], condition=models.Q(state="forwarded"), name="incoming_waits_for_leader"
            ),
            models.Index(
                fields=["id"], condition=models.Q(state__in=("registered", "forwarded")), name="incoming_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol or 'Văn bản không số'}: {self.abstract}"

    @property
    def subject(self) -> Subject:
        """The subject under which tasks, files and events hang on this document."""
        return Subject("incoming", self.pk)

    @property
    def title(self) -> str:
        """Type and abstract as the books write them: ``Quyết định về việc …``."""
        return f"{self.document_type.name} {self.abstract}" if self.document_type else self.abstract

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in self.OPEN_STATES


class IncomingReader(models.Model):
    """Người được xem văn bản đến: that a document is open to an audience; the index that every list walks.

    ``arrival_date``, ``state`` and ``is_urgent`` are shadows of the document, so that a filtered list stays one walk.
    """

    document = models.ForeignKey(IncomingDocument, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()
    arrival_date = models.DateField()
    state = models.CharField(max_length=12)
    is_urgent = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "audience"], name="incoming_reader_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["audience", "-arrival_date", "-document"], name="incoming_list"),
            models.Index(fields=["audience", "state", "-arrival_date", "-document"], name="incoming_list_by_state"),
            models.Index(
                fields=["audience", "-arrival_date", "-document"],
                condition=models.Q(is_urgent=True),
                name="incoming_list_urgent",
            ),
        ]


class Forwarding(models.Model):
    """Chuyển văn bản: from whose hands into whose, when, and when it was taken (book columns 7–9)."""

    document = models.ForeignKey(IncomingDocument, models.CASCADE, related_name="forwardings")
    giver = models.ForeignKey(Post, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    taker_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["document", "at"], name="forwarding_of_document")]


class Instruction(models.Model):
    """Bút phê, ý kiến chỉ đạo: what a leader wrote on a document (NĐ 30/2020 Điều 23.4); tasks come from it."""

    document = models.ForeignKey(IncomingDocument, models.CASCADE, related_name="instructions")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+", verbose_name="người ghi")
    text = models.TextField("ý kiến", max_length=4000)
    rule = models.ForeignKey("documents.StandingRule", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["document", "at"], name="instruction_of_document")]

    @property
    def signature(self) -> str:
        """Whose word it is; first who wrote it, where somebody stood in ("… thay …")."""
        leader = f"{self.post.officer.full_name}, {self.post.title}"
        if self.rule_id or self.officer is None or self.officer_id == self.post.officer_id:
            return leader
        return f"{self.officer.full_name} thay {leader}"
