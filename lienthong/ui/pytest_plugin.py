"""The test client that looks at every page: ``client`` in tests is a ``CheckedClient``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
from django.test import Client

from lienthong.ui.checker import check_html

TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")
"""The token of a form, the only thing in which two renderings of a page differ."""


class PageFaultError(AssertionError):
    """A rendered page breaks a rule of the house."""


class CheckedClient(Client):
    """A client that refuses a page with invalid HTML, a leftover tag, an unlabelled input, an external host …"""

    def request(self, **request: Any) -> Any:
        """Answer a request; check the answer when it is HTML (redirects and empty answers are not)."""
        response: Any = super().request(**request)
        is_html = str(response.headers.get("Content-Type", "")).startswith("text/html")
        if is_html and not response.streaming and response.content:
            page, policy = response.content.decode(), response.headers.get("Content-Security-Policy", "")
            faults = _faults_of(TOKEN.sub("token", page), policy)
            if faults:
                where = f"{request.get('REQUEST_METHOD')} {request.get('PATH_INFO')} ({response.status_code})"
                raise PageFaultError(f"{where}:\n  " + "\n  ".join(faults))
        return response


@lru_cache(maxsize=1000)
def _faults_of(page: str, policy: str) -> list[str]:
    """Return what is wrong with a page; one that was looked at before is not parsed again, which takes a while."""
    return check_html(page, policy=policy)


@pytest.fixture
def client() -> CheckedClient:
    """Give a client that checks each page that it renders."""
    return CheckedClient()
