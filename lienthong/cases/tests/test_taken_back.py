"""What undoing leaves true: figures and clock after a return out of the result; nothing once a paper bears a number."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.calendars.models import Deadline
from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure
from lienthong.cases.operations.undoing import undoable
from lienthong.cases.queries.record import hand_overs_of
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import a_case
from lienthong.kernel.refusal import Refusal
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.operations import draft, publish
from lienthong.procedures.queries import versions
from tests.cast import AT, MONDAY, Cast

HOUR = dt.timedelta(hours=1)
BACK = '\n[[steps.moves]]\naction = "send_back"\nto = "ky"\n\n[[results]]'


def _returning(cast: Cast) -> ProcedureVersion:
    """Publish a birth whose desk may send a wrong result back to who signed it."""
    text = versions(MONDAY).get(procedure__code="1.001193").text
    text = text.replace('code = "1.001193"', 'code = "9.000009"', 1).replace("\n[[results]]", BACK, 1)
    row = draft(text, actor=cast.administrator, at=AT)
    publish(row, actor=cast.administrator, at=AT)
    return versions(MONDAY).get(pk=row.pk)


def _signed(cast: Cast, case: Case) -> None:
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT + HOUR)


def test_a_return_out_of_the_result_is_taken_back_with_its_figures_and_clock(cast: Cast) -> None:
    case = a_case(cast, version=_returning(cast))
    _signed(cast, case)
    desk = cast.commune_desk_officer
    back = operations.act(case, "send_back", reason="Sai tên đệm", actor=desk, at=AT + 2 * HOUR)
    assert (back.finished_at, back.status) == (None, Case.Status.IN_PROGRESS)
    assert differences() == []
    again = operations.undo(case, actor=desk, at=AT + 3 * HOUR)
    assert (again.finished_at, again.status, again.is_late) == (AT + HOUR, Case.Status.DONE, False)
    assert Deadline.objects.get(subject_kind="case").closed_at == AT + HOUR
    assert CaseFigure.objects.get(measure="on_time").count == 1
    assert differences() == []


def test_once_a_result_bears_its_number_no_step_is_taken_back(cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.write_result(
        case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng", actor=cast.commune_leader, at=AT
    )
    case = operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    assert not undoable(case, cast.commune_leader, hand_overs_of(case))
    with pytest.raises(Refusal, match="kết quả đã ký và có số"):
        operations.undo(case, actor=cast.commune_leader, at=AT)


def test_an_undone_step_is_not_undone_again(cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.undo(case, actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="Không hoàn tác được nữa"):
        operations.undo(case, actor=cast.registrar, at=AT)
