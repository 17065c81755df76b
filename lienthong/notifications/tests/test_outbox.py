"""What is told leaves the house: once, at decent hours, and in spite of dead workers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail

from lienthong.journal.models import Event
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.models import Delivery
from lienthong.notifications.operations import choose, clear, deliver_due, resend, tell
from lienthong.notifications.operations.sending import LEASE, PAUSES
from lienthong.notifications.tests.conftest import PAPER, Sent
from tests.cast import AT, MONDAY, Cast

SATURDAY_NIGHT = at_local(MONDAY + dt.timedelta(days=5), dt.time(23, 0))
NEXT_MONDAY = at_local(MONDAY + dt.timedelta(days=7), dt.time(7, 0))
MINUTE = dt.timedelta(minutes=1)


def told(cast: Cast, count: int = 1, *, kind: str = "paper.given", at: dt.datetime = AT) -> None:
    for pk in range(count):
        tell([cast.specialist.post], about=Subject("paper", pk), text=f"Giao việc {pk}", at=at, kind=kind)


def run(at: dt.datetime) -> int:
    return deliver_due(clock=lambda: at)


def test_a_letter_has_the_matter_its_address_and_its_own_identity(cast: Cast) -> None:
    tell([cast.specialist.post], about=PAPER, text="Giao: tham mưu <gấp>", at=AT, kind="paper.given")
    assert run(AT) == 1
    (letter,) = mail.outbox
    assert letter.to == ["specialist@example.com"]
    assert letter.subject == "Giao: tham mưu <gấp>"
    assert "Phạm Ngọc Ánh" in letter.body
    assert "Công văn 5" in letter.body
    assert "/papers/5/" in letter.body
    assert "tham mưu &lt;gấp&gt;" in str(letter.alternatives[0][0])  # type: ignore[attr-defined]  # an e-mail with HTML
    assert letter.extra_headers["Message-ID"] == f"<{Delivery.objects.get().message_id}@lienthong>"
    assert run(AT + MINUTE) == 0


def test_a_letter_says_a_title_once(cast: Cast) -> None:
    tell([cast.specialist.post], about=PAPER, text="Giao: tham mưu", at=AT, kind="paper.given")
    tell([cast.specialist.post], about=PAPER, text="Quá hạn: công văn 5 (Phòng CNTT)", at=AT, kind="paper.given")
    assert run(AT) == 2
    assert [letter.body.casefold().count("công văn 5") for letter in mail.outbox] == [1, 1]


def test_a_line_break_in_a_notice_does_not_break_the_letter(cast: Cast) -> None:
    tell([cast.specialist.post], about=PAPER, text="Giao\r\nBcc: x@example.com", at=AT, kind="paper.given")
    assert run(AT) == 1
    assert mail.outbox[0].subject == "Giao Bcc: x@example.com"


def test_at_night_and_at_weekends_only_what_is_urgent_leaves(cast: Cast, outgoing: Sent) -> None:
    told(cast, 30, at=SATURDAY_NIGHT)
    told(cast, 1, kind="paper.late", at=SATURDAY_NIGHT)
    assert run(SATURDAY_NIGHT) == 1
    assert run(SATURDAY_NIGHT + MINUTE) == 0
    assert run(NEXT_MONDAY - MINUTE) == 0
    assert run(NEXT_MONDAY) == 30


def test_whoever_asks_for_it_gets_letters_at_any_hour(cast: Cast, outgoing: Sent) -> None:
    choose(cast.specialist, by_email=["paper.given"], sms=True, quiet=False, digest=True)
    told(cast, at=SATURDAY_NIGHT)
    assert run(SATURDAY_NIGHT) == 1


def test_not_before_is_kept(cast: Cast, outgoing: Sent) -> None:
    later = AT + dt.timedelta(hours=2)
    tell([cast.specialist.post], about=PAPER, text="Nhắc", at=AT, kind="paper.given", not_before=later)
    assert (run(AT), run(later)) == (0, 1)


def test_a_worker_dead_for_an_hour_sends_all_when_it_is_back_and_each_once(cast: Cast, outgoing: Sent) -> None:
    for minute in range(0, 60, 2):
        told(cast, 3, at=AT + minute * MINUTE)
    assert run(AT + 60 * MINUTE) == 90
    assert run(AT + 61 * MINUTE) == 0
    assert len(outgoing.sent) == len({message for _, message in outgoing.sent}) == 90


def test_a_worker_killed_before_sending_loses_nothing(cast: Cast, outgoing: Sent) -> None:
    told(cast, 3)
    outgoing.fails = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run(AT)
    outgoing.fails = None
    assert Delivery.objects.filter(state="sending").count() == 3
    assert run(AT + MINUTE) == 0, "another worker might still be at it"
    assert run(AT + LEASE + MINUTE) == 3
    assert len(outgoing.sent) == 3


def test_a_worker_killed_between_sending_and_marking_repeats_the_same_identity(
    cast: Cast, outgoing: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(cast)
    save = Delivery.save

    def killed(self: Delivery, **kwargs: object) -> None:
        if self.state == Delivery.State.SENT:
            raise KeyboardInterrupt
        save(self, **kwargs)  # type: ignore[arg-type]  # passed on as they are

    monkeypatch.setattr(Delivery, "save", killed)
    with pytest.raises(KeyboardInterrupt):
        run(AT)
    monkeypatch.setattr(Delivery, "save", save)
    run(AT + LEASE + MINUTE)
    assert len(outgoing.sent) == 2
    assert len({message for _, message in outgoing.sent}) == 1
    assert Delivery.objects.get().attempts == 2


def test_what_fails_is_tried_ever_more_slowly_and_then_shown(cast: Cast, outgoing: Sent) -> None:
    told(cast, kind="paper.late")
    outgoing.fails = OSError("mail server away")
    at = AT
    for pause in PAUSES:
        assert run(at) == 0
        assert run(at + pause - MINUTE / 2) == 0
        at += pause
    run(at)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", len(PAUSES) + 1)
    assert delivery.error == "OSError: mail server away"
    outgoing.fails = None
    assert run(at + dt.timedelta(days=9)) == 0


def test_one_bad_address_does_not_hold_up_the_others(
    cast: Cast, outgoing: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(cast, 25)
    send = outgoing.send

    def picky(delivery: Delivery) -> None:
        if delivery.text.endswith("7"):
            raise ValueError("bad address")
        send(delivery)

    monkeypatch.setattr(outgoing, "send", picky)
    monkeypatch.setattr("lienthong.notifications.operations.sending.letters.write", lambda _delivery: None)
    assert run(AT) == 23


def test_a_matter_settled_meanwhile_is_not_sent(cast: Cast, outgoing: Sent) -> None:
    told(cast, 2, at=SATURDAY_NIGHT)
    run(SATURDAY_NIGHT)
    clear(Subject("paper", 0), at=SATURDAY_NIGHT)
    assert run(NEXT_MONDAY) == 1


def test_an_administrator_sends_again_and_others_may_not(cast: Cast, outgoing: Sent) -> None:
    told(cast)
    delivery = Delivery.objects.get()
    with pytest.raises(Refusal, match="không cần gửi lại"):
        resend(delivery, actor=cast.administrator, at=AT)
    Delivery.objects.update(state="failed", attempts=8)
    with pytest.raises(Forbidden):
        resend(delivery, actor=cast.outsider, at=AT)
    resend(delivery, actor=cast.administrator, at=AT)
    assert run(AT) == 1
    assert Event.objects.filter(kind="delivery.resent", officer=cast.administrator.officer).count() == 1


def test_what_was_settled_is_not_sent_again(cast: Cast) -> None:
    told(cast)
    clear(Subject("paper", 0), at=AT)
    with pytest.raises(Refusal, match="đã xong"):
        resend(Delivery.objects.get(), actor=cast.administrator, at=AT)
