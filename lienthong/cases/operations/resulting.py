"""What comes out of a case: a result is drafted as a document, or noted where it is printed on a blank."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.cases import following, policies
from lienthong.cases.models import Case, ResultPaper
from lienthong.cases.operations import registering, writing
from lienthong.cases.operations.stepping import NOT_YOURS
from lienthong.cases.result_words import words_of
from lienthong.catalogue.models import DocumentType
from lienthong.fields.values import clean_text
from lienthong.files.models import StoredFile
from lienthong.files.operations import attach
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import in_force
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.outgoing.beginnings import with_template
from lienthong.outgoing.models import Draft, DraftSource
from lienthong.outgoing.operations.drafting import Source, begin
from lienthong.outgoing.wording import Wording
from lienthong.procedures.definition import Result
from lienthong.stationery.models import DocumentTemplate
from lienthong.stationery.queries import office_values, templates_for

DRAFTED = "{name} đang là dự thảo văn bản. Số, người ký và tệp tự ghi vào hồ sơ khi văn thư phát hành."
ISSUED = "{name} đã phát hành là văn bản {symbol}. Muốn đổi, hãy thu hồi hoặc thay thế văn bản đó."
IS_DOCUMENT = (
    "Kết quả này là văn bản: bấm Soạn văn bản kết quả để soạn, trình ký, phát hành. "
    "Nếu đã ký và cấp số ngoài hệ thống, đánh dấu vào ô đó."
)


def results_of(case: Case) -> dict[str, Result]:
    """Return the results that a case may have, by their keys."""
    facts = {"channel": case.channel, "subject": case.applicant.kind, "case_kind": ""}
    return {one.key: one for one in case.version.definition.results_for(case.values, facts)}


@transaction.atomic
def write_result(
    case: Case, key: str, *, symbol: str = "", signer: str = "", signed_at: dt.datetime | None = None,
    elsewhere: bool = False, actor: Actor, at: dt.datetime,
) -> ResultPaper:  # fmt: skip
    """Note a result of a case: that it is drafted, and once it is signed its number, by whom and when.

    Writing it again corrects it; without a number it is a draft again. Signed, it enters its register. Refuses: who
    does not hold the case; a result that this procedure does not have; a number without a signer, or the other way
    round; a signature after now; what is a document of this house, but for one signed ``elsewhere``.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    known = _known(case, key)
    symbol, signer = clean_text(symbol)[:60], clean_text(signer)[:100]
    if bool(symbol) != bool(signer):
        raise Refusal("Ghi cả số, ký hiệu và người ký; hoặc để trống cả hai khi còn là dự thảo.", field="symbol")
    if signed_at is not None and signed_at > at:
        raise Refusal("Thời điểm ký không thể sau lúc này.", field="signed_at")
    row = _row(case, known, actor=actor, at=at)
    _refuse_document(row, known, symbol, elsewhere=elsewhere)
    row.symbol, row.signer, row.signed_at = symbol, signer, (signed_at or at) if symbol else None
    row.standing, row.made_by, row.made_at = "", actor.officer, at
    if symbol:
        registering.enter(case, row, known.register, actor=actor, at=at)
    else:
        registering.take_out(case, row, "Kết quả trở lại là dự thảo", actor=actor, at=at)
    row.save(update_fields=["symbol", "signer", "signed_at", "standing", "entry", "made_by", "made_at"])
    writing.conclude(case, "result_written", actor=actor, at=at, name=row.name, symbol=symbol, signer=signer,
                     entry=row.entry)  # fmt: skip
    following.tell("result", case, actor=actor, at=at)
    return row


def _known(case: Case, key: str) -> Result:
    known = results_of(case)
    if key not in known:
        raise Refusal("Thủ tục này không có kết quả đó. Chọn trong danh sách.", field="key")
    return known[key]


def _row(case: Case, known: Result, *, actor: Actor, at: dt.datetime) -> ResultPaper:
    made = {"name": known.name, "code": known.code, "made_by": actor.officer, "made_at": at}
    row, _ = ResultPaper.objects.select_for_update(of=("self",)).get_or_create(
        case=case, key=known.key, defaults=made
    )  # fmt: skip
    return row


def _refuse_document(row: ResultPaper, known: Result, symbol: str, *, elsewhere: bool = False) -> None:
    if row.document_id:
        raise Refusal(ISSUED.format(name=row.name, symbol=row.symbol), field="key")
    if row.draft_id:
        raise Refusal(DRAFTED.format(name=row.name), field="key")
    if symbol and known.document_type and not elsewhere:
        raise Refusal(IS_DOCUMENT, field="key")


@transaction.atomic
def draft_result(
    case: Case, key: str, *, template: DocumentTemplate | None = None, actor: Actor, at: dt.datetime
) -> Draft:
    """Begin the document that is a result of a case, from a template filled with what the case says.

    It is reviewed, signed, numbered like any other; issued, it writes itself into the case. Refuses: who does not hold
    the case; a result that is printed on a blank; one that is drafted or issued already.
    """
    case = writing.locked(case)
    if not policies.can_act(actor, case):
        raise Forbidden(NOT_YOURS)
    known = _known(case, key)
    if not known.document_type:
        raise Refusal("Kết quả này in trên phôi, không soạn thành văn bản. Bấm Ghi kết quả để ghi số và người ký.")
    row = _row(case, known, actor=actor, at=at)
    _refuse_document(row, known, "")
    on = local_date(at)
    kind = DocumentType.objects.filter(in_force(on), code=known.document_type).first()
    if kind is None:
        raise Refusal(f"Danh mục không có loại văn bản “{known.document_type}” đang dùng. Hãy báo người quản trị.")
    wording = _worded(case, known, template or default_template(known, actor, on), actor=actor, on=on)
    draft = begin(kind, wording, sources=[Source(DraftSource.Relation.RESULT_OF, row.subject)], actor=actor, at=at)
    row.draft_id, row.standing = draft.pk, ""
    row.save(update_fields=["draft_id", "standing"])
    writing.conclude(case, "result_drafted", actor=actor, at=at, name=row.name)
    following.tell("result", case, actor=actor, at=at)
    return draft


def default_template(known: Result, actor: Actor, on: dt.date) -> DocumentTemplate | None:
    """Return the template of a result: the one its procedure names, else the one for results of its type."""
    offered = templates_for(actor, known.document_type, on)
    wanted = (known.template, f"ket-qua-{known.document_type}")
    return next((one for code in wanted if code for one in offered if one.code == code), None)


def _worded(case: Case, known: Result, template: DocumentTemplate | None, *, actor: Actor, on: dt.date) -> Wording:
    wording = Wording(abstract="", addressees=(), body="")
    if template is None or template.current is None:
        return Wording(
            abstract=f"{known.name} theo hồ sơ {case.code}"[:500], addressees=(case.applicant.name,), body=""
        )
    agency = actor.post.unit.agency or actor.post.unit
    values = words_of(case, known.name) | office_values(actor, unit=agency, on=on)
    return with_template(wording, template.current, values)


@transaction.atomic
def attach_result(row: ResultPaper, file: StoredFile, *, actor: Actor, at: dt.datetime) -> None:
    """Hang the scan or the signed file of a result on it; the applicant may then download it.

    Refuses who neither holds the case nor is at its desk, a result that is not signed yet, and an ended case but for
    one whose result was handed over.
    """
    case = writing.locked(row.case)
    row = ResultPaper.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not (policies.can_act(actor, case) or policies.at_the_desk(actor, case)):
        raise Forbidden("Chỉ người đang giữ hồ sơ hoặc Bộ phận Một cửa đã nhận gắn được tệp kết quả.")
    if not row.symbol:
        raise Refusal("Kết quả chưa ký, chưa có số nên chưa gắn tệp được.", field="file")
    if case.is_ended:
        raise Refusal("Hồ sơ đã kết thúc nên không gắn thêm tệp kết quả được.", field="file")
    attach(file, row.subject, label="Kết quả", actor=actor, at=at, thread=case.subject)
    if not row.is_digital:
        row.is_digital = True
        row.save(update_fields=["is_digital"])
