"""Loading procedures from data, drafting and publishing versions, saying who handles what."""

from __future__ import annotations

from lienthong.procedures.operations.competences import set_competence
from lienthong.procedures.operations.drafting import copy, draft, keep, mend, publish, redraft, withdraw
from lienthong.procedures.operations.loading import (
    files,
    load_procedures,
    load_sectors,
    sectors_of_data,
    types_of_data,
)
from lienthong.procedures.operations.sectors import name_sector
from lienthong.procedures.operations.writing import digest_of, known

__all__ = [
    "copy",
    "digest_of",
    "draft",
    "files",
    "keep",
    "known",
    "load_procedures",
    "load_sectors",
    "mend",
    "name_sector",
    "publish",
    "redraft",
    "sectors_of_data",
    "set_competence",
    "types_of_data",
    "withdraw",
]
