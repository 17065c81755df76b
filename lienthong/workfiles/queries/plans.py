"""A list of files as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from lienthong.organisation.actor import Actor
from lienthong.workfiles.models import FilePlan, Heading, PlannedFile, WorkFile


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: what was foreseen, or opened beside it; and the file, once there is one."""

    code: str
    title: str
    maintenance: str
    keeper: str
    note: str
    planned: PlannedFile | None
    file: WorkFile | None
    is_seen: bool
    documents: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A heading with its lines in the order of their numbers."""

    heading: Heading
    lines: list[Line]

    @property
    def opened(self) -> int:
        """How many of the lines are files by now."""
        return sum(line.file is not None for line in self.lines)


def branches(plan: FilePlan, actor: Actor) -> list[Branch]:
    """Return a list as a tree by headings, with the files opened from it; four queries, whatever the length."""
    headings = list(plan.headings.order_by("order", "pk"))
    planned = PlannedFile.objects.filter(heading__plan=plan).select_related("heading", "unit", "post__officer")
    files = list(WorkFile.objects.filter(heading__plan=plan).select_related("post__officer", "unit"))
    seen = set(WorkFile.objects.visible_to(actor).filter(heading__plan=plan).values_list("pk", flat=True))
    of_planned = {file.planned_id: file for file in files if file.planned_id}
    lines: dict[int, list[tuple[int, Line]]] = {heading.pk: [] for heading in headings}
    for one in planned:
        lines[one.heading_id].append((one.number, _of_planned(one, of_planned.get(one.pk), seen)))
    for file in files:
        if file.planned_id is None:
            lines[file.heading_id].append((file.number, _of_file(file, seen)))
    return [Branch(heading, [line for _, line in sorted(lines[heading.pk], key=_first)]) for heading in headings]


def _first(pair: tuple[int, Line]) -> int:
    return pair[0]


def _of_planned(one: PlannedFile, file: WorkFile | None, seen: Iterable[int]) -> Line:
    keeper = one.post.officer.full_name if one.post else one.unit.short_name if one.unit else ""
    return Line(
        code=one.code,
        title=one.title,
        maintenance=one.maintenance,
        keeper=file.post.officer.full_name if file else keeper,
        note=one.note,
        planned=one,
        file=file,
        is_seen=file is not None and file.pk in set(seen),
        documents=file.documents_total if file else 0,
    )


def _of_file(file: WorkFile, seen: Iterable[int]) -> Line:
    is_seen = file.pk in set(seen)
    return Line(
        code=file.code,
        title=file.title if is_seen else "Hồ sơ ngoài danh mục",
        maintenance=file.maintenance,
        keeper=file.post.officer.full_name,
        note="Ngoài danh mục",
        planned=None,
        file=file,
        is_seen=is_seen,
        documents=file.documents_total,
    )


def planned_in(plan: FilePlan) -> QuerySet[PlannedFile]:
    """Return what a list foresees; whoever may see the list may see it."""
    return PlannedFile.objects.filter(heading__plan=plan).select_related("heading__plan", "unit", "post__officer")


def planned_open_to(actor: Actor) -> QuerySet[PlannedFile]:
    """Return what the lists foresee that an actor may see."""
    plans = FilePlan.objects.visible_to(actor)
    return PlannedFile.objects.filter(heading__plan__in=plans).select_related("heading__plan", "post__unit")


def headings_open_to(actor: Actor, year: int) -> QuerySet[Heading]:
    """Return the headings of the approved lists of this year and the one before, under which files may be opened."""
    plans = FilePlan.objects.visible_to(actor).filter(state=FilePlan.State.APPROVED, year__in=(year - 1, year))
    return Heading.objects.filter(plan__in=plans).select_related("plan").order_by("-plan__year", "order", "pk")
