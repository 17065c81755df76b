"""The frame around every page: the rail, the top bar, who acts. Asked only when a whole page is drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from lienthong.kernel import clock
from lienthong.organisation.actor import Actor
from lienthong.ui import looks, menu
from lienthong.ui.menu import Shown
from lienthong.ui.requests import known_counts

PUBLIC = (
    ("search", "Tìm thủ tục", "online:procedures"),
    ("map-pin", "Tra cứu hồ sơ", "online:lookup"),
    ("folders", "Hồ sơ của tôi", "online:own"),
)
SIGN_IN = ("login", "Đăng nhập", "online:sign_in")
DESK = ("arrow-left", "Bàn làm việc", "/")


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """An entry of the citizens' head."""

    label: str
    icon: str
    url: str
    current: bool


class Frame:
    """What the frame of a page shows; each part is fetched when the template asks, so fragments pay nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Actor | None:
        """Who acts, in which post."""
        return getattr(self._request, "actor", None) or None

    @cached_property
    def actors(self) -> list[Actor]:
        """Every way in which this officer may act."""
        return list(getattr(self._request, "actors", None) or [])

    @cached_property
    def _counts(self) -> dict[str, int]:
        """The numbers beside the entries: asked in one query, but for those that the page has counted itself."""
        return menu.counts_for(self.actor, self.actors, known_counts(self._request))

    @cached_property
    def rail(self) -> list[Shown]:
        """The entries of the left rail."""
        return menu.shown_to(self.actor, counts=self._counts)

    @cached_property
    def foot(self) -> list[Shown]:
        """The entries at the foot of the rail."""
        return menu.shown_to(self.actor, "foot")

    @cached_property
    def top(self) -> list[Shown]:
        """The entries of the top bar: the notices."""
        return menu.shown_to(self.actor, "top", counts=self._counts)

    @cached_property
    def me(self) -> list[Shown]:
        """The entries of the menu below the officer's name."""
        return menu.shown_to(self.actor, "me")

    @cached_property
    def new(self) -> list[Shown]:
        """What the + menu may begin."""
        return menu.new_for(self.actor)

    @cached_property
    def current(self) -> str:
        """The key of the entry whose address this page's address begins with; the longest wins."""
        every = [*self.rail, *self.foot, *self.top]
        every += [child for entry in every for child in entry.children]
        path = self._request.path
        mine = [e for e in every if path == e.url or (e.url != "/" and path.startswith(e.url))]
        return max(mine, key=lambda e: len(e.url)).key if mine else ""

    @cached_property
    def public_home(self) -> str:
        """Where citizens arrive."""
        return _address("online:home") or "/"

    @cached_property
    def public(self) -> list[PublicEntry]:
        """The entries of the citizens' head: the last is their account, the way in, or an officer's way back."""
        user: Any = getattr(self._request, "user", None)
        last = ("user", "Tài khoản", "online:account") if user and user.is_authenticated else SIGN_IN
        listed = [*PUBLIC, DESK if self.actor else last]
        path = self._request.path
        found = [(icon, label, "/" if name == "/" else _address(name)) for icon, label, name in listed]
        return [PublicEntry(label, icon, url, url != "/" and path.startswith(url)) for icon, label, url in found if url]

    @property
    def demo(self) -> bool:
        """Whether this is the demo, where every person is invented."""
        return bool(settings.DEMO)

    @property
    def demo_today(self) -> dt.date:
        """The day on which the demo's clock stands."""
        return clock.local_date(clock.now())

    @property
    def theme(self) -> str:
        """``light``, ``dark``, or ``auto``: as the device is set."""
        return looks.theme(self._request.COOKIES)

    @property
    def rail_is_small(self) -> bool:
        """Whether the rail shows icons alone."""
        return looks.rail_is_small(self._request.COOKIES)

    @property
    def preview_is_open(self) -> bool:
        """Whether lists show the side preview."""
        return looks.preview_is_open(self._request.COOKIES)

    @cached_property
    def search_url(self) -> str:
        """Where the search box leads."""
        return _address("search:find")

    @cached_property
    def upload_url(self) -> str:
        """Where dropped files are sent."""
        return _address("files:upload") if self.actor else ""

    @cached_property
    def switch_url(self) -> str:
        """Where the choice of a post is sent."""
        return _address("site:acting_post")

    @cached_property
    def demo_url(self) -> str:
        """Where the demo's one-click change of role is sent; it exists in the demo only."""
        return _address("administration:demo_people") if self.demo else ""

    @cached_property
    def demo_citizens_url(self) -> str:
        """Where the demo lists its citizens, entered by one click; it exists in the demo only."""
        return _address("online:demo_people") if self.demo else ""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every page its frame."""
    return {"actor": getattr(request, "actor", None), "frame": getattr(request, "frame", None) or Frame(request)}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
