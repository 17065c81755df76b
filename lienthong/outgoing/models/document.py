"""What was issued, who may read it and how it reached whom."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.files.models import StoredFile
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.outgoing.models.book import OutgoingBook, Scope
from lienthong.outgoing.models.draft import Draft
from lienthong.outgoing.models.recipient import Recipient
from lienthong.outgoing.models.review import Signature


class OutgoingDocumentQuerySet(models.QuerySet["OutgoingDocument"]):
    def visible_to(self, actor: Actor) -> Self:
        """Documents that were opened to the actor: the one door for every reader."""
        if not actor.inherited_audiences:
            return self.filter(readers__audience=actor.audience)
        readers = OutgoingReader.objects.filter(document=OuterRef("pk"), audience__in=actor.audiences)
        return self.filter(Exists(readers))


class OutgoingDocument(models.Model):
    """Văn bản đi: a document that an agency issued under a number of its own; what it says never changes again.

    A trigger in the database refuses to change or delete what was issued; only ``state``, a shadow of the journal,
    changes, and ``pdf``, ``pages`` and ``published_at`` are filled in once. ``symbol`` is printed; ``symbol_key`` is it
    folded without spaces. ``superior``, ``issuer`` and ``place`` are the letterhead of that day.
    """

    class State(models.TextChoices):
        ISSUED = "issued", "Đã cấp số"
        PUBLISHED = "published", "Đã phát hành"
        CORRECTED = "corrected", "Đã đính chính"
        REPLACED = "replaced", "Đã được thay thế"
        RECALLED = "recalled", "Đã thu hồi"

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="document")
    signature = models.OneToOneField(Signature, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="outgoing_documents")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    book = models.ForeignKey(OutgoingBook, models.PROTECT, related_name="documents")
    scope = models.CharField(max_length=10, choices=Scope)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("số, ký hiệu", max_length=60)
    symbol_key = models.CharField(max_length=60, editable=False)
    issue_date = models.DateField("ngày văn bản")
    superior = models.CharField("cơ quan chủ quản", max_length=200, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=200)
    place = models.CharField("địa danh", max_length=100)
    document_type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+", verbose_name="loại văn bản")
    abstract = models.CharField("trích yếu", max_length=500)
    signer = models.CharField("người ký", max_length=100)
    signer_title = models.CharField("chức vụ người ký", max_length=200)
    urgency = models.CharField("độ khẩn", max_length=12, choices=IncomingDocument.Urgency)
    keeper = models.CharField("đơn vị, người nhận bản lưu", max_length=200, blank=True)
    copies = models.PositiveSmallIntegerField("số lượng bản", default=1)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    pages = models.PositiveSmallIntegerField("số trang", null=True, blank=True)
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.ISSUED)
    issued_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    request_key = models.UUIDField(unique=True)

    objects = OutgoingDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản đi"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="outgoing_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["book", "issue_date", "number"], name="outgoing_book_order"),
            models.Index(fields=["agency", "symbol_key"], name="outgoing_symbol"),
            models.Index(fields=["id"], condition=models.Q(state="issued"), name="outgoing_to_publish"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol}: {self.abstract}"

    @property
    def subject(self) -> Subject:
        """The subject under which its files and events hang on it."""
        return Subject("outgoing", self.pk)

    @property
    def title(self) -> str:
        """Type and abstract as the books write them."""
        return f"{self.document_type.name} {self.abstract}"


class OutgoingReader(models.Model):
    """Người được xem văn bản đi: that a document is open to an audience; the index that every list walks.

    ``issue_date``, ``scope`` and ``state`` are shadows of the document. ``read_at`` is when somebody of the audience
    first opened it (read marks of internal documents).
    """

    document = models.ForeignKey(OutgoingDocument, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()
    issue_date = models.DateField()
    scope = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    is_addressee = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "audience"], name="outgoing_reader_once")]
        indexes: ClassVar = [
            models.Index(fields=["audience", "scope", "-issue_date", "-document"], name="outgoing_list"),
            models.Index(
                fields=["audience", "scope", "state", "-issue_date", "-document"], name="outgoing_list_by_state"
            ),
            models.Index(
                fields=["audience", "-document"],
                condition=models.Q(is_addressee=True, read_at=None),
                name="outgoing_unread",
            ),
        ]


class Dispatch(models.Model):
    """Gửi văn bản đi: that a document goes to one recipient, by which way, and how far it came.

    ``intake_id`` is what lies at the recipient's counter; ``arrival_number`` and ``arrival_date`` are what came back
    when it was registered there. Columns 8 and 9 of the book read from here. The line of the file is ``KEPT``: the
    archive's copy goes nowhere.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        RECEIVED = "received", "Đã nhận"
        REGISTERED = "registered", "Đã vào sổ"
        RETURNED = "returned", "Bị trả lại"
        FAILED = "failed", "Không gửi được"
        WITHDRAWN = "withdrawn", "Đã thu về"
        KEPT = "kept", "Lưu tại cơ quan"

    document = models.ForeignKey(OutgoingDocument, models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="+")
    state = models.CharField("tình trạng", max_length=10, choices=State, default=State.WAITING)
    intake_id = models.BigIntegerField(null=True, blank=True)
    incoming_id = models.BigIntegerField(null=True, blank=True)
    arrival_number = models.PositiveIntegerField(null=True, blank=True)
    arrival_date = models.DateField(null=True, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    tracking = models.CharField("số bưu gửi", max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "recipient"], name="dispatch_once")]
        indexes: ClassVar = [
            models.Index(fields=["document"], condition=models.Q(state="waiting"), name="dispatch_waiting"),
            models.Index(fields=["intake_id"], condition=models.Q(intake_id__isnull=False), name="dispatch_of_intake"),
        ]
