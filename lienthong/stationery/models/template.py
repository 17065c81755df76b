"""Templates of documents and their versions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from lienthong.catalogue.models import DocumentType
from lienthong.files.models import StoredFile
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Succession, Unit
from lienthong.stationery.words import Field

ADMINISTER = "stationery.administer"


class DocumentTemplateQuerySet(models.QuerySet["DocumentTemplate"]):
    def visible_to(self, actor: Actor | None) -> Self:
        """Templates that an officer may use or keep: everybody's, those of the own unit, of its agency and its parts.

        Those of a unit that the own one took over are seen too. Whoever administers stationery sees all of them.
        """
        if actor is None:
            return self.none()
        if actor.can(ADMINISTER):
            return self.all()
        unit = actor.post.unit
        own = [unit.pk, unit.agency_id]
        taken_over = Succession.objects.filter(successor__in=own, function="").values("predecessor")
        return self.filter(Q(owner=None) | Q(owner__in=own) | Q(owner__parent=unit.pk) | Q(owner__in=taken_over))

    def offered(self) -> Self:
        """Templates with a published version that have not been retired."""
        return self.filter(retired_at=None).exclude(current=None)

    def retired(self) -> Self:
        """Templates that are no longer offered."""
        return self.exclude(retired_at=None)

    def of_types(self, codes: Iterable[str]) -> Self:
        """Templates of some types of documents."""
        return self.filter(document_type__code__in=list(codes))

    def in_order(self) -> Self:
        """By type as forms offer them; within a type the unit's own before everybody's, then by name."""
        return self.order_by(
            "document_type__order", "document_type_id", models.F("owner__order").asc(nulls_last=True), "name", "pk"
        )


class DocumentTemplate(models.Model):
    """Mẫu văn bản: a skeleton from which drafts of one type begin, for one unit or for everybody.

    What it says stands in its versions. ``code`` names the file of ``data/stationery`` from which it came.
    """

    document_type = models.ForeignKey(DocumentType, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("tên mẫu", max_length=150)
    code = models.CharField("mã", max_length=60, blank=True)
    current = models.ForeignKey("TemplateVersion", models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)

    objects = DocumentTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu văn bản"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="document_template_code_once"),
            models.UniqueConstraint(
                fields=["document_type", "owner", "name"],
                condition=Q(retired_at=None),
                nulls_distinct=False,
                name="document_template_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> Subject:
        """The template as the journal and the files point at it."""
        return Subject("document_template", self.pk)

    @property
    def owner_name(self) -> str:
        """For whom it is."""
        return self.owner.name if self.owner else "Mọi đơn vị"


class TemplateVersion(models.Model):
    """Phiên bản mẫu: what a template says; edited as a draft, never changed once published (a trigger sees to it).

    ``addressees`` and ``recipients`` hold one line for each. ``fields`` are those that the template declares besides
    the closed list of words. ``file`` is a Word file that an administrator sent; without one, the Word form is made
    from the texts.
    """

    class Origin(models.TextChoices):
        DATA = "data", "Kèm phần mềm"
        SCREEN = "screen", "Soạn trên màn hình"

    template = models.ForeignKey(DocumentTemplate, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("phiên bản")
    abstract = models.CharField("trích yếu", max_length=500, blank=True)
    addressees = models.TextField("kính gửi", blank=True)
    body = models.TextField("nội dung")
    recipients = models.TextField("nơi nhận", blank=True)
    signing_hint = models.CharField("gợi ý ký", max_length=300, blank=True)
    guidance = models.TextField("hướng dẫn dùng", blank=True)
    fields = models.JSONField("trường riêng", default=list, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.SCREEN)
    edited_at = models.DateTimeField("sửa lúc")
    published_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    published_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "phiên bản mẫu"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(published_at=None), name="template_version_one_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template}, phiên bản {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.published_at is None

    @property
    def declared(self) -> dict[str, Field]:
        """The template's own fields by name."""
        return {field["name"]: Field(**field) for field in self.fields}

    @property
    def content(self) -> dict[str, Any]:
        """What it says, as plain values: two versions with the same content say the same."""
        return {name: getattr(self, name) for name in CONTENT}


CONTENT = ("abstract", "addressees", "body", "recipients", "signing_hint", "guidance", "fields")
