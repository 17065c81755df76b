"""Over the network to the portal: one POST a message; what the answer means for us."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from lienthong.exchange.partners.contract import Letter, RejectedError, TroubledError, UnreachableError
from lienthong.exchange.partners.dvcqg import signing
from lienthong.kernel import clock

PATIENCE = 15
"""Seconds for which an answer is waited for."""
LONGEST = 200_000
AWAY = {408, 425, 429, 502, 503, 504}
SHUT = {401, 403, 404, 405, 407}


def send(letter: Letter, *, address: str, unit: str, secret: str) -> None:
    """Post a message; raises what became of it where it was not taken."""
    if urlsplit(address).scheme not in {"https", "http"}:
        raise UnreachableError("Địa chỉ của đối tác phải bắt đầu bằng https://.")
    body = json.dumps(letter.body, ensure_ascii=False).encode()
    signed = signing.headers(body, secret=secret, unit=unit, at=clock.now(), key=letter.key)
    request = urllib.request.Request(  # noqa: S310 - the scheme is looked at above
        address, data=body, headers={"Content-Type": "application/json; charset=utf-8", **signed}, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            judge(answer.read(LONGEST + 1))
    except urllib.error.HTTPError as error:
        raise _meaning(error) from error
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        raise UnreachableError(f"Không kết nối được: {getattr(error, 'reason', error)}") from error


def judge(body: bytes) -> None:
    """Read the answer: ``error_code`` ``00`` is well, another is a refusal, anything else says nothing."""
    try:
        said: Any = json.loads(body)
        code = str(said["error_code"])
    except (ValueError, KeyError, TypeError):
        raise TroubledError("Đối tác trả lời không đọc được.") from None
    if code not in {"00", "0"}:
        raise RejectedError(code, str(said.get("message") or "Đối tác không nói lý do."))


def _meaning(error: urllib.error.HTTPError) -> Exception:
    if error.code in AWAY:
        return UnreachableError(f"Đối tác đang bận hoặc ngừng phục vụ (HTTP {error.code}).")
    if error.code in SHUT:
        return UnreachableError(f"Đối tác không cho vào (HTTP {error.code}): kiểm tra địa chỉ, mã đơn vị và mật khẩu.")
    if 400 <= error.code < 500:
        return RejectedError(f"HTTP {error.code}", "Đối tác không nhận nội dung thông điệp.")
    return TroubledError(f"Đối tác gặp lỗi khi nhận thông điệp (HTTP {error.code}).")
