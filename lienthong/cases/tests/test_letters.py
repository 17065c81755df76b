"""What the applicant is told, by which way, and that each thing is told once."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.core import mail
from pytest_django import Settings

from lienthong.cases import following, operations
from lienthong.cases.jobs import remind
from lienthong.cases.models import Case
from lienthong.cases.operations.reminding import remind_all
from lienthong.cases.tests.builders import VALUES, a_case, reception
from lienthong.cases.tests.test_fees import a_house
from lienthong.cases.tracking import address_of
from lienthong.kernel import clock
from lienthong.kernel.clock import local
from lienthong.notifications.models import Delivery, SandboxMessage
from lienthong.notifications.operations import deliver_due, wish
from tests.cast import AT, Cast

HOUR = dt.timedelta(hours=1)
DAY = dt.timedelta(days=1)


def _told(case: Case, channel: str = "sms") -> list[str]:
    rows = Delivery.objects.filter(subject_kind="case", subject_id=case.pk, channel=channel).exclude(state="cancelled")
    return [row.heading.removeprefix(f"Hồ sơ {case.code}: ") for row in rows.order_by("pk")]


def _last(case: Case) -> str:
    return Delivery.objects.filter(subject_kind="case", subject_id=case.pk).order_by("-pk")[0].text


def test_who_handed_in_is_told_of_the_promise_with_the_address_to_follow(cast: Cast) -> None:
    case = a_case(cast, email="nam@example.com")
    assert _told(case) == _told(case, "email") == ["đã tiếp nhận"]
    said = _last(case)
    assert "Hẹn trả kết quả 17:00 10/03/2014" in said
    assert address_of(case) in said
    assert "Nam" not in said
    deliver_due(clock=lambda: AT)
    assert mail.outbox[0].to == ["nam@example.com"]


def test_without_an_address_nobody_is_told_and_by_wish_it_is_zalo(cast: Cast) -> None:
    wish("0918123456", "zalo", at=AT)
    case = a_case(cast)
    assert _told(case, "zalo") == ["đã tiếp nhận"]
    wish("0918123456", "none", at=AT)
    operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    assert _told(case, "zalo") == ["đã tiếp nhận"]


def test_the_whole_way_is_told(cast: Cast) -> None:
    desk = cast.commune_desk_officer
    case = operations.submit(reception(cast), actor=desk, at=AT)
    operations.act(case, "accept", actor=desk, at=AT)
    operations.request_supplement(case, papers={"chung_sinh": "Bản chụp mờ."}, actor=cast.registrar, at=AT)
    assert "Trước 17:00 10/04/2014. Giấy chứng sinh: Bản chụp mờ." in _last(case)
    operations.supply(case, papers={}, text="Đã chụp lại", actor=desk, at=AT + HOUR)
    operations.apologise(case, reason="Mất điện", until=local(AT).date() + DAY, actor=cast.registrar, at=AT + HOUR)
    assert "hẹn trả kết quả 17:00 11/03/2014. Lý do: Mất điện." in _last(case)
    operations.act(case, "propose", actor=cast.registrar, at=AT + HOUR)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT + HOUR)
    assert "Mời tới Bộ phận" in _last(case)
    operations.write_result(
        case, "giay_khai_sinh", symbol="12/2014", signer="Đinh Công Tráng", actor=desk, at=AT + HOUR
    )
    operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT + 2 * HOUR)
    assert "Người nhận: Trần Văn Nam" in _last(case)
    assert _told(case) == ["đã nộp", "đã tiếp nhận", "cần bổ sung", "đã nhận bổ sung", "xin lỗi, hẹn lại ngày trả",
                           "đã có kết quả", "đã trả kết quả"]  # fmt: skip


@pytest.mark.parametrize("way", ["decline", "withdraw"])
def test_an_end_without_a_result_is_told_with_its_reason(cast: Cast, way: str) -> None:
    case = a_case(cast)
    if way == "decline":
        operations.act(case, "decline", reason="Đã đăng ký tại nơi khác.", actor=cast.registrar, at=AT)
    else:
        operations.withdraw(case, reason="Thôi", actor=None, at=AT)
    assert _told(case)[1:] == [{"decline": "dừng giải quyết", "withdraw": "đã rút theo yêu cầu"}[way]]
    assert {"decline": "Lý do: Đã đăng ký tại nơi khác.", "withdraw": "hãy báo ngay"}[way] in _last(case)


def test_a_result_taken_back_is_not_announced(cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    assert _told(case)[-1] == "đã có kết quả"
    operations.undo(case, actor=cast.commune_leader, at=AT)
    assert _told(case) == ["đã tiếp nhận"]


def test_before_the_time_to_answer_runs_out_one_is_reminded_once_a_level(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(cast)
    row = operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    assert row.answer_by is not None
    assert remind_all(at=row.answer_by - 8 * DAY) == 0
    assert remind_all(at=row.answer_by - 7 * DAY) == 1
    assert remind_all(at=row.answer_by - 6 * DAY) == 0
    moment = row.answer_by - 2 * DAY
    monkeypatch.setattr(clock, "now", lambda: moment)
    remind(timestamp=0)
    remind(timestamp=0)
    assert _told(case)[2:] == ["sắp hết hạn bổ sung"] * 2
    operations.supply(case, papers={}, text="Rõ", actor=None, at=moment)
    assert remind_all(at=row.answer_by - HOUR) == 0


def test_a_reminder_missed_by_a_dead_worker_is_not_made_up_twice(cast: Cast) -> None:
    case = a_case(cast)
    row = operations.request_supplement(case, papers={"chung_sinh": "Mờ"}, actor=cast.registrar, at=AT)
    assert row.answer_by is not None
    assert remind_all(at=row.answer_by - DAY) == 1
    assert _told(case)[2:] == ["sắp hết hạn bổ sung"]


def test_five_hundred_submissions_while_the_worker_is_down_are_each_told_once(cast: Cast, settings: Settings) -> None:
    settings.DEMO = True
    first = reception(cast)
    for _ in range(500):
        operations.submit(replace(first, key=uuid.uuid4()), actor=None, at=AT)
    while deliver_due(clock=lambda: AT + 3 * HOUR):
        pass
    assert deliver_due(clock=lambda: AT + 4 * HOUR) == 0
    assert SandboxMessage.objects.count() == Case.objects.count() == 500
    assert Delivery.objects.filter(state="sent").values("subject_id").distinct().count() == 500
    assert Delivery.objects.filter(subject_kind="case").count() == 500


def test_a_case_of_five_days_is_told_like_any_other(cast: Cast) -> None:
    case = a_case(cast, values={**VALUES, "can_xac_minh": True})
    assert "17:00 17/03/2014" in _last(case)


def test_a_fee_due_at_the_result_is_told_when_it_falls_due_and_once(cast: Cast) -> None:
    case = a_house(cast)
    said = Delivery.objects.filter(subject_id=case.pk, heading__contains="cần nộp")
    assert not said.exists()  # at the counter nothing is due yet
    following.tell("done", case, actor=cast.works_specialist, at=AT)
    following.tell("done", case, actor=cast.works_specialist, at=AT + dt.timedelta(days=1))
    (letter,) = said.all()
    assert "trước khi nhận kết quả" in letter.heading
    assert "/ho-so-cua-toi/" in letter.text


def test_without_a_fee_nothing_is_told_of_money(cast: Cast) -> None:
    case = a_case(cast)
    following.tell("done", case, actor=cast.registrar, at=AT)
    assert not Delivery.objects.filter(subject_id=case.pk, heading__contains="cần nộp").exists()
