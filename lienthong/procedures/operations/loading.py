"""Loading the sectors and procedures that come with the software."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import transaction

from lienthong.catalogue.operations import entries as document_types
from lienthong.kernel.faults import Faults
from lienthong.kernel.refusal import refuse
from lienthong.procedures.models import ProcedureVersion, Sector
from lienthong.procedures.operations.writing import digest_of, known, new_row, publish_row
from lienthong.procedures.reading import read


def files() -> Iterator[Path]:
    """Yield the files of procedures that come with the software, by name."""
    yield from sorted((settings.BASE_DIR / "data" / "procedures").glob("*.toml"))


def sectors_of_data() -> dict[str, dict[str, str]]:
    """Return the sectors of ``data/sectors.toml`` by their keys, in their order."""
    with (settings.BASE_DIR / "data" / "sectors.toml").open("rb") as file:
        return {entry["key"]: entry for entry in tomllib.load(file)["sectors"]}


def types_of_data() -> set[str]:
    """Return the codes of the document types that come with the software."""
    return {entry["code"] for entry in document_types()}


def registers_of_data() -> set[str]:
    """Return the keys of the registers that come with the software."""
    return {path.stem for path in (settings.BASE_DIR / "data" / "registers").glob("*.toml")}


def templates_of_data() -> dict[str, set[str]]:
    """Return the templates of documents that come with the software, each with the fields that it must be given."""
    found = {}
    for path in (settings.BASE_DIR / "data" / "stationery").glob("*.toml"):
        with path.open("rb") as file:
            fields = tomllib.load(file).get("fields", [])
        found[path.stem] = {one["name"] for one in fields if one.get("required")}
    return found


@transaction.atomic
def load_sectors() -> int:
    """Bring the sectors up to ``data/sectors.toml``; returns how many were new or changed."""
    touched = 0
    for order, entry in enumerate(sectors_of_data().values()):
        facts = {"name": entry["name"], "code": entry.get("code", ""), "order": order}
        row, is_new = Sector.objects.get_or_create(key=entry["key"], defaults=facts)
        facts["code"] = row.code or facts["code"]  # what somebody entered here stays
        if not is_new and any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            row.save(update_fields=list(facts))
        elif not is_new:
            continue
        touched += 1
    return touched


def load_procedures(*, at: dt.datetime, on_changed: Callable[[str], None] = refuse) -> int:
    """Load and publish the versions of ``data/procedures``; returns how many are new.

    A version that is published already stays as it is. Raises ``Faults`` (with the file's name) for one that is wrong,
    and ``Refusal`` where a file no longer says what was published under its number, unless ``on_changed`` takes the
    sentence: what was published stays then.
    """
    load_sectors()
    allowed = replace(known(), registers=registers_of_data(), templates=templates_of_data())
    present = {(row.procedure.code, row.number): row for row in _published()}
    new = 0
    for path in files():
        text = path.read_text(encoding="utf-8")
        try:
            definition = read(text, known=allowed)
        except Faults as found:
            raise Faults(replace(fault, path=(path.name, *fault.path)) for fault in found.faults) from found
        row = present.get((definition.code, definition.version))
        if row is None:
            with transaction.atomic():
                publish_row(new_row(definition, text, actor=None, at=at), actor=None, at=at)
            new += 1
        elif row.digest != digest_of(text):
            on_changed(
                f"{path.name}: phiên bản {row.number} của {row.procedure.code} đã công bố nên không đổi được. "
                "Hãy tăng version và ghi ngày áp dụng mới."
            )
    return new


def _published() -> Iterator[ProcedureVersion]:
    yield from ProcedureVersion.objects.published().select_related("procedure")
