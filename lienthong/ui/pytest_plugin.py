"""The test client that looks at every page: ``client`` in tests is a ``CheckedClient``."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lienthong.ui.checker import check_html


class PageFaultError(AssertionError):
    """A rendered page breaks a rule of the house."""


class CheckedClient(Client):
    """A client that refuses a page with invalid HTML, a leftover tag, an unlabelled input, an external host …"""

    def request(self, **request: Any) -> Any:
        """Answer a request; check the answer when it is HTML (redirects and empty answers are not)."""
        response: Any = super().request(**request)
        is_html = str(response.headers.get("Content-Type", "")).startswith("text/html")
        if is_html and not response.streaming and response.content:
            faults = check_html(response.content.decode(), policy=response.headers.get("Content-Security-Policy", ""))
            if faults:
                where = f"{request.get('REQUEST_METHOD')} {request.get('PATH_INFO')} ({response.status_code})"
                raise PageFaultError(f"{where}:\n  " + "\n  ".join(faults))
        return response


@pytest.fixture
def client() -> CheckedClient:
    """Give a client that checks each page that it renders."""
    return CheckedClient()
