"""Papers that were given out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.cases.models.case import Case
from lienthong.organisation.models import Post


class IssuedPaper(models.Model):
    """Giấy tờ đã lập: the words of a paper (mẫu số 01 to 04) as it was first printed, so that it never says otherwise.

    ``number`` tells rounds of the same form apart. ``issue`` counts how often it was made out: a receipt with a mistake
    is made out anew, the former stays. ``words`` is what ``cases.papers.setting`` sets, whole.
    """

    class Form(models.TextChoices):
        RECEIPT = "01", "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        SUPPLEMENT = "02", "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"
        REFUSAL = "03", "Phiếu từ chối tiếp nhận giải quyết hồ sơ"
        APOLOGY = "04", "Phiếu xin lỗi và hẹn lại ngày trả kết quả"

    case = models.ForeignKey(Case, models.CASCADE, related_name="issued_papers", db_index=False)
    form = models.CharField("mẫu số", max_length=2, choices=Form)
    number = models.PositiveSmallIntegerField("lần", default=1)
    issue = models.PositiveSmallIntegerField("lập lần thứ", default=1)
    words = models.JSONField("nội dung")
    at = models.DateTimeField("lập lúc")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="người lập")

    class Meta:
        verbose_name = "giấy tờ đã lập"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "form", "number", "issue"], name="issued_paper_once"),
        ]
