"""What the applicant is told of a case, by telephone and e-mail: written with the deed, each thing once.

The identity of a letter is the case, what happened and by which way; so a job that runs again writes nothing twice.
Every letter has the address on which the case is followed without an account.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from typing import Any

from django.conf import settings

from lienthong.calendars.queries import working_calendar
from lienthong.cases import following
from lienthong.cases.cut_offs import counting_said
from lienthong.cases.models import Apology, Case, Decline, HandBack, Supplement
from lienthong.cases.tracking import address_of
from lienthong.kernel.clock import local_date
from lienthong.kernel.periods import holds
from lienthong.notifications import operations as outbox
from lienthong.notifications.letters import absolute
from lienthong.notifications.operations import Letter
from lienthong.organisation.actor import Actor
from lienthong.payments.queries.owed import owed
from lienthong.ui.formats import dong, moment

OWN = "/ho-so-cua-toi/"
LONGEST = 600
"""Characters of what an office wrote that go into a letter; the whole stands on the page."""


def declare() -> None:
    """Declare what is told, and when."""
    following.declare("submitted", _submitted)
    following.declare("received", _received)
    following.declare("asked", _asked)
    following.declare("supplied", _supplied)
    following.declare("owes", _owes)
    following.declare("apologised", _apologised)
    following.declare("done", _done)
    following.declare("undone", _undone)
    following.declare("ended", _ended)
    following.declare("talked", _talked)
    following.declare("replied", _replied)


def letters_of(case: Case, what: str, heading: str, text: str) -> list[Letter]:
    """Return the letters that tell an applicant of something: to the telephone and the e-mail left with the case.

    ``what`` names the thing that happened, once in the life of a case.
    """
    head = f"Hồ sơ {case.code}: {heading}"
    said = f"{head}. {text} Theo dõi: {absolute(address_of(case))}"
    ways = (("phone", case.contact_phone), ("email", case.contact_email))
    return [Letter(way, to, head, said, case.subject, f"case-{case.pk}-{what}-{way}") for way, to in ways if to]


def reminder(row: Supplement) -> list[Letter]:
    """Return the letters that say that the time to answer a request runs out."""
    assert row.answer_by is not None  # noqa: S101 - the caller looked
    text = f"Hãy bổ sung trước {moment(row.answer_by)}; quá hạn thì hồ sơ dừng giải quyết."
    return letters_of(row.case, f"remind{row.round}-{row.reminded_days}", "sắp hết hạn bổ sung", text)


def reminder_days(day: dt.date) -> tuple[int, ...]:
    """Return how many days before its end an applicant is reminded of a request, the nearest first."""
    rules = (one for one in _rules() if holds(one["valid_from"], one.get("valid_to"), day))
    return tuple(sorted(next(rules, {}).get("days", ())))


@cache
def _rules() -> list[dict[str, Any]]:
    with (settings.BASE_DIR / "data" / "case_letters.toml").open("rb") as file:
        rows: list[dict[str, Any]] = tomllib.load(file)["supplement_reminders"]
    return rows


def _write(case: Case, what: str, heading: str, text: str, at: dt.datetime) -> None:
    outbox.write_all(letters_of(case, what, heading, text), at=at)


def _submitted(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    text = f"{case.receiving_unit.name} sẽ xem và báo lại. {counting_of(case)}".strip()
    _write(case, "submitted", "đã nộp", text, at)


def counting_of(case: Case) -> str:
    """Return from when a case counts that waits for its desk, where that is not when it was handed in (one query)."""
    if case.received_at is not None or case.status != Case.Status.NEW or case.channel == Case.Channel.COUNTER:
        return ""
    calendar = working_calendar(case.receiving_agency, local_date(case.submitted_at))
    return counting_said(calendar, case.submitted_at, case.channel)


def _received(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    promised = f"Hẹn trả kết quả {moment(case.promised_at)}." if case.promised_at else ""
    letters = letters_of(case, "received", "đã tiếp nhận", promised)
    if case.channel == Case.Channel.ONLINE and (due := owed(case.subject)[0]):
        letters += letters_of(case, "fee", f"cần nộp {dong(due)}", "Nộp trực tuyến hoặc tại nơi nhận hồ sơ.")
    outbox.write_all(letters, at=at)


def _asked(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    row = case.supplements.get(state=Supplement.State.ASKED)
    wanted = "; ".join([*(f"{one['name']}: {one['reason']}" for one in row.papers), *filter(None, [row.text])])
    until = f"Trước {moment(row.answer_by)}. " if row.answer_by else ""
    _write(case, f"asked{row.round}", "cần bổ sung", f"{until}{_short(wanted)}.", at)


def _supplied(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    promised = f"Hẹn trả kết quả {moment(case.promised_at)}." if case.promised_at else ""
    _write(case, f"supplied{case.rounds}", "đã nhận bổ sung", promised, at)


def _owes(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    due = sum(owed(case.subject))
    heading = f"cần nộp {dong(due)}" if due else "cần thực hiện nghĩa vụ tài chính"
    row = case.suspensions.get(until=None)
    _write(case, f"owes{row.pk}", heading, f"{_short(row.reason)}. Thời hạn dừng cho tới khi nộp.", at)


def _apologised(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    row = Apology.objects.filter(case=case).order_by("-number")[0]
    text = f"Cơ quan giải quyết xin lỗi và hẹn trả kết quả {moment(row.promised_after)}. Lý do: {_short(row.reason)}."
    _write(case, f"apology{row.number}", "xin lỗi, hẹn lại ngày trả", text, at)


WHERE = {
    Case.Return.COUNTER: "Mời tới {unit}, mang theo giấy tiếp nhận.",
    Case.Return.POST: "Kết quả được gửi qua bưu chính.",
    Case.Return.ONLINE: "Nhận bản điện tử trên trang theo dõi hồ sơ.",
}


def _done(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    where = WHERE[Case.Return(case.return_way)].format(unit=case.receiving_unit.name)
    due = sum(owed(case.subject))
    fee = f" Còn phải nộp {dong(due)} khi nhận." if due else ""
    letters = letters_of(case, f"done{int(at.timestamp())}", "đã có kết quả", f"{where}{fee}")
    outbox.write_all(letters + (_fee_due(case, due) if due else []), at=at)


def _fee_due(case: Case, due: int) -> list[Letter]:
    """Return the letters that a fee is due now, at a later step than receipt: once for a sum, though undone twice."""
    text = f"Nộp trực tuyến: {absolute(OWN)}, hoặc tại {case.receiving_unit.name}, trước khi nhận kết quả."
    return letters_of(case, f"due{due}", f"cần nộp {dong(due)} trước khi nhận kết quả", text)


def _undone(case: Case, _actor: Actor | None, _at: dt.datetime) -> None:
    outbox.recall(case.subject, f"case-{case.pk}-done")


def _ended(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    heading, text = _end_of(case)
    _write(case, "ended", heading, text, at)


def _talked(case: Case, actor: Actor | None, at: dt.datetime) -> None:
    unit = actor.post.unit.short_name if actor else case.receiving_unit.short_name
    text = f"Đăng nhập, mở {absolute(OWN)} để đọc và trả lời."
    last = case.messages.filter(by_office=True).order_by("-pk").values_list("pk", flat=True)[0]
    _write(case, f"talk{last}", f"{unit} nhắn tin", text, at)


def untalk(case: Case, pk: int) -> None:
    """Take back the letter about a message of the office that was taken back, where it has not left yet."""
    for way in ("phone", "email"):
        outbox.recall(case.subject, f"case-{case.pk}-talk{pk}-{way}")


def _replied(case: Case, _actor: Actor | None, at: dt.datetime) -> None:
    count = case.complaints.exclude(answered_at=None).count()
    text = f"Đăng nhập, mở {absolute(OWN)} để đọc."
    _write(case, f"replied{count}", "đã trả lời phản ánh, kiến nghị", text, at)


def _end_of(case: Case) -> tuple[str, str]:
    if case.status == Case.Status.HANDED_OVER:
        row = HandBack.objects.get(case=case)
        return "đã trả kết quả", f"Người nhận: {row.receiver}. Mời đánh giá việc phục vụ."
    if case.status == Case.Status.WITHDRAWN:
        return "đã rút theo yêu cầu", "Nếu không phải bạn yêu cầu, hãy báo ngay nơi nhận hồ sơ."
    declined = Decline.objects.filter(case=case).first()
    if declined is None:
        return "dừng giải quyết", "Quá hạn bổ sung. Có thể nộp lại hồ sơ khi đủ giấy tờ."
    heading = "không được tiếp nhận" if declined.is_at_the_door else "dừng giải quyết"
    return heading, f"Lý do: {_short(declined.reason)}."


def _short(text: str) -> str:
    """Return what was written, whole or cut, without the full stop that the sentence around it has."""
    words = " ".join(text.split())
    return f"{words[:LONGEST]}…" if len(words) > LONGEST else words.rstrip(".")
