"""How lists, files and hand-overs are mentioned elsewhere, and who may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described, Subject
from lienthong.organisation.actor import Actor
from lienthong.workfiles import policies
from lienthong.workfiles.models import FilePlan, HandOver, WorkFile, WorkFileReader


def describe_plans(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe lists by their year (one query)."""
    rows = FilePlan.objects.filter(pk__in=list(pks))
    return {row.pk: Described(str(row), address_of("workfiles:plan", row.pk)) for row in rows}


def sees_plan(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a list."""
    return FilePlan.objects.visible_to(actor).filter(pk=pk).exists()


def describe_files(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe files by code and title (one query)."""
    rows = WorkFile.objects.filter(pk__in=list(pks)).only("pk", "code", "title")
    return {row.pk: Described(f"Hồ sơ {row}", address_of("workfiles:file", row.pk)) for row in rows}


def sees_file(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a file."""
    return WorkFile.objects.visible_to(actor).filter(pk=pk).exists()


def describe_hand_overs(pks: Iterable[int]) -> Mapping[int, Described]:
    """Describe hand-overs by who gave (one query)."""
    rows = HandOver.objects.filter(pk__in=list(pks)).select_related("unit")
    return {row.pk: Described(str(row), address_of("workfiles:hand_over", row.pk)) for row in rows}


def sees_hand_over(actor: Actor, pk: int) -> bool:
    """Tell whether an actor may see a hand-over."""
    return HandOver.objects.visible_to(actor).filter(pk=pk).exists()


def due_address() -> str:
    """Return where the files stand that are due at the archive."""
    return f"{reverse('workfiles:files')}?due=1"


def due_files(actor: Actor) -> QuerySet[Any, Any]:
    """Return the files that are due at the archive: those of the list ``?due=1``."""
    rows = WorkFileReader.objects.filter(audience__in=actor.audiences, is_due=True)
    return rows.values("file").distinct() if actor.inherited_audiences else rows


def offered_address() -> str:
    """Return where the hand-overs stand that wait for the archive."""
    return f"{reverse('workfiles:hand_overs')}?state={HandOver.State.SUBMITTED}"


def offered(actor: Actor) -> QuerySet[HandOver]:
    """Return the hand-overs that wait for the archive: those of the list ``?state=submitted``."""
    return HandOver.objects.visible_to(actor).filter(state=HandOver.State.SUBMITTED)


def may_be_filed(actor: Actor, subject: Subject) -> bool:
    """Tell whether the page of a record offers to put it into a file."""
    return subject.kind in ("incoming", "outgoing", "task") and policies.can_open(actor)


def filing_address(subject: Subject) -> str:
    """Return where a file is chosen for a record."""
    return f"{reverse('workfiles:choosing')}?subject={subject}"


def may_copy(actor: Actor, subject: Subject) -> bool:
    """Tell whether the page of an issued document offers to give its kept copy to somebody."""
    return subject.kind == "outgoing" and actor.can(policies.ARCHIVE)


def copy_address(subject: Subject) -> str:
    """Return where the kept copy of a document is given to somebody."""
    return f"{reverse('workfiles:copy_new')}?document={subject.pk}"
