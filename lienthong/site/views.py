"""The few pages of the whole: which post to act in, whether it is alive, and the pages of errors."""

from __future__ import annotations

import sys

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lienthong.site import middleware, queries

FORBIDDEN = (
    "Trang này không thuộc quyền của bạn",
    "Nếu công việc cần đến trang này, hãy nhờ quản trị của đơn vị xem lại chức vụ và quyền.",
)
STALE_FORM = (
    "Biểu mẫu đã mở quá lâu nên chưa được lưu",
    "Hãy quay lại trang trước, tải lại trang rồi gửi lại. Nếu vẫn gặp trang này, hãy bật cookie cho địa chỉ này.",
)
STALE_KEPT = (
    STALE_FORM[0],
    (
        "Hãy bấm “Trở lại” (đăng nhập nếu được hỏi): nội dung đã nhập được điền lại; xem lại, đính kèm lại tệp nếu có, "
        "rồi gửi. Nếu vẫn gặp trang này, hãy bật cookie cho địa chỉ này."
    ),
)
NOT_FOUND = (
    "Không có trang này",
    "Địa chỉ có thể đã gõ sai, hoặc văn bản, nhiệm vụ này chưa được giao đến bạn. Hãy tìm bằng số, ký hiệu.",
)

BUG = (
    "Máy chủ gặp lỗi với trang này",
    (
        "Lỗi đã được ghi lại. Việc vừa gửi chưa chắc đã được lưu: hãy mở lại trang và kiểm tra trước khi gửi lần nữa. "
        "Nếu lặp lại, hãy báo cho quản trị kèm giờ gặp lỗi."
    ),
)
NO_DATABASE = (
    "Cơ sở dữ liệu đang tạm ngừng",
    (
        "Những gì đã lưu vẫn còn nguyên; việc vừa gửi thì chưa được lưu. Hãy chờ một phút rồi tải lại trang. "
        "Nếu vẫn vậy, hãy báo cho quản trị."
    ),
)


@require_POST
def acting_post(request: HttpRequest) -> HttpResponse:
    """Act in another post, then stay on the page."""
    try:
        middleware.choose(request, int(request.POST.get("post", "")))
    except ValueError:
        raise Http404 from None
    back = request.POST.get("next", "/")
    return HttpResponseRedirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "/")


def own_address(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Lead to the account page, which says whom to ask for another address: nobody changes their own."""
    return redirect("administration:account")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """Tell a monitor whether the database answers and the worker lives; 503 where one of them does not."""
    try:
        worker = queries.worker_is_alive(at=request.at)  # type: ignore[attr-defined]  # set by ActorMiddleware
    except DatabaseError:
        return JsonResponse({"database": False, "worker": False}, status=503)
    return JsonResponse({"database": True, "worker": worker}, status=200 if worker else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: the browser sent what cannot be read."""
    return _page(request, 400, middleware.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403: signed in, but not entitled."""
    return _page(request, 403, FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 for a form whose token does not fit: say that nothing was saved and lead back to it (ui/kept.js fills it)."""
    back = middleware.came_from(request)
    if not back or back.startswith("/accounts/"):  # nothing of an entrance is kept
        return _page(request, 403, STALE_FORM)
    context = {"title": STALE_KEPT[0], "message": STALE_KEPT[1], "back": back, "is_kept": True}
    return render(request, "message.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: nothing here, or nothing that this officer may see; which of the two is not told, who tried is logged."""
    actor = getattr(request, "actor", None)
    if actor:
        middleware.logger.info("404 %s %s: post %s", request.method, request.path, actor.post.pk)
    return _page(request, 404, NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """500: a bug, or 503: the database is away; the page asks neither the database nor the session."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        answer = middleware.plain_page(503, NO_DATABASE)
        answer["Retry-After"] = "30"
        return answer
    return middleware.plain_page(500, BUG)


def _page(request: HttpRequest, status: int, words: tuple[str, str]) -> HttpResponse:
    return render(request, "message.html", {"title": words[0], "message": words[1]}, status=status)
