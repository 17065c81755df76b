"""A work file as its page shows it, for whoever looks: what they may not see in it stays without its title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lienthong.files.models import StoredFile
from lienthong.journal.queries import TimelineEntry, timeline
from lienthong.kernel.subjects import Described, Subject, describe
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import DraftSource
from lienthong.tasks.models import Task
from lienthong.workfiles import fileable
from lienthong.workfiles.models import Filing, WorkFile

HIDDEN = "Văn bản không thuộc quyền xem"


@dataclass(frozen=True, slots=True)
class Line:
    """One document of a file: its number, the filing, and where it opens; hidden from who may not see it."""

    number: int
    filing: Filing
    is_hidden: bool
    url: str
    kind: str
    stored: StoredFile | None

    @property
    def is_part(self) -> bool:
        """Whether it came with the line of a case above it."""
        return self.filing.whole_id is not None

    @property
    def title(self) -> str:
        """Its title, or that it is not theirs to see."""
        return HIDDEN if self.is_hidden else self.filing.title or "Chưa có tên"


def lines_of(filings: Sequence[Filing], actor: Actor) -> list[Line]:
    """Return the documents of a file as an actor may see them; two queries for each kind among them."""
    seen = visible(actor, [one.subject for one in filings])
    described = describe(seen)
    stored = StoredFile.objects.select_related("blob").in_bulk(
        [one.subject_id for one in filings if one.subject_kind == "stored_file"]
    )
    return [
        Line(
            number=place,
            filing=one,
            is_hidden=one.subject_kind != "stored_file" and one.subject not in seen,
            url=described[one.subject].url if one.subject in described else "",
            kind=fileable.name_of(one.subject_kind),
            stored=stored.get(one.subject_id) if one.subject_kind == "stored_file" else None,
        )
        for place, one in enumerate(filings, start=1)
    ]


def visible(actor: Actor, subjects: Iterable[Subject]) -> set[Subject]:
    """Return those of the subjects that an actor may see (one query for each kind)."""
    keys: dict[str, list[int]] = {}
    for subject in subjects:
        keys.setdefault(subject.kind, []).append(subject.pk)
    found = {kind: fileable.find(kind) for kind in keys}
    return {Subject(kind, pk) for kind, one in found.items() if one for pk in one.visible(actor, keys[kind])}


def story_of(file: WorkFile, actor: Actor, *, limit: int = 40) -> list[TimelineEntry]:
    """Return what happened to a file, newest first; what an actor may not see stays without its name."""
    entries = timeline(file.subject, limit=limit)
    named = {entry.event.pk: told for entry in entries if (told := _subject_told(entry))}
    seen = visible(actor, named.values())
    hidden = {pk for pk, subject in named.items() if _is_guarded(subject) and subject not in seen}
    return [_without_name(entry) if entry.event.pk in hidden else entry for entry in entries]


def _is_guarded(subject: Subject) -> bool:
    kind = fileable.find(subject.kind)
    return kind is not None and not kind.is_upload


def _subject_told(entry: TimelineEntry) -> Subject | None:
    kind, _, key = str(entry.event.particulars.get("subject", "")).partition(":")
    return Subject(kind, int(key)) if key.isdecimal() else None


def _without_name(entry: TimelineEntry) -> TimelineEntry:
    name = str(entry.event.particulars["document"])
    return replace(entry, sentence=entry.sentence.replace(name, HIDDEN.lower())) if name else entry


def suggested_subjects(filings: Sequence[Filing], actor: Actor, most: int = 5) -> list[tuple[Subject, Described, str]]:
    """Return what belongs to the documents of a file and does not lie in it: tasks, what they are about, answers."""
    lying = {one.subject for one in filings}
    near = [one for one in _near(lying) if one not in lying and one.kind in fileable.chosen()]
    seen = visible(actor, near)
    described = describe([subject for subject in near if subject in seen][:most])
    return [(subject, told, fileable.name_of(subject.kind)) for subject, told in described.items() if told.url]


def suggested_files(subject: Subject, files: Sequence[WorkFile]) -> set[int]:
    """Return which of some files hold something that belongs to a subject: the same task, the same thread, its like."""
    near = _near({subject})
    filings = Filing.objects.filter(file__in=files, removed_at=None, whole=None)
    rows = filings.values_list("file_id", "subject_kind", "subject_id")
    found = {pk for pk, kind, key in rows if Subject(kind, key) in near}
    known = fileable.find(subject.kind)
    if known is not None:
        like = filings.filter(subject_kind=subject.kind, subject_id__in=known.alike([subject.pk]))
        found |= set(like.values_list("file_id", flat=True))
    return found


def files_holding(subject: Subject) -> list[WorkFile]:
    """Return the files in which a subject lies (one query)."""
    rows = Filing.objects.filter(subject_kind=subject.kind, subject_id=subject.pk, removed_at=None)
    return [row.file for row in rows.select_related("file").order_by("file__code")]


def _near(lying: set[Subject]) -> list[Subject]:
    """Return the neighbours of subjects: tasks on them, what tasks are about, what answers them, what they answer."""
    found: list[Subject] = []
    tasks = [one.pk for one in lying if one.kind == "task"]
    for kind in {one.kind for one in lying}:
        keys = [one.pk for one in lying if one.kind == kind]
        rows = Task.objects.filter(subject_kind=kind, subject_id__in=keys)
        found += [Subject("task", pk) for pk in rows.order_by("pk").values_list("pk", flat=True)]
        sources = DraftSource.objects.filter(subject_kind=kind, subject_id__in=keys, draft__document__isnull=False)
        found += [Subject("outgoing", pk) for pk in sources.values_list("draft__document", flat=True) if pk]
    about = Task.objects.filter(pk__in=tasks).values_list("subject_kind", "subject_id")
    found += [Subject(kind, pk) for kind, pk in about]
    issued = [one.pk for one in lying if one.kind == "outgoing"]
    answered = DraftSource.objects.filter(draft__document__in=issued).values_list("subject_kind", "subject_id")
    found += [Subject(kind, pk) for kind, pk in answered]
    return list(dict.fromkeys(found))
