"""The cases of an account: the list, what needs its holder first; one case whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choice
from django.db.models import IntegerField, Q, QuerySet, Value, When

from lienthong.calendars.models import Deadline
from lienthong.calendars.queries import deadline_of
from lienthong.cases.models import Apology, Case, Decline, HandBack, HandOver, Rating, ResultPaper, Withdrawal
from lienthong.cases.queries import record
from lienthong.cases.queries.lines import tone_of
from lienthong.cases.queries.opinions import opinions_of
from lienthong.cases.queries.record import PaperLine
from lienthong.cases.queries.talk import Said, thread_of
from lienthong.cases.scales import scale_on
from lienthong.fields.form import Row
from lienthong.files.models import Attachment
from lienthong.files.queries import attachments_of
from lienthong.kernel.clock import local_date
from lienthong.notifications.models import Delivery
from lienthong.notifications.queries import letters_about
from lienthong.online.models import Citizen, OwnCase
from lienthong.online.queries.tracking import Tracked, tracked
from lienthong.payments.queries.sheets import Sheet, sheet

PAGE = 20
FILTERS = {"": "Tất cả", "can": "Cần tôi làm", "dang": "Đang giải quyết", "xong": "Đã kết thúc"}
NEEDS = (Case.Status.SUPPLEMENT, Case.Status.PAYMENT)
RELATED = ("case__procedure", "case__holder_unit", "case__applicant", "case__receiving_unit")
WHOLE = ("version__procedure__sector", "applicant", "submitter", "receiving_unit", "receiving_agency",
         "competent_agency", "holder_unit")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A case of the list: its step in words, the tone of its status, whether it waits for the reader."""

    case: Case
    step: str
    tone: str
    needs_me: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the list begins: after a case, among those that wait for the reader or after them."""

    needs: int
    pk: int

    def __str__(self) -> str:
        return f"{self.needs}-{self.pk}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """Read a place from an address; None when it is none."""
        needs, _, pk = text.partition("-")
        known = needs in ("0", "1") and pk.isascii() and pk.isdecimal() and len(pk) < 18
        return cls(int(needs), int(pk)) if known else None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cases, and where the next one begins (None: it was the last)."""

    lines: list[Line]
    older: Place | None


def own_page(citizen: Citizen, wanted: str, after: Place | None) -> Page:
    """Return a page of the account's cases, those that wait for its holder first, else newest first (two queries)."""
    rows = _wanted(OwnCase.objects.visible_to(citizen), wanted).annotate(needs=_needs())
    if after is not None:
        rows = rows.filter(Q(needs__lt=after.needs) | Q(needs=after.needs, case__lt=after.pk))
    found = list(rows.select_related(*RELATED).defer("case__values").order_by("-needs", "-case")[: PAGE + 1])
    shown = found[:PAGE]
    last = shown[-1] if len(found) > PAGE else None
    return Page(_lines([row.case for row in shown]), Place(last.needs, last.case_id) if last else None)


def _needs() -> Choice:
    return Choice(When(case__status__in=NEEDS, then=Value(1)), default=Value(0), output_field=IntegerField())


def _wanted(rows: QuerySet[OwnCase], wanted: str) -> QuerySet[Any]:
    if wanted == "can":
        return rows.filter(case__status__in=NEEDS)
    if wanted == "dang":
        return rows.exclude(case__status__in=Case.ENDED)
    return rows.filter(case__status__in=Case.ENDED) if wanted == "xong" else rows


def _lines(cases: Iterable[Case]) -> list[Line]:
    shown = list(cases)
    rows = HandOver.objects.filter(case__in=[case.pk for case in shown], left_at=None)
    steps = dict(rows.values_list("case", "step_name"))
    return [Line(case, steps.get(case.pk, ""), tone_of(case), case.status in NEEDS) for case in shown]


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A result that was issued, with its files."""

    paper: ResultPaper
    files: list[Attachment]


@dataclass(frozen=True, slots=True)
class Own:
    """A case as whoever it is open to sees it on their own desk."""

    tracked: Tracked
    papers: list[PaperLine]
    said: list[Row]
    results: list[ResultLine]
    apologies: list[Apology]
    ended: Decline | Withdrawal | HandBack | None
    sheet: Sheet | None
    letters: list[Delivery]
    thread: list[Said]
    opinions: dict[str, Any]
    may_rate: bool
    deadline: Deadline | None

    @property
    def has_news(self) -> bool:
        """Whether the office wrote what the applicant has not opened."""
        return any(one.message.by_office and one.message.read_at is None for one in self.thread)

    @property
    def may_withdraw(self) -> bool:
        """Whether the case can still be taken back."""
        case = self.tracked.case
        return not case.is_ended and case.status != Case.Status.DONE


def case_of(citizen: Citizen, pk: int) -> Case | None:
    """Return a case that is open to an account, with what its pages name; None for others' (one query)."""
    mine = OwnCase.objects.visible_to(citizen).filter(case=pk).values("case")
    return Case.objects.select_related(*WHOLE).defer("version__text").filter(pk__in=mine).first()


def own_of(case: Case, at: dt.datetime) -> Own:
    """Return what the page of a case shows: a fixed number of queries."""
    opinions = opinions_of(case, at)
    return Own(
        tracked=tracked(case, at),
        papers=record.papers_of(case),
        said=record.said_of(case),
        results=results_of(case),
        apologies=list(case.apologies.order_by("number")),
        ended=record.ending_of(case),
        sheet=sheet(case.subject, None),
        letters=letters_about(case.subject),
        thread=thread_of(case),
        opinions=opinions,
        may_rate=_may_rate(case, opinions["rating"], at),
        deadline=deadline_of(case.subject),
    )


def _may_rate(case: Case, given: Rating | None, at: dt.datetime) -> bool:
    """Tell whether the applicant may rate now, or still change what they said."""
    scale = scale_on(local_date(at))
    if given is not None:
        return at - given.at <= scale.change_within
    return case.is_ended and case.ended_at is not None and at - case.ended_at <= scale.rate_within


def results_of(case: Case) -> list[ResultLine]:
    """Return the results of a case that are signed, each with its files; drafts are nobody's outside (two queries)."""
    rows = list(case.results.exclude(symbol="").order_by("pk"))
    files = attachments_of("result", [row.pk for row in rows]) if rows else {}
    return [ResultLine(row, files.get(row.pk, [])) for row in rows]


def file_of(case: Case, pk: int) -> Attachment | None:
    """Return a file that the applicant may have: of a paper handed in, of a message, of a result that was issued."""
    said = Q(subject_kind="case_message", subject_id__in=case.messages.standing().values("pk"))
    papers = Q(subject_kind="case_paper", subject_id__in=case.papers.values("pk"))
    results = Q(subject_kind="result", subject_id__in=case.results.exclude(symbol="").values("pk"))
    return Attachment.objects.standing().filter(papers | results | said, pk=pk).select_related("file__blob").first()
