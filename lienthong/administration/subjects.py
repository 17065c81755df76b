"""Units, officers and sheets on their way in as subjects: how they are mentioned, who may see what hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lienthong.administration.models import ImportRun
from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described, SubjectKind, declare
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, TakeOver, Unit


def declare_all() -> None:
    """Declare every kind."""
    declare(SubjectKind(kind="unit", name="Đơn vị", describe=_units, is_visible=_unit_is_visible))
    declare(SubjectKind(kind="officer", name="Cán bộ", describe=_officers, is_visible=_officer_is_visible))
    declare(SubjectKind(kind="import", name="Lượt nhập", describe=_imports, is_visible=_import_is_visible))
    declare(SubjectKind("take_over", "Bàn giao công việc", _take_overs, _take_over_is_visible))


def _take_overs(keys: Iterable[int]) -> Mapping[int, Described]:
    rows = TakeOver.objects.filter(pk__in=list(keys)).select_related("giver__officer", "taker__officer")
    return {row.pk: Described(str(row), address_of("administration:take_over", row.pk)) for row in rows}


def _units(keys: Iterable[int]) -> Mapping[int, Described]:
    names = Unit.objects.filter(pk__in=list(keys)).values_list("pk", "name")
    return {pk: Described(name, address_of("administration:unit", pk)) for pk, name in names}


def _officers(keys: Iterable[int]) -> Mapping[int, Described]:
    names = Officer.objects.filter(pk__in=list(keys)).values_list("pk", "full_name")
    return {pk: Described(name, address_of("administration:officer", pk)) for pk, name in names}


def _imports(keys: Iterable[int]) -> Mapping[int, Described]:
    names = ImportRun.objects.filter(pk__in=list(keys)).values_list("pk", "file_name")
    return {pk: Described(name, address_of("administration:import_run", pk)) for pk, name in names}


def _unit_is_visible(actor: Actor | None, pk: int) -> bool:
    return Unit.objects.visible_to(actor).filter(pk=pk).exists()


def _officer_is_visible(actor: Actor | None, pk: int) -> bool:
    return Officer.objects.visible_to(actor).filter(pk=pk).exists()


def _take_over_is_visible(actor: Actor | None, pk: int) -> bool:
    return TakeOver.objects.visible_to(actor).filter(pk=pk).exists()


def _import_is_visible(actor: Actor | None, pk: int) -> bool:
    return ImportRun.objects.visible_to(actor).filter(pk=pk).exists()
