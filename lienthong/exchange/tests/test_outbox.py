"""What is told leaves the house: in order, once, in spite of dead workers and partners that are away for a day."""

from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from lienthong.exchange.models import Link, Message
from lienthong.exchange.operations import drop, send_again, try_now
from lienthong.exchange.operations.delivering import LEASE, PAUSES
from lienthong.exchange.tests.builders import MINUTE, code, hand, run, tell
from lienthong.exchange.tests.stub import Stub, running
from lienthong.journal.models import Event
from lienthong.kernel.refusal import Forbidden, Refusal
from tests.cast import AT, Cast

HOUR, DAY = 60 * MINUTE, dt.timedelta(days=1)


def _states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.usefixtures("cast")
def test_where_nobody_is_connected_nothing_is_queued() -> None:
    assert (tell(), run(), Message.objects.count()) == (0, 0, 0)


@pytest.mark.usefixtures("cast")
def test_a_status_and_a_hand_over_arrive_whole_and_once(partner: Stub) -> None:
    assert (tell(status=1, received_at=None, promised_at=None), tell(), hand(), tell(status=4)) == (1, 1, 1, 1)
    assert run() == 4
    assert run(AT + MINUTE) == 0
    assert partner.of(code(1)) == ["1", "2", "bước", "4"]
    assert [body["isUpdating"] for body in partner.got.values()] == ["False", "True", "True", "True"]
    assert partner.records[1]["NgayTiepNhan"] == "20140310100000"
    assert partner.records[0]["NgayTiepNhan"] == ""
    assert _states() == ["delivered"] * 4


@pytest.mark.usefixtures("cast")
def test_the_same_status_is_not_told_twice(partner: Stub) -> None:
    assert (tell(), tell(), tell(status=4), tell(status=2)) == (1, 0, 1, 1)


@pytest.mark.usefixtures("cast")
def test_a_partner_away_for_a_day_loses_nothing_doubles_nothing_and_keeps_the_order(settings: Settings) -> None:
    with running() as first:
        port = int(first.address.rsplit(":", 1)[1].split("/")[0])
    settings.DVCQG_ADDRESS, settings.DVCQG_UNIT, settings.DVCQG_SECRET = first.address, "H11", "bi-mat-chung"
    at, told = AT, 0
    while at < AT + DAY:  # the partner is away: a case goes on every twenty minutes, the worker comes every five
        if (at - AT) % (20 * MINUTE) == dt.timedelta(0):
            case, status = told % 12 + 1, (2, 4, 5, 4, 9, 10)[told // 12]
            tell(case, status, at=at, handed_over_at=at if status == 10 else None)
            told += 1
        assert run(at) == 0
        at += 5 * MINUTE
    link = Link.objects.get()
    assert link.down_since == AT
    assert 40 < link.failures < 60, "asked every half hour, not every minute"
    assert "Không kết nối được" in link.error
    assert Message.objects.filter(state="waiting", attempts=0).count() == told == 72
    with running(first, port=port):
        while at < AT + DAY + HOUR:
            run(at)
            at += 5 * MINUTE
    assert len(first.got) == 72
    assert all(first.of(code(number)) == ["2", "4", "5", "4", "9", "10"] for number in range(1, 13))
    assert set(_states()) == {"delivered"}
    assert Link.objects.get().down_since is None


@pytest.mark.usefixtures("cast")
def test_a_busy_partner_is_away_and_is_asked_at_once_when_an_administrator_wants(partner: Stub, cast: Cast) -> None:
    for number in range(30):
        tell(number)
    partner.mode = "busy"
    assert (run(), partner.calls) == (0, 1)
    partner.mode = "well"
    assert (run(AT + MINUTE / 2), partner.calls) == (0, 1)
    with pytest.raises(Forbidden):
        try_now("dvcqg", actor=cast.outsider, at=AT)
    try_now("dvcqg", actor=cast.administrator, at=AT + MINUTE / 2)
    assert run(AT + MINUTE / 2) == 30


def test_a_refused_message_holds_up_only_its_own_case(partner: Stub, cast: Cast) -> None:
    partner.refuses = {code(1): "Mã thủ tục không có trên hệ thống."}
    tell(1), tell(1, 4), tell(2), tell(2, 4)
    assert run() == 2
    assert partner.of(code(2)) == ["2", "4"]
    failed = Message.objects.failed().get()
    assert (failed.code, failed.error) == ("07", "Mã thủ tục không có trên hệ thống.")
    assert run(AT + DAY) == 0
    assert _states()[:2] == ["failed", "waiting"]
    with pytest.raises(Forbidden):
        send_again(failed, actor=cast.outsider, at=AT)
    partner.refuses = {}
    send_again(failed, actor=cast.administrator, at=AT + DAY)
    assert run(AT + DAY) == 2
    assert partner.of(code(1)) == ["2", "4"]
    assert Event.objects.filter(kind="exchange_message.resent", officer=cast.administrator.officer).count() == 1
    with pytest.raises(Refusal, match="không cần gửi lại"):
        send_again(failed, actor=cast.administrator, at=AT)


def test_what_is_missing_is_found_on_our_side_before_it_is_sent(partner: Stub, cast: Cast) -> None:
    tell(1, sector_code="", unit=""), tell(1, 4), tell(2)
    assert run() == 1
    assert len(partner.got) == partner.calls == 1
    failed = Message.objects.failed().get()
    assert failed.error == (
        "Lĩnh vực “Hộ tịch” chưa có mã quốc gia (MaLinhVuc). Ghi mã ở trang Mã lĩnh vực."
        " Thiếu đơn vị xử lý (DonViXuLy)."
    )
    with pytest.raises(Refusal, match="Ghi lý do"):
        drop(failed, reason=" ", actor=cast.administrator, at=AT)
    drop(failed, reason="Đã báo bằng văn bản", actor=cast.administrator, at=AT)
    assert run() == 1
    assert partner.of(code(1)) == ["4"]


@pytest.mark.usefixtures("cast")
def test_a_message_on_which_the_partner_breaks_is_tried_ever_more_slowly_and_then_shown(partner: Stub) -> None:
    tell(1), tell(2)
    partner.crashes = {code(1)}
    assert run() == 1
    at = AT
    for pause in PAUSES:
        assert run(at + pause - MINUTE / 2) == 0
        at += pause
        assert run(at) == 0
    failed = Message.objects.failed().get()
    assert (failed.attempts, partner.calls) == (len(PAUSES) + 1, len(PAUSES) + 2)
    assert "HTTP 500" in failed.error


@pytest.mark.usefixtures("cast")
def test_an_answer_that_was_lost_repeats_the_same_key(partner: Stub) -> None:
    tell()
    partner.mode = "silent"
    assert (run(), len(partner.got)) == (0, 1)
    partner.mode = "well"
    assert run(AT + PAUSES[0]) == 1
    assert (len(partner.got), partner.calls) == (1, 2)


@pytest.mark.usefixtures("cast")
def test_a_worker_killed_while_sending_loses_nothing(partner: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(1), tell(1, 4), tell(2)
    send = "lienthong.exchange.partners.dvcqg.transport.send"

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(send, killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert run(AT + MINUTE) == 0, "another worker might still be at it"
    assert run(AT + LEASE + MINUTE) == 3
    assert partner.of(code(1)) == ["2", "4"]
