"""Registers, their versions, their books, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import Exists, OuterRef, Q

from lienthong.applicants.models import Applicant
from lienthong.kernel.periods import in_force, period_constraint
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.models.unit import DateRange
from lienthong.registers.definition import Definition
from lienthong.registers.reading import read

READ, KEEP = "registers.read", "registers.keep"
WORDS = SearchVector("folded", config="simple")
_known: dict[str, Definition] = {}  # by digest: what was read in this process


class Register(models.Model):
    """Loại sổ quản lý: a kind of register; what stands in an entry of a day, its version of that day says."""

    key = models.CharField("mã", max_length=40, unique=True)
    name = models.CharField("tên sổ", max_length=200)

    class Meta:
        verbose_name = "loại sổ quản lý"

    def __str__(self) -> str:
        return self.name


class RegisterVersion(models.Model):
    """Phiên bản loại sổ: what a register holds in a period, word for word as its file; never changed once loaded."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("phiên bản")
    valid_from = models.DateField("áp dụng từ")
    valid_to = models.DateField("thôi áp dụng từ", null=True, blank=True)
    text = models.TextField("nội dung tệp")
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = "phiên bản loại sổ"
        constraints: ClassVar = [
            period_constraint("register_version_period"),
            models.UniqueConstraint(fields=["register", "number"], name="register_version_once"),
            ExclusionConstraint(
                name="register_version_one_a_time",
                expressions=[
                    ("register", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    @property
    def definition(self) -> Definition:
        """What it says; read once for each text, which is fetched only then where it was deferred."""
        known = _known.get(self.digest)
        if known is None:
            known = _known[self.digest] = read(self.text)
        return known


class RegisterBookQuerySet(models.QuerySet["RegisterBook"]):
    def visible_to(self, actor: Actor) -> Self:
        """Books in which the actor may read at least one entry."""
        if not actor.can(READ):
            return self.none()
        readers = EntryReader.objects.filter(book=OuterRef("pk"), audience__in=actor.audiences)
        return self.filter(Exists(readers))


class RegisterBook(models.Model):
    """Sổ quản lý: the book of one register that one agency keeps; its numbers begin again each year."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="books")
    agency = models.ForeignKey(Unit, models.PROTECT, related_name="register_books", verbose_name="cơ quan giữ sổ")

    objects = RegisterBookQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ quản lý"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "agency"], name="register_book_once"),
        ]

    @property
    def name(self) -> str:
        """What the book is called."""
        return self.register.name


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, actor: Actor) -> Self:
        """Entries that were opened to the actor, for whoever reads registers: the one door."""
        if not actor.can(READ):
            return self.none()
        if not actor.inherited_audiences:
            return self.filter(readers__audience=actor.audience)
        readers = EntryReader.objects.filter(entry=OuterRef("pk"), audience__in=actor.audiences)
        return self.filter(Exists(readers))

    def standing(self) -> Self:
        """Entries that were not voided."""
        return self.exclude(state="void")

    def worded(self, words: Sequence[str]) -> Self:
        """Entries that have, for every word (folded, letters and digits), one that begins with it."""
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
        return self.alias(words=WORDS).filter(words=query)


class Entry(models.Model):
    """Mục sổ quản lý: what an office granted or noted, under a number of its book, with its holder and validity.

    It came of a subject (the result of a case) and stands in the book exactly once for it. ``values`` are in the form
    of ``version``. ``symbol`` is how the book numbers it, ``paper`` the symbol of the paper that was handed out,
    ``origin`` what people call what it came from (a case's code). ``valid_to`` is its last day; None: no end. ``state``
    is a shadow of ``EntryEnd``. A void entry keeps its number: the book has no gap.
    """

    class State(models.TextChoices):
        IN_FORCE = "in_force", "Còn hiệu lực"
        REVOKED = "revoked", "Đã thu hồi"
        VOID = "void", "Đã hủy"

    book = models.ForeignKey(RegisterBook, models.PROTECT, related_name="entries")
    version = models.ForeignKey(RegisterVersion, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveIntegerField("số")
    symbol = models.CharField("số vào sổ", max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    thread_kind = models.CharField(max_length=40)
    thread_id = models.BigIntegerField()
    origin = models.CharField("hồ sơ", max_length=100, blank=True)
    paper = models.CharField("số giấy tờ", max_length=60, blank=True)
    holder = models.ForeignKey(
        Applicant, models.PROTECT, null=True, blank=True, related_name="register_entries", verbose_name="chủ thể"
    )
    holder_name = models.CharField("chủ thể", max_length=300, blank=True)
    title = models.CharField("nội dung", max_length=500)
    folded = models.TextField(editable=False)
    values: Any = models.JSONField("nội dung", default=dict)
    entered_on = models.DateField("ngày vào sổ")
    valid_to = models.DateField("có giá trị đến", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.IN_FORCE)
    entered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="người vào sổ")
    entered_at = models.DateTimeField()
    corrections = models.PositiveSmallIntegerField("số lần cải chính", default=0)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục sổ quản lý"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="entry_number_once"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=~Q(state="void"), name="entry_of_a_subject_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("entered_on")), name="entry_ends_after_it_begins"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["book", "entered_on", "number"], name="entry_book_order"),
            models.Index(fields=["thread_kind", "thread_id"], name="entry_of_thread"),
            models.Index(fields=["valid_to", "id"], condition=Q(state="in_force"), name="entry_runs_out"),
            GinIndex(WORDS, name="entry_words"),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} · {self.title}"

    @property
    def subject(self) -> Subject:
        """The subject under which its events hang."""
        return Subject("register_entry", self.pk)

    @property
    def came_of(self) -> Subject:
        """What it came from."""
        return Subject(self.thread_kind, self.thread_id)


class EntryReader(models.Model):
    """Người được xem mục sổ: that an entry is open to an audience; the index that every list walks.

    ``book`` and ``state`` are shadows of the entry.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="readers")
    audience = models.BigIntegerField()
    book = models.ForeignKey(RegisterBook, models.CASCADE, related_name="+", db_index=False)
    state = models.CharField(max_length=10)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "audience"], name="entry_reader_once")]
        indexes: ClassVar = [
            models.Index(fields=["audience", "-entry"], name="entry_list"),
            models.Index(fields=["audience", "book", "-entry"], name="entry_list_of_book"),
            models.Index(fields=["book", "audience"], name="entry_book_readers"),
        ]


class EntryEnd(models.Model):
    """Chấm dứt mục sổ: that an entry no longer counts, why, on which basis: revoked, or void as if never entered."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="end")
    kind = models.CharField(max_length=10, choices=Entry.State)
    reason = models.CharField("lý do", max_length=1000)
    basis = models.CharField("căn cứ", max_length=300, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


def version_on(key: str, on: Any) -> RegisterVersion | None:
    """Return the version of a register that holds on a day (one query)."""
    rows = RegisterVersion.objects.filter(in_force(on), register__key=key).select_related("register")
    return rows.defer("text").first()
