"""The work file, who may read it and what is filed in it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.workfiles.models.keeping import Kept
from lienthong.workfiles.models.plan import Heading, PlannedFile


class WorkFileQuerySet(models.QuerySet["WorkFile"]):
    def visible_to(self, actor: Actor) -> Self:
        """Files that were opened to the actor: the one door for every reader."""
        if not actor.inherited_audiences:
            return self.filter(readers__audience=actor.audience)
        return self.filter(Exists(WorkFileReader.objects.filter(file=OuterRef("pk"), audience__in=actor.audiences)))


class WorkFile(Kept):
    """Hồ sơ công việc: what was written and done on one piece of work, kept together (NĐ 30/2020 Điều 29).

    ``code`` is fixed when it is opened. ``state`` is a shadow of the journal. ``ended_on`` is the day on which the work
    ended (for basic construction ``settled_on``, the day of the final settlement, counts for handing over);
    ``retention_until`` and ``hand_over_due`` follow from them and are written when it is closed. What was handed over
    never changes: a trigger in the database refuses it. Lengths follow NĐ 30/2020 Phụ lục VI.
    """

    class State(models.TextChoices):
        OPEN = "open", "Đang lập"
        CLOSED = "closed", "Đã kết thúc"
        HANDED_OVER = "handed_over", "Đã nộp lưu"

    class Access(models.TextChoices):
        NORMAL = "normal", "Sử dụng rộng rãi"
        RESTRICTED = "restricted", "Sử dụng hạn chế"

    agency = models.ForeignKey(Unit, models.PROTECT, related_name="work_files")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="người lập hồ sơ")
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="files", verbose_name="đề mục")
    planned = models.OneToOneField(PlannedFile, models.PROTECT, null=True, blank=True, related_name="file")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("số thứ tự")
    code = models.CharField("số và ký hiệu hồ sơ", max_length=20)
    title = models.CharField("tiêu đề hồ sơ", max_length=500)
    unplanned_reason = models.CharField("lý do lập ngoài danh mục", max_length=500, blank=True)
    access = models.CharField("chế độ sử dụng", max_length=10, choices=Access, default=Access.NORMAL)
    language = models.CharField("ngôn ngữ", max_length=50, default="Tiếng Việt")
    description = models.CharField("chú giải", max_length=500, blank=True)
    is_construction = models.BooleanField("hồ sơ xây dựng cơ bản", default=False)
    started_on = models.DateField("ngày bắt đầu")
    ended_on = models.DateField("ngày công việc kết thúc", null=True, blank=True)
    settled_on = models.DateField("ngày quyết toán", null=True, blank=True)
    retention_checked_at = models.DateTimeField(null=True, blank=True)
    retention_until = models.DateField("bảo quản đến", null=True, blank=True)
    hand_over_due = models.DateField("hạn nộp lưu", null=True, blank=True)
    documents_total = models.PositiveSmallIntegerField("tổng số văn bản", default=0)
    pages_total = models.PositiveSmallIntegerField("tổng số trang", default=0)
    state = models.CharField("trạng thái", max_length=12, choices=State, default=State.OPEN)
    overruled_reason = models.CharField("lý do kết thúc khi còn lưu ý", max_length=500, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = WorkFileQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ công việc"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["heading", "number"], name="work_file_number_once"),
            models.CheckConstraint(
                condition=Q(is_permanent=False) | Q(retention_years__isnull=True), name="work_file_kept_one_way"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="work_file_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(ended_on__isnull=False, closed_at__isnull=False),
                name="work_file_closed_has_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["hand_over_due"],
                condition=Q(state="closed", reminded_at=None),
                name="work_file_to_remind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.title}"

    @property
    def subject(self) -> Subject:
        """The subject under which its files and events hang on it."""
        return Subject("work_file", self.pk)

    @property
    def is_open(self) -> bool:
        """Whether something may be filed in it."""
        return self.state == self.State.OPEN


class WorkFileReader(models.Model):
    """Người được xem hồ sơ công việc: that a file is open to an audience; the index that every list walks.

    ``state``, ``year`` and ``is_due`` (its hand-over is near or late) are shadows of the file.
    """

    file = models.ForeignKey(WorkFile, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12)
    is_due = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "audience"], name="work_file_reader_once")]
        indexes: ClassVar = [
            models.Index(fields=["audience", "-file"], name="work_file_list"),
            models.Index(fields=["audience", "state", "-file"], name="work_file_list_by_state"),
            models.Index(fields=["audience", "-file"], condition=Q(is_due=True), name="work_file_list_due"),
        ]


class Filing(models.Model):
    """Đưa vào hồ sơ: that a document, task or uploaded file lies in a work file, at its place, since when and by whom.

    What it is called is written down as it was when it was filed: the list of documents must read the same later. One
    document may lie in several files; taken out, its row stays with the reason. Of a case each paper is a row too, and
    ``whole`` is the row of the case with which it came.
    """

    file = models.ForeignKey(WorkFile, models.PROTECT, related_name="filings")
    whole = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    order = models.PositiveIntegerField("thứ tự")
    symbol = models.CharField("số, ký hiệu", max_length=60, blank=True)
    title = models.CharField("tên loại và trích yếu", max_length=500, blank=True)
    issuer = models.CharField("tác giả", max_length=200, blank=True)
    date = models.DateField("ngày văn bản", null=True, blank=True)
    pages = models.PositiveSmallIntegerField("số trang", null=True, blank=True)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    filed_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    removed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = models.CharField("lý do đưa ra", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "subject_kind", "subject_id"],
                condition=Q(removed_at=None),
                name="filed_once_in_a_file",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removal_reason=""), name="taken_out_with_a_reason"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subject_kind", "subject_id"], name="filing_of_subject"),
            models.Index(fields=["file", "order"], name="filing_in_order"),
            models.Index(fields=["whole"], condition=Q(whole__isnull=False), name="filing_of_whole"),
        ]

    @property
    def subject(self) -> Subject:
        """What lies in the file."""
        return Subject(self.subject_kind, self.subject_id)
