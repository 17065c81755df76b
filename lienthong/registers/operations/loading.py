"""Loading the registers that come with the software."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lienthong.kernel.faults import Faults
from lienthong.kernel.refusal import refuse
from lienthong.procedures.definition import Definition as Procedure
from lienthong.procedures.models import ProcedureVersion, Sector
from lienthong.registers.definition import Definition
from lienthong.registers.models import Register, RegisterVersion
from lienthong.registers.reading import Known, read


def files() -> Iterator[Path]:
    """Yield the files of registers that come with the software, by name."""
    yield from sorted((settings.BASE_DIR / "data" / "registers").glob("*.toml"))


def known() -> Known:
    """Return what a register may refer to in this house."""
    versions: dict[str, list[Procedure]] = defaultdict(list)
    for row in ProcedureVersion.objects.published().select_related("procedure"):
        versions[row.procedure.code].append(row.definition)
    return Known(set(Sector.objects.values_list("key", flat=True)), versions)


def load_registers(*, at: dt.datetime, on_changed: Callable[[str], None] = refuse) -> int:
    """Load the versions of ``data/registers``; returns how many are new. A loaded version stays as it is.

    Raises ``Faults`` (with the file's name) for a file that is wrong, ``Refusal`` where one no longer says what was
    loaded under its number, unless ``on_changed`` takes the sentence: what was loaded stays then.
    """
    allowed, new = known(), 0
    present = {(row.register.key, row.number): row.digest for row in _versions()}
    for path in files():
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        definition = _read(path, text, allowed)
        was = present.get((definition.key, definition.version))
        if was is None:
            _load(definition, text, digest, at=at)
            new += 1
        elif was != digest:
            on_changed(
                f"{path.name}: phiên bản {definition.version} của sổ {definition.key} đã nạp nên không đổi được. "
                "Hãy tăng version và ghi ngày áp dụng mới."
            )
    return new


def _versions() -> Iterator[RegisterVersion]:
    yield from RegisterVersion.objects.select_related("register").defer("text")


def _read(path: Path, text: str, allowed: Known) -> Definition:
    try:
        return read(text, known=allowed)
    except Faults as found:
        raise Faults(replace(fault, path=(path.name, *fault.path)) for fault in found.faults) from found


@transaction.atomic
def _load(definition: Definition, text: str, digest: str, *, at: dt.datetime) -> None:
    register, _ = Register.objects.get_or_create(key=definition.key, defaults={"name": definition.name})
    RegisterVersion.objects.create(
        register=register,
        number=definition.version,
        valid_from=definition.valid_from,
        valid_to=definition.valid_to,
        text=text,
        digest=digest,
        loaded_at=at,
    )
    newest = register.versions.order_by("-valid_from").defer("text").first()
    if newest is not None and newest.number == definition.version and register.name != definition.name:
        register.name = definition.name
        register.save(update_fields=["name"])
