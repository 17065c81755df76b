"""What a page did while nobody looked: errors on its console, requests to other hosts."""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from playwright.sync_api import ConsoleMessage, Error, Page, Request


@dataclass(slots=True)
class Seen:
    """What has been seen on one page since it was opened."""

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


_seen: WeakKeyDictionary[Page, Seen] = WeakKeyDictionary()


def watch(page: Page, own: str) -> None:
    """Begin to watch a page; ``own`` is the address of the server under test."""
    seen = _seen[page] = Seen()

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            seen.errors.append(message.text)

    def failed(error: Error) -> None:
        seen.errors.append(str(error))

    def request(sent: Request) -> None:
        if not sent.url.startswith((own, "data:", "blob:", "about:")):
            seen.foreign.append(sent.url)

    page.on("console", console)
    page.on("pageerror", failed)
    page.on("request", request)


def seen_on(page: Page) -> Seen:
    """Return what has been seen on a page that is watched."""
    return _seen[page]
