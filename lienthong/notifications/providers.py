"""Providers of SMS and Zalo messages, by the settings: one POST of JSON a message, its identity given on.

``id`` (``tracking_id``) is the same at every try, so that a provider who got a message before we were killed sends it
once. A number is given as 84…, as providers here want it.
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from lienthong.notifications.models import Delivery

PATIENCE = 15
"""Seconds for which an answer is waited for."""
LONGEST = 100_000


class ProviderError(Exception):
    """The provider did not take a message; the words go to the administrator."""


class SmsProvider:
    """Tin nhắn SMS: the provider of ``LIENTHONG_SMS_ADDRESS``, with its key and our brand name."""

    def is_set_up(self) -> bool:
        """Tell whether address and key are set."""
        return bool(settings.SMS_ADDRESS and settings.SMS_KEY)

    def send(self, delivery: Delivery) -> None:
        """Post one message."""
        body = {"to": number_of(delivery.address), "from": settings.SMS_SENDER, "text": delivery.text,
                "id": delivery.message_id}  # fmt: skip
        post(settings.SMS_ADDRESS, body, {"Authorization": f"Bearer {settings.SMS_KEY}"})


class ZaloProvider:
    """Zalo: the notification service, which sends only by a template that it approved."""

    def is_set_up(self) -> bool:
        """Tell whether address, access token and template are set."""
        return bool(settings.ZALO_ADDRESS and settings.ZALO_KEY and settings.ZALO_TEMPLATE)

    def send(self, delivery: Delivery) -> None:
        """Post one message; the service answers 200 for a refusal too, so its ``error`` is looked at."""
        body = {"phone": number_of(delivery.address), "template_id": settings.ZALO_TEMPLATE,
                "template_data": {"noi_dung": delivery.text}, "tracking_id": delivery.message_id}  # fmt: skip
        said = post(settings.ZALO_ADDRESS, body, {"access_token": settings.ZALO_KEY})
        if said.get("error") not in (0, "0", None):
            raise ProviderError(f"Zalo: {said.get('error')} {said.get('message', '')}"[:300])


def number_of(phone: str) -> str:
    """Return a telephone number of this country as 84…"""
    digits = "".join(one for one in phone if one.isdigit())
    return f"84{digits[1:]}" if digits.startswith("0") else digits


def post(address: str, body: Mapping[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """Post JSON and return what was answered as JSON ({} where it was none); raises ``ProviderError``."""
    if urlsplit(address).scheme not in {"https", "http"}:
        raise ProviderError("Địa chỉ cổng gửi phải bắt đầu bằng https://.")
    request = urllib.request.Request(  # noqa: S310 - the scheme is looked at above
        address,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", **headers},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return _read(answer.read(LONGEST))
    except urllib.error.HTTPError as error:
        raise ProviderError(f"Cổng gửi trả lời HTTP {error.code}.") from error
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        raise ProviderError(f"Không kết nối được cổng gửi: {getattr(error, 'reason', error)}") from error


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
