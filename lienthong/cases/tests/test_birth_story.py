"""A birth with what is linked to it, through the procedures of the land: said once, three cases, each counted once."""

from __future__ import annotations

from typing import Any

import pytest

from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure
from lienthong.cases.operations import Given
from lienthong.cases.queries.links import links_of
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import a_case, version
from lienthong.cases.tests.test_stories import on
from lienthong.kernel.refusal import Refusal
from lienthong.numbering.queries import balance
from lienthong.payments.models import Charge
from tests.cast import COMMUNE_CODE, Cast

pytestmark = pytest.mark.django_db
BIRTH, RESIDENCE, CARD = "2.000986", "1.004222", "DP.000001"
CHILD = {"name": "Trần Minh Khang", "birth": "01/08/2025", "sex": "male"}
SAID: dict[str, Any] = {
    "tre": CHILD, "noi_sinh": "Bệnh viện đa khoa Bắc Bình Thuận", "me": {"name": "Nguyễn Thị Hòa"},
    "noi_cu_tru": {"commune": COMMUNE_CODE, "street": "Thôn Hà Thủy 1"}, "noi_kham": "Trạm y tế xã",
    "nguoi_nop": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"},
}  # fmt: skip
PAPERS = {"to_khai": Given(1), "chung_sinh": Given(1), "thuong_tru": Given(1), "bhyt": Given(1)}
RECEIVED = on("04/08/2025")


def a_birth(cast: Cast) -> tuple[Case, Case, Case]:
    """Receive a birth and return it with the residence and the card that came with it."""
    case = a_case(cast, at=RECEIVED, version=version(BIRTH, RECEIVED.date()), values=SAID, papers=PAPERS)
    by_code = {row.procedure_code: row.linked for row in links_of(case)}
    residence, card = by_code[RESIDENCE], by_code[CARD]
    assert residence is not None
    assert card is not None
    return case, residence, card


def _signed(cast: Cast, case: Case) -> None:
    at, leader = on("06/08/2025"), cast.commune_leader
    operations.write_result(case, "giay_khai_sinh", actor=cast.registrar, at=at)
    operations.act(case, "propose", actor=cast.registrar, at=at)
    signer = leader.officer.full_name
    operations.write_result(case, "giay_khai_sinh", symbol="12/2025", signer=signer, actor=leader, at=at)
    operations.act(case, "sign", actor=leader, at=at)


def _received() -> int:
    return sum(CaseFigure.objects.filter(measure="received").values_list("count", flat=True))


def test_what_was_said_of_the_birth_is_not_asked_again(cast: Cast) -> None:
    case, residence, card = a_birth(cast)
    assert residence.values["nguoi_dang_ky"]["name"] == CHILD["name"]
    assert residence.values["noi_thuong_tru"] == case.values["noi_cu_tru"]
    assert (residence.values["tre_em"], residence.values["chu_ho"]) == (True, "Trần Văn Nam")
    assert (card.values["tre"], card.values["noi_kham"]) == (case.values["tre"], "Trạm y tế xã")
    assert [one.code[-4:] for one in (case, residence, card)] == ["0001", "0002", "0003"]
    assert list(Charge.objects.of(residence.subject).values_list("state", flat=True)) == ["waived"]
    assert balance() == []


def test_both_wait_for_the_birth_and_are_fed_by_it_and_each_is_counted_once(cast: Cast) -> None:
    case, residence, card = a_birth(cast)
    desk = cast.commune_desk_officer
    for one in (residence, card):
        with pytest.raises(Refusal, match=f"chờ kết quả của hồ sơ liên thông trước {case.code}"):
            operations.act(one, "accept", actor=desk, at=on("05/08/2025"))
    assert _received() == 1
    _signed(cast, case)
    for one in (residence, card):
        paper = one.papers.get(key="giay_khai_sinh")
        assert (paper.copies, "số 12/2025" in paper.note) == (1, True)
    operations.act(card, "accept", actor=desk, at=on("06/08/2025", "14:00"))
    assert _received() == 2
    assert differences() == []


def test_one_is_refused_and_the_others_go_on(cast: Cast) -> None:
    case, residence, card = a_birth(cast)
    desk = cast.commune_desk_officer
    operations.act(residence, "decline", reason="Chủ hộ không đồng ý", actor=desk, at=on("05/08/2025"))
    _signed(cast, case)
    card = operations.act(card, "accept", actor=desk, at=on("06/08/2025", "14:00"))
    assert not residence.papers.filter(given_at__isnull=False, key="giay_khai_sinh").exists()
    case = operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=on("07/08/2025"))
    residence.refresh_from_db()
    assert [one.status for one in (case, residence, card)] == [
        Case.Status.HANDED_OVER, Case.Status.NOT_RECEIVED, Case.Status.RECEIVED,
    ]  # fmt: skip
    assert _received() == 2
    assert differences() == []
