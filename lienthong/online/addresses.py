"""The telephone or the mailbox by which an account is reached, in one way of writing. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lienthong.fields.kinds.person import EMAIL
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import nfc

MOBILE = re.compile(r"0\d{9,10}")
WRONG = "Ghi số điện thoại có 10 chữ số, bắt đầu bằng 0, hoặc thư điện tử như ten@example.com."


@dataclass(frozen=True, slots=True)
class Address:
    """Số điện thoại hoặc thư điện tử: digits that begin with 0, or an e-mail in small letters."""

    text: str

    @property
    def is_phone(self) -> bool:
        """Tell a telephone from a mailbox."""
        return "@" not in self.text

    @property
    def channel(self) -> str:
        """The channel of the outbox by which it is written to."""
        return "phone" if self.is_phone else "email"

    @property
    def phone(self) -> str:
        """The telephone, empty where it is a mailbox."""
        return self.text if self.is_phone else ""

    @property
    def email(self) -> str:
        """The mailbox, empty where it is a telephone."""
        return "" if self.is_phone else self.text

    @property
    def masked(self) -> str:
        """As it is shown on a page that somebody else may see: 0918***456, ng***@example.com."""
        if self.is_phone:
            return f"{self.text[:4]}***{self.text[-3:]}"
        name, _, host = self.text.partition("@")
        return f"{name[:2]}***@{host}"


def parse(typed: str) -> Address:
    """Read what somebody typed, +84 and dots and spaces as people write them. Refuses what is neither."""
    text = nfc(typed).strip()
    if "@" in text:
        text = text.lower()
        if len(text) <= 254 and text.isascii() and EMAIL.fullmatch(text):
            return Address(text)
        raise Refusal(WRONG, field="address")
    digits = re.sub(r"[\s.()\-]", "", text)
    digits = re.sub(r"^(?:\+84|0084|84(?=\d{9}$))", "0", digits)
    if digits.isascii() and MOBILE.fullmatch(digits):
        return Address(digits)
    raise Refusal(WRONG, field="address")
