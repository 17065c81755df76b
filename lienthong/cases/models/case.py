"""The case, who may read it, and from hand to hand."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lienthong.applicants.models import Applicant
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.procedures.models import Procedure, ProcedureVersion


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor) -> Self:
        """Cases that were opened to the actor: the one door for every officer."""
        if not actor.inherited_audiences:
            return self.filter(readers__audience=actor.audience)
        readers = CaseReader.objects.filter(case=OuterRef("pk"), audience__in=actor.audiences)
        return self.filter(Exists(readers))


class Case(models.Model):
    """Hồ sơ: what an applicant handed in under a version of a procedure, under one code and one clock.

    The code is kept in its parts (NĐ 45/2020; QCVN 102): the agency's code of that day, the day, the number of the day;
    it never changes, whatever becomes of the agency. ``status`` is the national one (1–10), computed from the facts by
    ``workflow.status`` and stored to filter by. ``receiving_unit`` took it in, ``competent_agency`` decides it,
    ``holder`` is the audience that must act now (0: nobody inside). Moments are UTC; ``promised_at`` is what the
    receipt says and moves only by a supplement, a suspension or an apology; ``due_at`` is the legal end.
    """

    class Channel(models.TextChoices):
        COUNTER = "counter", "Trực tiếp"
        ONLINE = "online", "Trực tuyến"
        POST = "post", "Bưu chính"

    class Status(models.IntegerChoices):
        NEW = 1, "Mới đăng ký"
        RECEIVED = 2, "Được tiếp nhận"
        NOT_RECEIVED = 3, "Không được tiếp nhận"
        IN_PROGRESS = 4, "Đang xử lý"
        SUPPLEMENT = 5, "Yêu cầu bổ sung giấy tờ"
        PAYMENT = 6, "Yêu cầu thực hiện nghĩa vụ tài chính"
        WITHDRAWN = 7, "Công dân yêu cầu rút hồ sơ"
        STOPPED = 8, "Dừng xử lý"
        DONE = 9, "Đã xử lý xong"
        HANDED_OVER = 10, "Đã trả kết quả"

    class Return(models.TextChoices):
        COUNTER = "counter", "Nhận tại quầy"
        POST = "post", "Qua bưu chính"
        ONLINE = "online", "Bản điện tử"

    OPEN: ClassVar = (Status.NEW, Status.RECEIVED, Status.IN_PROGRESS, Status.SUPPLEMENT, Status.PAYMENT)
    ENDED: ClassVar = (Status.NOT_RECEIVED, Status.WITHDRAWN, Status.STOPPED, Status.HANDED_OVER)
    SOLVED: ClassVar = (Status.WITHDRAWN, Status.STOPPED, Status.DONE, Status.HANDED_OVER)

    code = models.CharField("mã hồ sơ", max_length=60, blank=True)
    agency_code = models.CharField(max_length=40)
    code_date = models.DateField()
    code_number = models.PositiveIntegerField(null=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="cases")
    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cases")
    applicant = models.ForeignKey(Applicant, models.PROTECT, related_name="cases", verbose_name="chủ hồ sơ")
    submitter = models.ForeignKey(
        Applicant, models.PROTECT, null=True, blank=True, related_name="cases_submitted", verbose_name="người nộp thay"
    )
    contact_phone = models.CharField("điện thoại", max_length=20, blank=True)
    contact_email = models.EmailField("thư điện tử", blank=True)
    abstract = models.CharField("nội dung", max_length=500)
    values = models.JSONField("nội dung khai", default=dict)
    channel = models.CharField("nộp qua", max_length=8, choices=Channel)
    return_way = models.CharField("nhận kết quả", max_length=8, choices=Return, default=Return.COUNTER)
    return_address = models.CharField("địa chỉ nhận", max_length=300, blank=True)
    receiving_unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases_received")
    receiving_agency = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    competent_agency = models.ForeignKey(Unit, models.PROTECT, related_name="cases_decided")
    step = models.CharField("bước", max_length=40, blank=True)
    holder_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="cases_held")
    holder_post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="cases_held")
    holder = models.BigIntegerField(default=0)
    status = models.PositiveSmallIntegerField("trạng thái", choices=Status)
    submitted_at = models.DateTimeField("nộp lúc")
    received_at = models.DateTimeField("tiếp nhận lúc", null=True, blank=True)
    received_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    promised_at = models.DateTimeField("hẹn trả", null=True, blank=True)
    due_at = models.DateTimeField("hạn giải quyết", null=True, blank=True)
    paused_at = models.DateTimeField("dừng tính hạn từ", null=True, blank=True)
    finished_at = models.DateTimeField("xử lý xong lúc", null=True, blank=True)
    handed_over_at = models.DateTimeField("trả kết quả lúc", null=True, blank=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    is_late = models.BooleanField("trễ hạn", null=True, blank=True)
    rounds = models.PositiveSmallIntegerField("số lần yêu cầu bổ sung", default=0)
    is_filed = models.BooleanField("đã lưu vào hồ sơ công việc", default=False, db_default=False)
    request_key = models.UUIDField(unique=True)
    changed_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_code", "code_date", "code_number"], name="case_number_once"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="case_code_once"),
            models.CheckConstraint(
                condition=Q(status__in=(1, 3, 5, 7)) | Q(received_at__isnull=False), name="case_received_first"
            ),
            models.CheckConstraint(
                condition=~Q(status=10) | Q(handed_over_at__isnull=False), name="case_handed_over_has_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["applicant", "-id"], name="case_of_applicant"),
            models.Index(fields=["holder", "due_at", "id"], condition=~Q(holder=0), name="case_in_hand"),
            models.Index(fields=["due_at", "id"], condition=Q(status__in=(2, 4)), name="case_running_by_due"),
            models.Index(
                fields=["competent_agency", "procedure"],
                include=["channel", "promised_at", "paused_at"],
                condition=Q(received_at__isnull=False, finished_at=None, ended_at=None),
                name="case_open_of_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.abstract}"

    @property
    def subject(self) -> Subject:
        """The subject under which tasks, files, charges and events hang on this case."""
        return Subject("case", self.pk)

    @property
    def is_ended(self) -> bool:
        """Whether nothing more can happen."""
        return self.status in self.ENDED

    def is_held_by(self, actor: Actor) -> bool:
        """Whether it is this actor who must act now."""
        return self.holder in actor.work_audiences


class CaseReader(models.Model):
    """Người được xem hồ sơ: that a case is open to an audience; the index that every list walks.

    ``status``, ``due_at``, ``procedure`` and ``is_filed`` are shadows of the case, so that a filtered list stays one
    walk.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()
    status = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField(null=True)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+", db_index=False)
    is_filed = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "audience"], name="case_reader_once")]
        indexes: ClassVar = [
            models.Index(fields=["audience", "-case"], name="case_list"),
            models.Index(fields=["audience", "status", "-case"], name="case_list_by_status"),
            models.Index(fields=["audience", "procedure", "-case"], name="case_list_by_procedure"),
            models.Index(
                fields=["audience", "due_at", "case"],
                condition=Q(status__in=(1, 2, 4, 5, 6, 9)),
                name="case_list_open_by_due",
            ),
            models.Index(
                fields=["audience", "due_at", "case"], condition=Q(status__in=(2, 4)), name="case_list_running_by_due"
            ),
            models.Index(
                fields=["audience", "-case"],
                condition=Q(status__in=(7, 8, 9, 10), is_filed=False),
                name="case_list_to_file",
            ),
        ]


class HandOver(models.Model):
    """Bàn giao hồ sơ: a step of a case in somebody's hands: who gave, who took, when, by when, and how it left them.

    The rows of a case in their order are its control slip (mẫu số 05). ``from_unit`` is empty where the applicant gave
    it; ``limit`` is the step's limit as the procedure words it, ``due_at`` what it came to with the pauses since.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="hand_overs")
    step = models.CharField(max_length=40)
    step_name = models.CharField("bước", max_length=200)
    from_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    from_officer = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="bên nhận")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField("giao lúc")
    taken_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    taken_by = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField("bên nhận mở xem lúc", null=True, blank=True)
    limit = models.CharField("thời hạn của bước", max_length=40, blank=True)
    due_at = models.DateTimeField("hạn của bước", null=True, blank=True)
    left_at = models.DateTimeField("xong lúc", null=True, blank=True)
    action = models.CharField(max_length=30, blank=True)
    note = models.CharField("ghi chú", max_length=2000, blank=True)
    is_late = models.BooleanField(null=True, blank=True)
    is_undone = models.BooleanField("đã hoàn tác", default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(left_at=None), name="hand_over_one_open_of_a_case"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "id"], name="hand_over_of_case")]


class CasePaper(models.Model):
    """Giấy tờ trong hồ sơ: how much of one component of the procedure lies in a case; its files hang on the row."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="papers")
    key = models.CharField(max_length=40)
    name = models.CharField("tên giấy tờ", max_length=500)
    originals = models.PositiveSmallIntegerField("bản chính", default=0)
    copies = models.PositiveSmallIntegerField("bản sao", default=0)
    is_required = models.BooleanField("phải có", default=True)
    is_digital = models.BooleanField("đã số hóa", default=False)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    given_at = models.DateTimeField("nộp lúc", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="case_paper_once")]

    @property
    def subject(self) -> Subject:
        """The subject on which its files hang."""
        return Subject("case_paper", self.pk)

    @property
    def is_there(self) -> bool:
        """Whether any of it was handed in."""
        return bool(self.originals or self.copies or self.is_digital)
