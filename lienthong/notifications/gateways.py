"""How a message leaves the house: one gateway a channel, chosen by the settings."""

from __future__ import annotations

import logging
from functools import cache
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.module_loading import import_string

from lienthong.notifications.models import Delivery

logger = logging.getLogger("lienthong.sms")


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
    """SMS where no gateway is set up: written to the log, so that nothing is silently lost."""

    def send(self, delivery: Delivery) -> None:
        """Write the message to the log."""
        logger.warning("SMS %s to %s: %s", delivery.message_id, delivery.address, delivery.text)


@cache
def _made(path: str) -> Gateway:
    gateway: Gateway = import_string(path)()
    return gateway


def gateway_for(channel: str) -> Gateway:
    """Return the gateway of a channel; ``SMS_GATEWAY`` in the settings names a class for SMS."""
    if channel == Delivery.Channel.SMS:
        return _made(settings.SMS_GATEWAY)
    return _made(f"{__name__}.EmailGateway")
