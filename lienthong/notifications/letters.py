"""What a letter says: plain text and HTML, in Vietnamese, with the address at which the matter opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string

from lienthong.kernel.subjects import describe
from lienthong.notifications.digest import Section
from lienthong.notifications.models import Delivery
from lienthong.organisation.models import Officer
from lienthong.ui import formats


def write(delivery: Delivery) -> None:
    """Fill in heading, text and HTML of an e-mail about a notice, the HTML of one to people; the rest is whole."""
    notice = delivery.notice
    if delivery.officer_id is None and delivery.channel == Delivery.Channel.EMAIL:
        delivery.html = render_to_string("notifications/mail/letter.html", {"letter": delivery})
    if notice is None or delivery.channel != Delivery.Channel.EMAIL:
        return
    about = describe([notice.subject]).get(notice.subject)
    context = {
        "officer": delivery.officer,
        "notice": notice,
        "about": "" if about is None or about.title.casefold() in notice.text.casefold() else about.title,
        "url": absolute(about.url) if about else absolute("/"),
        "preferences": absolute("/notice-preferences/"),
    }
    delivery.heading = _one_line(f"{'[KHẨN] ' if notice.urgent else ''}{notice.text}")
    delivery.text = render_to_string("notifications/mail/notice.txt", context)
    delivery.html = render_to_string("notifications/mail/notice.html", context)


def digest(officer: Officer, sections: Iterable[Section], at: dt.datetime) -> tuple[str, str, str]:
    """Return heading, text and HTML of the digest of one officer."""
    day = formats.weekday(at)
    context = {
        "officer": officer,
        "day": day,
        "sections": [
            (section.title, [(line, absolute(line.url) if line.url else "") for line in section.lines])
            for section in sections
        ],
        "home": absolute("/"),
        "preferences": absolute("/notice-preferences/"),
    }
    text = render_to_string("notifications/mail/digest.txt", context)
    return f"Việc của bạn, {day}", text, render_to_string("notifications/mail/digest.html", context)


def absolute(path: str) -> str:
    """Return an address that opens from a mailbox."""
    return path if path.startswith(("http://", "https://")) else f"{settings.BASE_URL.rstrip('/')}{path}"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
