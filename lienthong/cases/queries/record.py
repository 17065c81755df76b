"""One case as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from lienthong.cases.lookups import Known
from lienthong.cases.models import Case, CasePaper, Decline, HandBack, HandOver, Withdrawal
from lienthong.fields.form import Row
from lienthong.fields.kind import Context
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments_of
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor

TOGETHER = (
    "version__procedure__sector", "applicant", "submitter", "receiving_unit", "receiving_agency", "competent_agency",
    "holder_unit", "holder_post__officer", "received_by__officer", "opened_by__case",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper of a case with its files."""

    paper: CasePaper
    files: list[Attachment]


def case_of(actor: Actor, pk: int) -> Case | None:
    """Return a case with what its page names; None for who may not see it."""
    rows = Case.objects.visible_to(actor).select_related(*TOGETHER).defer("version__text")
    return rows.filter(pk=pk).first()


def papers_of(case: Case) -> list[PaperLine]:
    """Return the papers of a case in their order, each with its files (two queries)."""
    rows = list(case.papers.order_by("order", "pk"))
    files = attachments_of("case_paper", [row.pk for row in rows])
    return [PaperLine(row, files.get(row.pk, [])) for row in rows]


def said_of(case: Case) -> list[Row]:
    """Return what was said in the form, line by line."""
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    context = Context(local_date(case.submitted_at), facts, Known(of=case.subject))
    return case.version.definition.form.shown(case.values, context=context)


def hand_overs_of(case: Case) -> list[HandOver]:
    """Return the control slip of a case (one query)."""
    rows = case.hand_overs.filter(is_undone=False)
    return list(rows.select_related("from_unit", "from_officer", "unit", "post__officer", "taken_by").order_by("pk"))


def ending_of(case: Case) -> Decline | Withdrawal | HandBack | None:
    """Return the row that says how an ended case ended (at most one query); None where it lapsed or goes on."""
    kinds: dict[int, type[Decline | Withdrawal | HandBack]] = {
        Case.Status.NOT_RECEIVED: Decline,
        Case.Status.STOPPED: Decline,
        Case.Status.WITHDRAWN: Withdrawal,
        Case.Status.HANDED_OVER: HandBack,
    }
    kind = kinds.get(case.status)
    return kind.objects.filter(case=case).first() if kind else None
