"""What forms of cases may look up: names of communes on a day, names of the files that the asker may open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from lienthong.fields.kind import Field
from lienthong.files.models import Attachment, StoredFile
from lienthong.identity.models import User
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from lienthong.organisation.queries.communes import Communes


class Known(Communes):
    """The house as forms see it; each commune is looked up once.

    A file is known to an officer (``actor``) who may open it, to the ``account`` that sent it, and to the reader of the
    record (``of``) on which it hangs; to nobody else has it a name.
    """

    def __init__(self, actor: Actor | None = None, account: User | None = None, of: Subject | None = None) -> None:
        super().__init__()
        self.actor, self.account, self.of = actor, account, of

    def file(self, pk: int) -> str | None:
        """Return the name of a stored file that the asker may open; None for every other."""
        found = self.files(pk)
        return found.values_list("name", flat=True).first() if found is not None else None

    def files(self, *pks: int) -> QuerySet[StoredFile] | None:
        """Return those of some files that the asker may open; None where nobody asks."""
        if self.actor is not None:
            return StoredFile.objects.visible_to(self.actor, pks)
        if self.account is not None:
            return StoredFile.objects.owned_by(self.account.pk, pks)
        if self.of is None:
            return None
        hanging = Attachment.objects.of(self.of).standing().filter(file__in=pks)
        return StoredFile.objects.filter(pk__in=hanging.values("file"))


def files_said(fields: Sequence[Field], values: Mapping[str, Any]) -> Iterator[int]:
    """Give the keys of the files that the values of a form name, at any depth."""
    for field in fields:
        value = values.get(field.key)
        if not isinstance(value, list):
            continue
        if field.kind.name == "file":
            yield from (one for one in value if isinstance(one, int))
        elif field.kind.has_fields:
            for row in value:
                yield from files_said(field.fields, row)
