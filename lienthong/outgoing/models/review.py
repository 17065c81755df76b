"""Who looks at a draft before it is signed, and who signed it by which authority."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.organisation.models import Post, SigningAuthority
from lienthong.outgoing.models.draft import Draft, DraftVersion


class ReviewStep(models.Model):
    """Bước trình duyệt: that a post looks at a draft in one round; steps of the same order look at the same time.

    The head of the drafting unit answers for the content, who is charged with it for the form (NĐ 30/2020 Điều 12).
    A draft that is sent back keeps its steps; the next round has steps of its own, from the one to which it was sent.
    """

    class Purpose(models.TextChoices):
        CONTENT = "content", "Kiểm tra nội dung"
        FORM = "form", "Kiểm tra thể thức"
        OPINION = "opinion", "Góp ý"
        APPROVAL = "approval", "Duyệt trình ký"

    class State(models.TextChoices):
        WAITING = "waiting", "Chưa đến lượt"
        CURRENT = "current", "Đang xem"
        AGREED = "agreed", "Đồng ý"
        SENT_BACK = "sent_back", "Trả lại"
        DROPPED = "dropped", "Không cần nữa"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="steps")
    round = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.CONTENT)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    opinion = models.TextField("ý kiến", blank=True, max_length=4000)
    version = models.ForeignKey(DraftVersion, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField("hạn xem", null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "round", "order", "post"], name="review_step_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["post", "due_at", "id"], condition=models.Q(state="current"), name="review_waits")
        ]


class Signature(models.Model):
    """Chữ ký: that the holder of a post signed a version of a draft, by which authority and in which words.

    ``lines`` stand above the name as the register gave them on that day (NĐ 30/2020 Điều 13); ``digest`` is the
    SHA-256 of what was signed. ``method`` tells how: a recorded signature on paper, or a digital one with its
    ``evidence``, which ``signing_methods`` supplies.
    """

    class Method(models.TextChoices):
        RECORDED = "recorded", "Ký giấy, ghi nhận"
        DIGITAL = "digital", "Ký số"

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="signatures")
    version = models.ForeignKey(DraftVersion, models.PROTECT, related_name="+")
    authority = models.ForeignKey(SigningAuthority, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    name = models.CharField("họ tên", max_length=100)
    lines = models.JSONField("khối chữ ký", default=list)
    method = models.CharField(max_length=10, choices=Method, default=Method.RECORDED)
    digest = models.CharField(max_length=64)
    evidence = models.JSONField(default=dict)
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft"], condition=models.Q(withdrawn_at=None), name="draft_has_one_standing_signature"
            )
        ]
