"""Sending a one-time code, and taking it back once.

Nothing here looks whether an account exists: whoever asks is answered the same.
"""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.gateways import OffError, gateway_for
from lienthong.notifications.operations import write_to
from lienthong.online.addresses import Address
from lienthong.online.models import OneTimeCode

LASTS = dt.timedelta(minutes=10)
TRIES = 5
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
OF_ADDRESS = ((HOUR, 5), (DAY, 12))
OF_SENDER = ((HOUR, 60), (DAY, 300))
"""How many may be sent within a time to one address, and at the wish of one network (an office has many people)."""
KEPT = dt.timedelta(days=2)
OFTEN = "Đã gửi nhiều mã tới địa chỉ này. Hãy dùng mã mới nhất đã nhận, hoặc đợi một giờ rồi thử lại."
BUSY = "Mạng này đã xin quá nhiều mã. Hãy đợi một giờ rồi thử lại, hoặc dùng mạng khác."
NO_SMS = "Cổng này chưa gửi được tin nhắn điện thoại. Hãy dùng thư điện tử, hoặc đến Bộ phận Một cửa."
WRONG = "Mã không đúng. Hãy xem lại {count} chữ số trong tin mới nhất; còn {left} lần thử."
GONE = "Mã này không còn dùng được. Hãy bấm “Gửi mã khác”."
WORDS = {
    OneTimeCode.Purpose.SIGN_IN: "đăng nhập Dịch vụ công",
    OneTimeCode.Purpose.CHANGE: "đổi cách liên hệ của tài khoản Dịch vụ công",
}
_SALT = "lienthong.online.code"


@dataclass(frozen=True, slots=True)
class Asked:
    """Mã vừa gửi: the ticket for the session, and the code for the demo's page and for nobody else."""

    ticket: str
    code: str


@transaction.atomic
def send_code(address: Address, *, purpose: str, sender: str, at: dt.datetime) -> Asked:
    """Send a code to an address. ``sender`` is the network address of who asks.

    Refuses where too many were sent to the address or for the sender, and a telephone where no SMS can leave.
    """
    if address.is_phone:
        _require_sms()
    seal = salted_hmac(f"{_SALT}.sender", sender, algorithm="sha256").hexdigest()
    _lock(address.text, seal)
    _refuse_many("address", address.text, OF_ADDRESS, OFTEN, at)
    _refuse_many("sender", seal, OF_SENDER, BUSY, at)
    OneTimeCode.objects.filter(made_at__lt=at - KEPT).delete()
    ticket, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06d}"
    row = OneTimeCode.objects.create(
        address=address.text, purpose=purpose, sender=seal, ticket=ticket, digest=_digest(ticket, code),
        made_at=at, expires_at=at + LASTS,
    )  # fmt: skip
    _write(row, address, code, at)
    return Asked(ticket, code)


def prove(ticket: str, typed: str, *, purpose: str, at: dt.datetime) -> Address:
    """Take a code back, once, and return the address it was sent to.

    Every wrong try is counted, also of two at the same moment. Refuses a wrong code, one too old, one tried too often
    and one used before: the latter three in the same words.
    """
    left = _try(ticket, "".join(one for one in typed if one.isdigit()), purpose, at)
    if isinstance(left, Address):
        return left
    raise Refusal(WRONG.format(count=6, left=left) if left else GONE, field="code")


@transaction.atomic
def _try(ticket: str, code: str, purpose: str, at: dt.datetime) -> Address | int:
    """Return the address that was proved, or how many tries are left; the count is kept either way."""
    row = OneTimeCode.objects.select_for_update().filter(ticket=ticket, purpose=purpose).first()
    if row is None or row.used_at or at >= row.expires_at or row.tries >= TRIES:
        return 0
    row.tries += 1
    if not constant_time_compare(row.digest, _digest(ticket, code)):
        row.save(update_fields=["tries"])
        return TRIES - row.tries
    row.used_at = at
    row.save(update_fields=["tries", "used_at"])
    return Address(row.address)


def _digest(ticket: str, code: str) -> str:
    return salted_hmac(_SALT, f"{ticket}:{code}", algorithm="sha256").hexdigest()


def _lock(*words: str) -> None:
    """Let who counts the same address or sender wait for one another, so that no two pass the limit together."""
    with connection.cursor() as cursor:
        for word in sorted(words):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{_SALT}:{word}"])


def _refuse_many(
    field: str, value: str, limits: tuple[tuple[dt.timedelta, int], ...], word: str, at: dt.datetime
) -> None:  # fmt: skip
    for within, most in limits:
        if OneTimeCode.objects.filter(**{field: value, "made_at__gt": at - within}).count() >= most:
            raise Refusal(word, field="address")


def _require_sms() -> None:
    try:
        gateway_for("sms")
    except OffError:
        raise Refusal(NO_SMS, field="address") from None


def _write(row: OneTimeCode, address: Address, code: str, at: dt.datetime) -> None:
    purpose = WORDS[OneTimeCode.Purpose(row.purpose)]
    text = (
        f"{code} là mã {purpose}, dùng một lần trong 10 phút. Không đưa mã cho ai, kể cả người xưng là cán bộ. "
        "Nếu bạn không xin mã này, hãy bỏ qua tin."
    )
    write_to(
        address.channel, address.text, heading="Mã xác nhận Dịch vụ công", text=text,
        subject=Subject("sign_in", row.pk), message_id=f"code:{secrets.token_hex(16)}", at=at, urgent=True, secret=True,
    )  # fmt: skip


def shown_in_demo(asked: Asked) -> str:
    """Return the code where the page may show it: in the demo, whose letters reach nobody. Else nothing."""
    return asked.code if settings.DEMO else ""
