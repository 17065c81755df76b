"""What is being written, by whom, in which wording, and for what."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import IncomingDocument
from lienthong.files.models import StoredFile
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, SigningAuthority, Unit
from lienthong.outgoing.models.book import Scope


class Circulation(models.TextChoices):
    """Instructions about how far a paper may go, as they are printed on it (NĐ 30/2020 Phụ lục I)."""

    RETURN = "XEM XONG TRẢ LẠI", "XEM XONG TRẢ LẠI"
    INSIDE = "LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Drafts that were opened to the actor: the one door for every reader."""
        if not actor.inherited_audiences:
            return self.filter(readers__audience=actor.audience)
        readers = DraftReader.objects.filter(draft=OuterRef("pk"), audience__in=actor.audiences)
        return self.filter(Exists(readers))


class Draft(models.Model):
    """Dự thảo văn bản: what an office is writing, from its first line until it is issued or given up.

    ``state`` is a shadow of the journal. ``holder`` is the post that must act now: its author while it is written, a
    reviewer (the first of those who review at the same time), the signer; nobody once it is signed, for then it is the
    clerks'. ``authority`` is the row of the signing register by which it is to be signed. ``version`` is the number of
    the newest ``DraftVersion``; ``abstract`` is that version's, for lists. ``round`` counts how often it was put up for
    review. ``due_at`` is the earliest due moment of the tasks that it closes.
    """

    class State(models.TextChoices):
        WRITING = "writing", "Đang soạn"
        REVIEW = "review", "Đang trình duyệt"
        SIGNING = "signing", "Chờ ký"
        SIGNED = "signed", "Đã ký, chờ phát hành"
        ISSUED = "issued", "Đã phát hành"
        DROPPED = "dropped", "Đã bỏ"

    OPEN_STATES: ClassVar = (State.WRITING, State.REVIEW, State.SIGNING, State.SIGNED)

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị soạn thảo")
    author = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="người soạn thảo")
    holder = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    scope = models.CharField("phạm vi", max_length=10, choices=Scope, default=Scope.OUTGOING)
    document_type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+", verbose_name="loại văn bản")
    abstract = models.CharField("trích yếu", max_length=500)
    urgency = models.CharField(
        "độ khẩn", max_length=12, choices=IncomingDocument.Urgency, default=IncomingDocument.Urgency.NORMAL
    )
    circulation = models.CharField("dấu lưu hành", max_length=60, blank=True)
    authority = models.ForeignKey(
        SigningAuthority, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ký"
    )
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WRITING)
    version = models.PositiveIntegerField("phiên bản", default=1)
    round = models.PositiveSmallIntegerField("lần trình", default=0)
    due_at = models.DateTimeField("hạn", null=True, blank=True)
    begun_at = models.DateTimeField()
    request_key = models.UUIDField(unique=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "dự thảo văn bản"
        indexes: ClassVar = [
            models.Index(
                fields=["holder", "-id"],
                condition=models.Q(state__in=("writing", "review", "signing")),
                name="draft_in_whose_hands",
            ),
            models.Index(fields=["agency", "-id"], condition=models.Q(state="signed"), name="draft_waits_for_clerk"),
        ]

    def __str__(self) -> str:
        return f"{self.document_type.name}: {self.abstract}"

    @property
    def subject(self) -> Subject:
        """The subject under which its files, tasks and events hang on it."""
        return Subject("draft", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.state in self.OPEN_STATES


class DraftReader(models.Model):
    """Người được xem dự thảo: that a draft is open to an audience; the index that lists walk.

    ``state`` is a shadow of the draft, so that a filtered list stays one walk.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()
    state = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["draft", "audience"], name="draft_reader_once")]
        indexes: ClassVar = [
            models.Index(fields=["audience", "-draft"], name="draft_list"),
            models.Index(fields=["audience", "state", "-draft"], name="draft_list_by_state"),
        ]


class DraftVersion(models.Model):
    """Phiên bản dự thảo: one wording, by one author; closed when it leaves their hands, and never changed afterwards.

    ``body`` is written in the light markup of ``formatting.blocks``; ``appendices`` is a list of ``{title, caption,
    body}``. ``file`` is the DOCX from which it was read, ``losses`` the sentences that say what of it could not be
    taken. ``revision`` counts the saves while it is open: who saves over
    an older one is refused and keeps what they wrote.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    abstract = models.CharField(max_length=500)
    addressees = models.JSONField("kính gửi", default=list)
    body = models.TextField("nội dung", blank=True, max_length=2_000_000)
    appendices = models.JSONField("phụ lục", default=list)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    losses = models.JSONField("không lấy được từ tệp", default=list, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_number_once"),
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(closed_at=None), name="draft_has_one_open_version"
            ),
        ]


class DraftComment(models.Model):
    """Góp ý dự thảo: what somebody remarks on a version, on one paragraph (``line``, from 1) or on the whole."""

    version = models.ForeignKey(DraftVersion, models.CASCADE, related_name="comments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    line = models.PositiveIntegerField("đoạn", null=True, blank=True)
    text = models.TextField("góp ý", max_length=4000)
    at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "at"], name="comment_of_version")]


class DraftSource(models.Model):
    """Việc mà dự thảo giải quyết: what a draft answers, stands on, closes, replaces or corrects.

    ``incoming`` for answers and grounds, ``task`` for the task that its issue finishes, ``outgoing`` for what it
    replaces, corrects or recalls, a subject of an app above for that whose result it is (``outgoing.hooks``).
    """

    class Relation(models.TextChoices):
        ANSWERS = "answers", "Trả lời"
        BASED_ON = "based_on", "Căn cứ"
        CLOSES = "closes", "Hoàn thành việc"
        REPLACES = "replaces", "Thay thế"
        CORRECTS = "corrects", "Đính chính"
        RESULT_OF = "result_of", "Kết quả của"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="sources")
    relation = models.CharField(max_length=10, choices=Relation)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "relation", "subject_kind", "subject_id"], name="draft_source_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["subject_kind", "subject_id"], name="draft_source_of")]

    @property
    def subject(self) -> Subject:
        """What it points at."""
        return Subject(self.subject_kind, self.subject_id)
