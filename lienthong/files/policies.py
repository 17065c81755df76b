"""Who may do what with a file."""

from __future__ import annotations

from lienthong.files.models import StoredFile
from lienthong.organisation.actor import Actor


def can_open(actor: Actor | None, file: StoredFile) -> bool:
    """Tell whether an actor may see a file's content."""
    return StoredFile.objects.visible_to(actor, [file.pk]).exists()


def can_attach(actor: Actor, file: StoredFile) -> bool:
    """Tell whether an actor may put a file on a record: one that they sent or may see."""
    return can_open(actor, file)
