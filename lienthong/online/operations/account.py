"""What the holder of an account changes about it: name, how they are reached and told, and its end."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import IntegrityError, transaction

from lienthong.identity.operations import end_sessions
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.subjects import Subject
from lienthong.notifications.operations import wish, write_to
from lienthong.online.addresses import Address
from lienthong.online.models import Citizen

TAKEN = "{address} đã gắn với một tài khoản khác của bạn. Hãy đăng nhập bằng địa chỉ đó, hoặc dùng địa chỉ khác."
WAYS = {"phone": ("sms", "zalo", "none"), "email": ("email", "none")}


def rename(citizen: Citizen, name: str) -> None:
    """Call the account's holder otherwise. Refuses an empty name, and one that the national sign-in gave."""
    said = " ".join(name.split())
    if not said:
        raise Refusal("Hãy ghi họ và tên.", field="name")
    if citizen.assurance == Citizen.Assurance.NATIONAL:
        raise Refusal("Họ tên theo định danh quốc gia, không sửa ở đây.", field="name")
    citizen.name = said[:150]
    citizen.save(update_fields=["name"])


def change_contact(citizen: Citizen, address: Address, *, at: dt.datetime) -> None:
    """Reach the account by another telephone or mailbox, which was just proved; the old one is told of it.

    Refuses an address of another account: who proved it may know.
    """
    field = "phone" if address.is_phone else "email"
    old = Address(getattr(citizen, field))
    if old.text == address.text:
        raise Refusal("Tài khoản đang dùng đúng địa chỉ này.", field="code")
    setattr(citizen, field, address.text)
    try:
        with transaction.atomic():
            citizen.save(update_fields=[field])
            _tell_old(citizen, old, address, at)
    except IntegrityError:
        setattr(citizen, field, old.text)
        raise Refusal(TAKEN.format(address=address.text), field="code") from None


def be_told(citizen: Citizen, *, phone: str = "", email: str = "", at: dt.datetime) -> None:
    """Keep how each address of the account wants to be told of its cases. Refuses a way that does not fit."""
    for address, way, fit in ((citizen.phone, phone, WAYS["phone"]), (citizen.email, email, WAYS["email"])):
        if address and way:
            if way not in fit:
                raise Refusal("Hãy chọn một cách báo tin có trong danh sách.")
            wish(address, way, at=at)


@transaction.atomic
def close_account(citizen: Citizen) -> None:
    """End an account for good, with its sessions, its second factor and what was not handed in.

    The cases stay with the offices that received them, and are looked up by code and telephone as before.
    """
    row = Citizen.objects.select_for_update(of=("self",)).select_related("user").get(pk=citizen.pk)
    end_sessions(row.user)
    row.user.delete()


def _tell_old(citizen: Citizen, old: Address, new: Address, at: dt.datetime) -> None:
    if not old.text:
        return
    text = (
        f"Tài khoản Dịch vụ công của bạn vừa chuyển sang {new.masked}. Nếu không phải bạn làm, "
        "hãy báo Bộ phận Một cửa gần nhất."
    )
    write_to(
        old.channel, old.text, heading="Tài khoản Dịch vụ công đổi cách liên hệ", text=text,
        subject=Subject("citizen", citizen.pk), message_id=f"contact:{secrets.token_hex(16)}", at=at, urgent=True,
    )  # fmt: skip
