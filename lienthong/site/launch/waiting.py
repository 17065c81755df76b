"""A page for who opens the address while the product is still being set up or brought to a new version."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lienthong.site import plain

SECONDS = 5
WORDS = (
    "Liên Thông đang chuẩn bị",
    "Hệ thống đang được cài đặt hoặc nâng cấp; dữ liệu vẫn còn nguyên. Trang này tự mở lại khi xong, không cần làm gì.",
)


class Waiting(BaseHTTPRequestHandler):
    """Answers every request with the same page, which asks again by itself."""

    def _answer(self) -> None:
        body = plain.page(*WORDS, link="").encode()
        self.send_response(503)
        for name, value in (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", plain.POLICY),
            ("Cache-Control", "no-store"),
            ("Retry-After", str(SECONDS)),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        if self.command in {"GET", "HEAD"}:  # what a form sent is not sent again by itself
            self.send_header("Refresh", str(SECONDS))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - the names that http.server asks for

    def log_message(self, *_: object) -> None:
        """Say nothing at the console: it shows the progress."""


@contextmanager
def page_while_preparing(host: str, port: int) -> Iterator[None]:
    """Serve the page for the duration; where the port cannot be had for it, do without."""
    try:
        server = ThreadingHTTPServer((host, port), Waiting) if ":" not in host else None
    except OSError:
        server = None
    with contextlib.ExitStack() as stack:
        if server is not None:
            threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        yield
