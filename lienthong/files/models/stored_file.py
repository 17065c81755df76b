"""A file as somebody sent it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from lienthong.files.models.attachment import Attachment
from lienthong.files.models.blob import Blob
from lienthong.files.names import split_extension
from lienthong.kernel.subjects import Subject, is_visible
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post

SHAPES = {
    "pdf": "pdf", "docx": "word", "doc": "word", "odt": "word", "rtf": "word",
    "xlsx": "sheet", "xls": "sheet", "ods": "sheet", "csv": "sheet", "zip": "zip",
}  # fmt: skip


class StoredFileQuerySet(models.QuerySet["StoredFile"]):
    def visible_to(self, actor: Actor | None, pks: Iterable[int]) -> Self:
        """Of the files with these keys, those that the actor may open: the only door to files.

        A file is seen by whoever sees a record to which it is attached; until it is attached, by its uploader.
        """
        keys = set(pks)
        if actor is None or not keys:
            return self.none()
        seen: set[int] = set()
        attached: set[int] = set()
        judged: dict[Subject, bool] = {}
        for file_id, subject in _links(keys):
            attached.add(file_id)
            if file_id in seen:
                continue
            if subject not in judged:
                judged[subject] = is_visible(actor, subject)
            if judged[subject]:
                seen.add(file_id)
        own = models.Q(pk__in=keys - attached) & (models.Q(uploader=actor.officer) | models.Q(post=actor.post))
        return self.filter(models.Q(pk__in=seen) | own)

    def owned_by(self, account_id: int, pks: Iterable[int]) -> Self:
        """Of the files with these keys, those that an account outside the office sent itself, and no others."""
        return self.filter(account=account_id, pk__in=set(pks))

    def unattached(self) -> Self:
        """Files that hang on no record."""
        return self.filter(~Exists(Attachment.objects.standing().filter(file=OuterRef("pk"))))

    def same_bytes(self, blob: Blob) -> Self:
        """Every file with the same content, oldest first."""
        return self.filter(blob=blob).order_by("pk")


def _links(keys: set[int]) -> Iterable[tuple[int, Subject]]:
    rows = Attachment.objects.standing().filter(file_id__in=keys).values_list("file_id", "subject_kind", "subject_id")
    return [(file_id, Subject(kind, pk)) for file_id, kind, pk in rows]


class StoredFile(models.Model):
    """Tệp: one sending of some bytes under a name, by one officer in one post, or by an ``account`` from outside.

    ``is_duplicate_of`` is the first file with the very same bytes, when there was one already.
    """

    blob = models.ForeignKey(Blob, models.PROTECT, related_name="files")
    name = models.CharField("tên tệp", max_length=200)
    uploader = models.ForeignKey(Officer, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    is_duplicate_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="duplicates")

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp"
        constraints: ClassVar = [models.CheckConstraint(condition=~models.Q(name=""), name="stored_file_has_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.blob.size

    @property
    def sha256(self) -> str:
        """The hash of its bytes, in hexadecimal."""
        return self.blob.sha256

    @property
    def extension(self) -> str:
        """The extension of its name, in lower case, without the dot."""
        return split_extension(self.name)[1]

    @property
    def shows_pages(self) -> bool:
        """Whether it is shown as pictures of its pages."""
        return self.blob.kind == "pdf" or self.is_image

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return bool(self.blob.kind_of_file.image)

    @property
    def shape(self) -> str:
        """What it is to the eye: pdf, image, word, sheet, zip, or nothing of these."""
        return "image" if self.is_image else SHAPES.get(self.extension, "")

    @property
    def page_numbers(self) -> range:
        """The numbers of the pages that can be shown."""
        return range(1, self.blob.pages + 1)
