"""What happened to a case that carries data of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lienthong.cases.models.case import Case
from lienthong.kernel.subjects import Subject
from lienthong.organisation.models import Officer, Post, Unit


class Supplement(models.Model):
    """Yêu cầu bổ sung hồ sơ: what an office asked for in writing, and what came (mẫu số 02); once by default.

    ``papers`` is a list of ``{"key", "name", "reason"}``: each thing that is missing or wrong, and why.
    """

    class State(models.TextChoices):
        ASKED = "asked", "Chờ bổ sung"
        SUPPLIED = "supplied", "Đã bổ sung"
        LAPSED = "lapsed", "Quá hạn bổ sung"
        CANCELLED = "cancelled", "Không còn yêu cầu"

    case = models.ForeignKey(Case, models.CASCADE, related_name="supplements")
    round = models.PositiveSmallIntegerField("lần")
    papers = models.JSONField(default=list)
    text = models.TextField("nội dung", max_length=4000, blank=True)
    step = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answer_by = models.DateTimeField("bổ sung trước", null=True, blank=True)
    promised_before = models.DateTimeField("hẹn trả trước đó", null=True, blank=True)
    promised_after = models.DateTimeField("hẹn trả sau đó", null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField("nội dung bổ sung", max_length=4000, blank=True)
    reminded_days = models.PositiveSmallIntegerField("đã nhắc khi còn (ngày)", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "round"], name="supplement_round_once"),
            models.UniqueConstraint(fields=["case"], condition=Q(state="asked"), name="supplement_one_open"),
            models.CheckConstraint(condition=~Q(papers=[]) | ~Q(text=""), name="supplement_says_what"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["answer_by", "id"], condition=Q(state="asked"), name="supplement_to_lapse")
        ]


class Suspension(models.Model):
    """Tạm dừng tính thời hạn: why the clock of a case stands still, and since when (payment, consultation, other)."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", "Chờ thực hiện nghĩa vụ tài chính"
        CONSULTATION = "consultation", "Chờ ý kiến cơ quan khác"
        OTHER = "other", "Lý do khác theo quy định"

    case = models.ForeignKey(Case, models.CASCADE, related_name="suspensions")
    kind = models.CharField("lý do", max_length=12, choices=Kind)
    reason = models.CharField("căn cứ, nội dung", max_length=1000)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(until=None), name="suspension_one_open"),
        ]


class Extension(models.Model):
    """Gia hạn giải quyết: a longer limit where the law gives one, with its basis."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="extensions")
    limit = models.CharField("thêm", max_length=40)
    reason = models.CharField("căn cứ, lý do", max_length=1000)
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Apology(models.Model):
    """Xin lỗi và hẹn lại ngày trả kết quả (mẫu số 04): before the promised moment, with the reason; once by default."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="apologies")
    number = models.PositiveSmallIntegerField("lần")
    reason = models.CharField("lý do", max_length=1000)
    promised_before = models.DateTimeField("đã hẹn")
    promised_after = models.DateTimeField("hẹn lại")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "number"], name="apology_number_once"),
            models.CheckConstraint(
                condition=Q(promised_after__gt=models.F("promised_before")), name="apology_promises_later"
            ),
            models.CheckConstraint(condition=Q(at__lte=models.F("promised_before")), name="apology_before_the_date"),
        ]


class Decline(models.Model):
    """Từ chối tiếp nhận, giải quyết hồ sơ (mẫu số 03): always with the reason and what the applicant may do."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="decline")
    reason = models.TextField("lý do", max_length=4000)
    legal_basis = models.CharField("căn cứ", max_length=500, blank=True)
    advice = models.CharField("hướng dẫn", max_length=1000, blank=True)
    is_at_the_door = models.BooleanField("từ chối tiếp nhận", default=False)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Withdrawal(models.Model):
    """Rút hồ sơ: the applicant took the case back, with what they said."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="withdrawal")
    reason = models.CharField("lý do", max_length=1000)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="người ghi nhận")
    at = models.DateTimeField()


class Consultation(models.Model):
    """Lấy ý kiến: a question to another unit beside the case's way, with its own deadline; many at the same time."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="consultations")
    step = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    question = models.TextField("nội dung xin ý kiến", max_length=4000)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField("trả lời trước")
    answer = models.TextField("ý kiến", max_length=8000, blank=True)
    agrees = models.BooleanField("thống nhất", null=True, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="consultation_answer_says_something"
            ),
            models.UniqueConstraint(
                fields=["case", "unit"],
                condition=Q(answered_at=None, cancelled_at=None),
                name="consultation_one_open_of_a_unit",
            ),
        ]

    @property
    def subject(self) -> Subject:
        """The subject of its task and of the answer's files."""
        return Subject("consultation", self.pk)


class ResultPaper(models.Model):
    """Kết quả giải quyết: one paper that comes of a case, drafted in ``outgoing``, or made elsewhere and noted here.

    ``draft_id`` and ``document_id`` are the draft and the document that it is; issued, it writes symbol, signer and day
    here. ``entry`` is its number in the register. A recalled one has no symbol any more: ``standing`` and ``reason``
    say so until another is made. ``is_digital``: a file of it hangs here.
    """

    class Standing(models.TextChoices):
        RECALLED = "recalled", "Đã thu hồi"

    case = models.ForeignKey(Case, models.CASCADE, related_name="results")
    key = models.CharField(max_length=40)
    code = models.CharField("mã kết quả", max_length=40, blank=True)
    name = models.CharField("tên giấy tờ", max_length=300)
    draft_id = models.BigIntegerField("dự thảo", null=True, blank=True)
    document_id = models.BigIntegerField("văn bản", null=True, blank=True)
    standing = models.CharField("tình trạng", max_length=10, choices=Standing, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    is_digital = models.BooleanField("có bản điện tử", default=False)
    symbol = models.CharField("số, ký hiệu", max_length=60, blank=True)
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    signer = models.CharField("người ký", max_length=100, blank=True)
    entry = models.CharField("số vào sổ", max_length=60, blank=True)
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="result_paper_once")]

    @property
    def subject(self) -> Subject:
        """The subject on which its file hangs."""
        return Subject("result", self.pk)


class HandBack(models.Model):
    """Trả kết quả: to whom the results were handed, how, and against which signature."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="hand_back")
    receiver = models.CharField("người nhận", max_length=150)
    receiver_paper = models.CharField("giấy tờ của người nhận", max_length=60, blank=True)
    way = models.CharField("cách trả", max_length=8, choices=Case.Return)
    note = models.CharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class LinkedCase(models.Model):
    """Hồ sơ liên thông: that one case was opened with another or waits for it; each is counted for itself, once."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ hồ sơ trước"
        OPENED = "opened", "Đã mở"
        DROPPED = "dropped", "Không thực hiện"

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    linked = models.OneToOneField(Case, models.CASCADE, null=True, blank=True, related_name="opened_by")
    procedure_code = models.CharField(max_length=40)
    name = models.CharField(max_length=300)
    opens = models.CharField(max_length=8)
    needs = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    fed_at = models.DateTimeField("nhận kết quả của hồ sơ trước lúc", null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "procedure_code"], name="linked_case_once"),
        ]
