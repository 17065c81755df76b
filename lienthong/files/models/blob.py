"""The bytes, kept once, and the text that was read from them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lienthong.files.kinds import Kind, kinds


class Blob(models.Model):
    """Nội dung tệp: bytes that are kept once, whoever sends them and however often, named by their SHA-256.

    A row exists only for bytes that lie durably in the storage under ``path``. ``facts`` are what the inspection found:
    pages, width, height, flags.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.BigIntegerField("số byte")
    kind = models.CharField("loại", max_length=20)
    media_type = models.CharField(max_length=120)
    path = models.CharField("nơi lưu", max_length=200, unique=True)
    facts = models.JSONField(default=dict)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name = "nội dung tệp"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(size__gt=0), name="blob_not_empty")]

    def __str__(self) -> str:
        return self.sha256

    @property
    def kind_of_file(self) -> Kind:
        """The kind as the data file describes it; one that it no longer lists is only downloaded."""
        return kinds().get(self.kind) or Kind(self.kind, self.kind, self.media_type, ())

    @property
    def pages(self) -> int:
        """How many pages can be shown as pictures."""
        return int(self.facts.get("pages", 0))


class FileText(models.Model):
    """Văn bản trích từ tệp: the text of a blob, and how far the reading of it has come."""

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ đọc"
        DONE = "done", "Đã đọc"
        SCANNED = "scanned", "Ảnh quét, chưa nhận dạng chữ"
        RECOGNISING = "recognising", "Đang nhận dạng chữ"
        NONE = "none", "Không có chữ để đọc"
        FAILED = "failed", "Không đọc được"

    class Source(models.TextChoices):
        CONTENT = "content", "Trong tệp"
        OCR = "ocr", "Nhận dạng chữ"

    blob = models.OneToOneField(Blob, models.CASCADE, primary_key=True, related_name="text")
    state = models.CharField("tình trạng", max_length=12, choices=State, default=State.WAITING)
    source = models.CharField("nguồn", max_length=8, choices=Source, default=Source.CONTENT)
    text = models.TextField("văn bản", blank=True)
    encoding = models.CharField("bảng mã cũ", max_length=8, blank=True)
    error = models.CharField("lý do", max_length=500, blank=True)
    pages_done = models.PositiveIntegerField(default=0)
    pages_total = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "văn bản trích từ tệp"
        indexes: ClassVar = [
            models.Index(fields=["state"], name="file_text_unfinished", condition=~models.Q(state__in=["done", "none"]))
        ]

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will be read by itself."""
        return self.state in {self.State.DONE, self.State.NONE, self.State.FAILED, self.State.SCANNED}
