"""What is done with registers: they are loaded; entries are made, corrected, revoked, voided."""

from lienthong.registers.operations.ending import revoke, void
from lienthong.registers.operations.entering import Entering, correct, enter, rename_paper
from lienthong.registers.operations.loading import files, load_registers

__all__ = ["Entering", "correct", "enter", "files", "load_registers", "rename_paper", "revoke", "void"]
