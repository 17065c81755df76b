"""What can be found."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.expressions import RawSQL

from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.search import lexemes


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def visible_to(self, actor: Actor) -> Self:
        """Entries whose subject the actor reads."""
        reads = " | ".join(lexemes.quoted(lexemes.audience_lexeme(audience)) for audience in actor.audiences)
        return self.filter(RawSQL("search_searchentry.tsv @@ %s::tsquery", [reads], models.BooleanField()))

    def about(self, subject: Subject) -> Self:
        """The entry of one subject."""
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)


class SearchEntry(models.Model):
    """Mục tìm kiếm: what a subject can be found by, and who finds it.

    ``tsv`` holds every lexeme of ``lexemes``: those of title and symbol carry the weight A, of readers and filters B,
    of the text D, so that one part can be replaced and the others kept. ``id`` grows with time, and slices of it are
    lexemes too. ``state`` is not among them: it changes often, and a change of it must not touch the index.
    """

    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    kind = models.CharField("loại", max_length=30)
    title = models.TextField("tiêu đề")
    symbol = models.CharField("số, ký hiệu", max_length=100, blank=True)
    body = models.TextField("nội dung", blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    state = models.CharField("tình trạng", max_length=30, blank=True)
    at = models.DateTimeField("thời điểm")
    tsv = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục tìm kiếm"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="search_entry_once_a_subject")
        ]
        indexes: ClassVar = [
            # Written at once: a pending list would be read in full by every step of every search.
            GinIndex(fields=["tsv"], name="search_entry_lexemes", fastupdate=False)
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.title}".strip()

    @property
    def subject(self) -> Subject:
        """What the entry stands for."""
        return Subject(self.subject_kind, self.subject_id)
