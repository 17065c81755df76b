"""A flow that can be lived through is read; one that cannot says everything that is wrong, and where."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from lienthong.calendars.limits import parse_limit
from lienthong.kernel.faults import Faults
from lienthong.workflow.actions import Action, Clock, Reason
from lienthong.workflow.flow import End, Flow, Need, Phase
from lienthong.workflow.places import Agency, Part
from lienthong.workflow.reading import read
from lienthong.workflow.walks import walks

PERMIT = """
[[steps]]
key = "tiep_nhan"
name = "Tiếp nhận"
phase = "intake"
place = "receiving.desk"
role = "one_stop_officer"
limit = "4 giờ làm việc"
[[steps.moves]]
action = "accept"
to = "tham_dinh"
needs = ["papers"]
[[steps.moves]]
action = "decline"
to = "declined"
[[steps.moves]]
action = "request_supplement"

[[steps]]
key = "tham_dinh"
name = "Thẩm định"
place = "competent.division"
role = "specialist"
limit = "10 ngày làm việc"
[[steps.moves]]
action = "propose"
to = "ky"
needs = ["result"]
[[steps.moves]]
action = "consult"
clock = "pause"
[[steps.moves]]
action = "decline"
to = "stopped"

[[steps]]
key = "ky"
name = "Ký giấy phép"
place = "competent.leader"
role = "leader"
limit = "2 ngày làm việc"
[[steps.moves]]
action = "sign"
to = "tra"
needs = ["signed_result"]
[[steps.moves]]
action = "send_back"
to = "tham_dinh"

[[steps]]
key = "tra"
name = "Trả kết quả"
phase = "result"
place = "receiving.desk"
role = "one_stop_officer"
[[steps.moves]]
action = "hand_over"
to = "handed_over"
"""
ROLES = {"one_stop_officer", "specialist", "leader"}


def _raw() -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = tomllib.loads(PERMIT)["steps"]
    return steps


def _faults(raw: list[dict[str, Any]], whole: str = "20 ngày làm việc") -> list[str]:
    with pytest.raises(Faults) as caught:
        read(raw, roles=ROLES, whole=parse_limit(whole))
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture
def permit() -> Flow:
    return read(_raw(), roles=ROLES, whole=parse_limit("20 ngày làm việc"))


def test_a_flow_is_read_with_the_nature_of_its_actions(permit: Flow) -> None:
    assert permit.start.key == "tiep_nhan"
    review = permit.step("tham_dinh")
    assert (review.phase, review.place.agency, review.place.part) == (Phase.WORK, Agency.COMPETENT, Part.DIVISION)
    consult = review.move(Action.CONSULT)
    assert consult is not None
    assert (consult.to, consult.clock, consult.reason) == ("tham_dinh", Clock.PAUSE, Reason.REQUIRED)
    accept = permit.start.move(Action.ACCEPT)
    assert accept is not None
    assert (accept.label, accept.needs) == ("Tiếp nhận", (Need.PAPERS,))
    assert permit.start.move(Action.SIGN) is None


def test_there_is_a_walk_to_each_end_that_the_flow_has(permit: Flow) -> None:
    found = walks(permit)
    assert set(found) == {End.DECLINED, End.STOPPED, End.HANDED_OVER}
    assert [key for key, _ in found[End.HANDED_OVER]] == ["tiep_nhan", "tham_dinh", "ky", "tra"]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (lambda raw: raw[0].pop("phase"), "0.phase", "bước tiếp nhận"),
        (lambda raw: raw[1].update(phase="intake"), "1.phase", "Chỉ có một bước tiếp nhận"),
        (lambda raw: raw[3].update(phase="work"), "3.phase", "trả kết quả"),
        (lambda raw: raw[1].pop("moves"), "1.moves", "kẹt lại"),
        (lambda raw: raw[1]["moves"][0].update(to="ky_so"), "1.moves.0.to", "Không có bước “ky_so”"),
        (lambda raw: raw[2].update(role="thu_truong"), "2.role", "Không có vai trò “thu_truong”"),
        (lambda raw: raw[2].update(place="so_xay_dung"), "2.place", "không phải là nơi xử lý"),
        (lambda raw: raw[2].update(place="district:xay-dung.leader"), "2.place", "chỉ viết lĩnh vực"),
        (lambda raw: raw[2]["moves"][1].update(to="tra"), "2.moves.1.to", "chỉ về một bước đứng trước"),
        (lambda raw: raw[2]["moves"][0].update(to="tham_dinh"), "2.moves.0.to", "dùng send_back"),
        (lambda raw: raw[1]["moves"][0].update(action="accept"), "1.moves.0.action", "Chỉ tiếp nhận"),
        (lambda raw: raw[1]["moves"][0].update(action="withdraw"), "1.moves.0.action", "tự có khi cần"),
        (lambda raw: raw[1]["moves"][0].update(action="bo_qua"), "1.moves.0.action", "Không có từ “bo_qua”"),
        (lambda raw: raw[1]["moves"][0].update(needs=["tien"]), "1.moves.0.needs.0", "Không có từ “tien”"),
        (lambda raw: raw[2]["moves"][1].update(reason="none"), "2.moves.1.reason", "luôn phải nêu lý do"),
        (lambda raw: raw[2]["moves"][0].update(clock="pause"), "2.moves.0.clock", "Chỉ thao tác lấy ý kiến"),
        (lambda raw: raw[2].update(key="tham_dinh"), "2.key", "đã có ở trên"),
        (lambda raw: raw[2].update(key="Ký"), "2.key", "chữ thường không dấu"),
        (lambda raw: raw[2].update(limit="mười ngày"), "2.limit", "Viết ví dụ"),
        (lambda raw: raw[2].update(limti="2 ngày"), "2.limti", "Không có mục “limti”"),
        (lambda raw: raw[2].pop("name"), "2.name", "Ghi tên bước"),
        (lambda raw: raw[3]["moves"][0].update(to="stopped"), "3.moves.0.action", "Trả kết quả (hand_over)"),
        (lambda raw: raw[1]["moves"].__delitem__(0), "2.key", "Không bước nào dẫn tới"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change: Any, path: str, words: str) -> None:
    raw = _raw()
    change(raw)
    assert any(said.startswith(f"{path}:") and words in said for said in _faults(raw)), _faults(raw)


def test_limits_of_steps_that_do_not_fit_in_the_whole_are_told_with_both_sums() -> None:
    [said] = _faults(_raw(), whole="10 ngày làm việc")
    assert said.startswith("3.limit: Cộng thời hạn các bước được 100 giờ làm việc")
    assert said.endswith("(10 ngày làm việc, tức 80 giờ làm việc).")


def test_every_fault_is_told_at_once() -> None:
    raw = _raw()
    raw[1].pop("name")
    raw[2].update(role="thu_truong")
    assert len(_faults(raw)) == 2


def test_every_action_says_what_it_is() -> None:
    for action in Action:
        assert action.nature.label
        assert (action.nature.clock == Clock.NONE) == (
            action not in {Action.REQUEST_SUPPLEMENT, Action.SUPPLY, Action.SUSPEND, Action.RESUME}
        )
