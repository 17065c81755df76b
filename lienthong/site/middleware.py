"""Every request learns who acts and when; every refusal becomes a plain page and a line in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import url_has_allowed_host_and_scheme

from lienthong.kernel import clock
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.queries import actors_of_user
from lienthong.site import plain

logger = logging.getLogger("lienthong.refusals")
Respond = Callable[[HttpRequest], HttpResponse]
ACTING_POST = "acting_post"
BAD_REQUEST = "Máy chủ không đọc được yêu cầu này", "Hãy quay lại trang trước, tải lại trang rồi thử lại."
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
BUTTON = (
    "Địa chỉ này chỉ dùng khi bấm nút",
    "Chưa có gì được thay đổi. Hãy trở lại trang rồi bấm nút trên trang đó.",
)


class RefusalMiddleware:
    """Answer an uncaught ``Refusal`` with its sentence: 403 for what is forbidden, 409 for what cannot be now.

    An address that only takes what a button sends, opened by itself, is answered with a page that leads back.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        opened = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        return _only_by_button(request, response) if response.status_code == 405 and opened else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, exception) if isinstance(exception, Refusal) else None


class UnreadableMiddleware:
    """Refuse with 400 what no field of this house can hold: a NUL character in the address or in a form."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> HttpResponse | None:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return _unreadable(request)
        if getattr(view, "csrf_exempt", False):
            return None  # an upload: reading its form here would take it past the view's own handler
        if request.content_type in FORMS and any("\0" in one for _, sent in request.POST.lists() for one in sent):
            return _unreadable(request)
        return None


class ActorMiddleware:
    """Give the request ``at`` (now, UTC), ``actors`` (every way in which this officer may act) and ``actor``."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]  # ours: see ui's request types
        request.actors = _actors(request)  # type: ignore[attr-defined]
        request.actor = request.actors[0] if request.actors else None  # type: ignore[attr-defined]
        try:
            request.actor = _chosen(request, request.actors)  # type: ignore[attr-defined]
        except Refusal as refusal:
            return refuse(request, refusal)
        return self.get_response(request)


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page of a refusal, and write it in the log."""
    status = 403 if isinstance(refusal, Forbidden) else 409
    logger.info("%s %s %s: %s", status, request.method, request.path, refusal.message)
    return render(request, "refusal.html", {"message": refusal.message, "back": came_from(request)}, status=status)


def _unreadable(request: HttpRequest) -> HttpResponse:
    """Return a page without the frame: its search box would repeat what cannot be written."""
    logger.info("400 %s %r: NUL", request.method, request.path)
    return plain_page(400, BAD_REQUEST)


def plain_page(status: int, words: tuple[str, str]) -> HttpResponse:
    """Return a page that needs nothing else; its own policy goes with it."""
    return HttpResponse(plain.page(*words), status=status, headers={"Content-Security-Policy": plain.POLICY})


def _only_by_button(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    context = {"title": BUTTON[0], "message": BUTTON[1], "back": came_from(request) or _above(request.path)}
    page = render(request, "message.html", context, status=refused.status_code)
    page["Allow"] = refused["Allow"]
    return page


def _above(path: str) -> str:
    """Return the nearest address above this one, empty where there is none but the first page."""
    parts = path.strip("/").split("/")
    above = ("/" + "/".join(parts[:length]) + "/" for length in range(len(parts) - 1, 0, -1))
    return next((one for one in above if is_valid_path(one)), "")


def came_from(request: HttpRequest) -> str:
    """Return the path of the page of this house whose step was refused, empty where there is none."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    parts = urlsplit(referer)
    path = "/" + parts.path.lstrip("/")
    path += f"?{parts.query}" if parts.query else ""
    return "" if request.method == "GET" and path == request.get_full_path() else path


def choose(request: HttpRequest, post_pk: int) -> None:
    """Act in another post from the next request on; refuses a post that is not theirs today."""
    actors: list[Actor] = request.actors  # type: ignore[attr-defined]
    for actor in actors:
        if actor.post.pk == post_pk:
            request.session[ACTING_POST] = _key(actor)
            return
    raise Forbidden("Chức vụ này hiện không thuộc quyền của bạn. Hãy tải lại trang để thấy các chức vụ đang có.")


def _actors(request: HttpRequest) -> list[Actor]:
    user: Any = request.user
    if not user.is_authenticated:
        return []
    return actors_of_user(user.pk, on=clock.local_date(request.at))  # type: ignore[attr-defined]


def _key(actor: Actor) -> str:
    return f"{actor.own_post.pk}:{actor.post.pk}"


def _chosen(request: HttpRequest, actors: list[Actor]) -> Actor | None:
    """The actor of the chosen post; a choice that holds no longer is dropped and said, and nothing is done in it."""
    wanted = request.session.get(ACTING_POST) if request.user.is_authenticated else None
    if wanted is None:
        return actors[0] if actors else None
    for actor in actors:
        if _key(actor) == wanted:
            return actor
    del request.session[ACTING_POST]
    raise Forbidden(
        "Chức vụ hoặc việc thay mà bạn đang dùng đã hết hiệu lực, nên việc vừa rồi chưa được làm. "
        "Hãy tải lại trang: bạn sẽ làm việc với chức vụ của chính mình."
    )
