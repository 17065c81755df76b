"""Files of results that were issued: for the applicant, and under an address that the national portal may fetch."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import Exists
from django.urls import reverse

from lienthong.cases.models import Case, ResultPaper
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments_of

SIGNER = Signer(salt="cases.result_file")


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file of a result that stands, and its stable address, whole."""

    paper: ResultPaper
    attachment: Attachment

    @property
    def address(self) -> str:
        """The address under which whoever has it may fetch the file, for as long as the result stands."""
        path = reverse("cases:result_file", args=[token_of(self.attachment)])
        return f"{settings.BASE_URL.rstrip('/')}{path}"


def files_of(case: Case) -> list[ResultFile]:
    """Return the files of the results of a case that are signed and stand (two queries)."""
    rows = {row.pk: row for row in case.results.exclude(symbol="").order_by("pk")}
    files = attachments_of("result", list(rows)) if rows else {}
    return [ResultFile(rows[pk], one) for pk in rows for one in files.get(pk, [])]


def is_digital(case: Case) -> bool:
    """Tell whether all that was handed in lies here as files, and every result has its file (one query)."""
    papers = case.papers.filter(given_at__isnull=False, is_digital=False)
    rows = case.results.annotate(on_paper=Exists(papers)).values_list("is_digital", "on_paper")
    found = list(rows)
    return bool(found) and all(digital and not on_paper for digital, on_paper in found)


def addresses_of(case: Case) -> dict[int, list[str]]:
    """Return the addresses of the files of each result that stands, by the key of its row."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in files_of(case):
        found[one.paper.pk].append(one.address)
    return found


def token_of(attachment: Attachment) -> str:
    """Return the token of a file: its key, signed by the house; the same for ever."""
    return SIGNER.sign(str(attachment.pk))


def by_token(token: str) -> Attachment | None:
    """Return the file of a token while its result is signed and stands; None for every other."""
    try:
        pk = int(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    rows = Attachment.objects.standing().filter(pk=pk, subject_kind="result").select_related("file__blob")
    found = rows.first()
    if found is None or not ResultPaper.objects.filter(pk=found.subject_id).exclude(symbol="").exists():
        return None
    return found
