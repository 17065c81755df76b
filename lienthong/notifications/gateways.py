"""How a message leaves the house: one gateway a channel, chosen by the settings."""

from __future__ import annotations

import logging
from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from lienthong.notifications.models import Delivery, SandboxMessage
from lienthong.notifications.providers import SmsProvider, ZaloProvider

logger = logging.getLogger("lienthong.sms")


class OffError(Exception):
    """No gateway is set up for a channel: trying again does not help until somebody sets one up."""


class Gateway(Protocol):
    """Sends one message; whatever it raises counts as "not sent, try again later".

    ``message_id`` of the delivery is the same at every try: a gateway that can refuse repetitions gives it on.
    """

    def send(self, delivery: Delivery) -> None:
        """Send it, or raise."""


class EmailGateway:
    """E-mail through the backend of the settings, plain text and HTML."""

    def send(self, delivery: Delivery) -> None:
        """Send one letter with its own Message-ID."""
        letter = EmailMultiAlternatives(
            subject=delivery.heading,
            body=delivery.text,
            to=[delivery.address],
            headers={"Message-ID": f"<{delivery.message_id}@lienthong>", "Auto-Submitted": "auto-generated"},
        )
        if delivery.html:
            letter.attach_alternative(delivery.html, "text/html")
        letter.send()


class LogGateway:
    """SMS written to the log, for whoever names it in the settings while a provider is looked for."""

    def send(self, delivery: Delivery) -> None:
        """Write the message to the log; of a secret one only that there was one."""
        text = "…" if delivery.is_secret else delivery.text
        logger.warning("SMS %s to %s: %s", delivery.message_id, delivery.address, text)


class SandboxGateway:
    """The gateway of the demo: what it is given lies on a page of the administrator; the same message twice is one."""

    def send(self, delivery: Delivery) -> None:
        """Keep the message."""
        kept = {"channel": delivery.channel, "address": delivery.address, "text": delivery.text}
        at = delivery.claimed_at or delivery.created_at
        SandboxMessage.objects.get_or_create(message_id=delivery.message_id, defaults=kept | {"at": at})


@cache
def _made(path: str) -> Gateway:
    gateway: Gateway = import_string(path)()
    return gateway


def gateway_for(channel: str) -> Gateway:
    """Return the gateway of a channel, as the settings have it; raises ``OffError`` where none is set up.

    ``SMS_GATEWAY`` names a class; else the provider's address and key are set; else the demo has its own.
    """
    if channel == Delivery.Channel.EMAIL:
        return _made(f"{__name__}.EmailGateway")
    if channel == Delivery.Channel.SMS and settings.SMS_GATEWAY:
        return _made(settings.SMS_GATEWAY)
    provider = SmsProvider() if channel == Delivery.Channel.SMS else ZaloProvider()
    if provider.is_set_up():
        return provider
    if settings.DEMO:
        return _made(f"{__name__}.SandboxGateway")
    raise OffError(f"Chưa nối cổng gửi {Delivery.Channel(channel).label}; quản trị hệ thống đặt trong cấu hình.")
