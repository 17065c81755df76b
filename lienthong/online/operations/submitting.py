"""A draft is handed in: it becomes a case, once, with its papers, open to the account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from lienthong.applicants.models import Applicant, IdentityPaper
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars, checked
from lienthong.cases.models import Case, CasePaper
from lienthong.cases.operations import Given, Reception, submit
from lienthong.cases.operations.papers import attach_papers
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import fold
from lienthong.online import whose
from lienthong.online.models import Filling, OwnCase
from lienthong.online.operations.accounts import open_case_to
from lienthong.online.operations.filling import CHANGED, Changed, untell
from lienthong.online.queries.fillings import newer_than
from lienthong.online.standing import Paper, Standing

HELD = (
    "Số giấy tờ này đã được ghi nhận với họ tên hoặc ngày sinh khác. Hãy xem lại số, hoặc mang giấy tờ gốc đến Bộ phận "
    "Một cửa để được hỗ trợ."
)


class Unready(Refusal):
    """Something of the applicant is not right; ``part`` says of whom: "a" for whom it is, "m" who hands in."""

    def __init__(self, refusal: Refusal, part: str) -> None:
        super().__init__(refusal.message, field=refusal.field)
        self.part = part


@transaction.atomic
def submit_filling(filling: Filling, *, at: dt.datetime) -> Case:
    """Hand a draft in: the case has its code at once and lies at the desk. Once more gives the same case.

    Refuses: a version that holds no more (``Changed``); a form that is not right (``Incomplete``); an applicant who is
    not right (``Unready``); missing papers, each by name; no desk; a way of return without its address.
    """
    rows = Filling.objects.select_for_update(of=("self",)).select_related("version__procedure", "citizen__user", "case")
    row = rows.filter(pk=filling.pk).first()
    if row is None:
        raise Refusal("Bản soạn này không còn. Hãy bắt đầu bản mới.")
    if row.case is not None:
        return row.case
    if newer_than(row, local_date(at))[0]:
        raise Changed(CHANGED)
    standing = Standing(row, at)
    _refuse_missing(standing)
    applicant, submitter = people_of(standing, at=at)
    reception = _reception(standing, applicant, submitter)
    case = submit(reception, actor=None, at=at)
    _hang(case, standing.papers, at=at)
    open_case_to(row.citizen, case, right=OwnCase.Right.SUBMITTED, at=at)
    untell(row)
    row.case, row.values, row.saved_at = case, {}, at
    row.save(update_fields=["case", "values", "saved_at"])
    return case


def _refuse_missing(standing: Standing) -> None:
    missing = standing.missing
    if missing:
        raise Refusal(f"Còn thiếu {len(missing)} giấy tờ: {'; '.join(missing)}. Hãy chụp hoặc tải lên.", field="papers")
    filling = standing.filling
    if filling.return_way == Case.Return.POST and not filling.return_address.strip():
        raise Refusal("Hãy ghi địa chỉ nhận kết quả qua bưu chính.", field="return_address")


def _reception(standing: Standing, applicant: Applicant, submitter: Applicant | None) -> Reception:
    filling = standing.filling
    given = {
        paper.key: Given(is_digital=True, note="Khai trực tuyến" if paper.from_form and not paper.files else "")
        for paper in standing.papers
        if paper.files or paper.from_form
    }
    return Reception(
        version=filling.version,
        applicant=applicant,
        submitter=submitter,
        desk=standing.desk(),
        key=filling.key,
        values=filling.values,
        papers=given,
        channel=Case.Channel.ONLINE,
        phone=filling.phone,
        email=filling.email,
        return_way=filling.return_way,
        return_address=filling.return_address,
        account=filling.citizen.user,
    )


def _hang(case: Case, papers: Sequence[Paper], *, at: dt.datetime) -> None:
    files = {paper.key: [one.file for one in paper.files] for paper in papers if paper.files}
    if whose.AUTHORITY in files:
        CasePaper.objects.create(
            case=case, key=whose.AUTHORITY, name=whose.AUTHORITY_NAME, is_digital=True, order=99, given_at=at
        )
    if files:
        attach_papers(case, files, actor=None, at=at)


def people_of(standing: Standing, *, at: dt.datetime) -> tuple[Applicant, Applicant | None]:
    """Return for whom a draft is handed in and who hands it in, where that is somebody else; enters who is new."""
    applicant = _person(standing.kind, standing.whom, "a", at)
    if standing.filling.acting == Filling.Acting.SELF:
        return applicant, None
    submitter = _person(Applicant.Kind.CITIZEN, standing.submitter, "m", at)
    return applicant, None if submitter.pk == applicant.pk else submitter


def _person(kind: str, said: dict[str, str], part: str, at: dt.datetime) -> Applicant:
    try:
        return applicant_of(whose.particulars(kind, said), at=at)
    except Refusal as refusal:
        raise Unready(refusal, part) from refusal


def applicant_of(said: Particulars, *, at: dt.datetime) -> Applicant:
    """Return the applicant of these particulars: whoever holds the paper's number, where name and birth agree.

    Nothing that is stored is shown or changed. Refuses particulars without a numbered paper, and a number that is known
    under another name or birth: it says neither.
    """
    clean = checked(said, on=local_date(at))
    if not clean.paper_number:
        words = "mã số thuế" if said.kind == Applicant.Kind.ENTERPRISE else "loại và số giấy tờ"
        raise Refusal(f"Hãy ghi {words} để cơ quan biết hồ sơ là của ai.", field="paper_number")
    held = IdentityPaper.objects.filter(kind=clean.paper_kind, number=clean.paper_number, valid_to=None)
    row = held.select_related("applicant__merged_into").first()
    if row is None:
        return _entered(said, at)
    known = row.applicant.merged_into or row.applicant
    if known.kind != clean.kind or known.folded != fold(clean.name) or not _same_birth(known.birth, clean.birth):
        raise Refusal(HELD, field="paper_number")
    return known


def _entered(said: Particulars, at: dt.datetime) -> Applicant:
    try:
        return enter(said, actor=None, at=at)
    except Refusal as refusal:
        if refusal.field != "paper_number":
            raise
        raise Refusal(HELD, field="paper_number") from None  # somebody entered the number a moment ago


def _same_birth(stored: str, said: str) -> bool:
    """Whether two births agree as far as both are known; a bare year agrees with any day of it."""
    if not stored or not said:
        return True
    return stored == said if len(stored) == len(said) else stored[:4] == said[:4]
