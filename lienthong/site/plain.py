"""A page that asks nothing of anybody: no database, no session, no template, no other file, not even Django.

For a bug, for a database that does not answer, for a request that cannot be read, and for the minutes in which the
product is being set up. Its style stands within it, and the policy it is sent with allows that one style and no more.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from string import Template

STYLE = """
:root{color-scheme:light dark}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f7f6f2;color:#1c2326;
font:16px/1.55 "Be Vietnam Pro",system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{box-sizing:border-box;width:min(28rem,100vw - 2rem);margin:1rem;padding:1.75rem 2rem;background:#fff;
border:1px solid #e2e0da;border-radius:8px}
.brand{margin:0 0 1rem;color:#0f5c63;font-weight:600}
h1{margin:0 0 .75rem;font-size:1.35rem;line-height:1.35}
p{margin:0 0 1rem}
a{display:inline-block;padding:.55rem 1rem;border-radius:6px;background:#0f5c63;color:#fff;text-decoration:none}
a:focus-visible{outline:3px solid #0f5c63;outline-offset:3px}
@media (prefers-color-scheme:dark){body{background:#15191b;color:#e7eaea}main{background:#1d2325;border-color:#333b3e}
.brand{color:#7cc4c9}a:focus-visible{outline-color:#7cc4c9}}
"""
PAGE = Template(
    '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>$title · Liên Thông</title><style>$style</style></head>"
    '<body><main><p class="brand">Liên Thông</p><h1>$title</h1><p>$message</p>$link</main></body></html>\n'
)
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


def page(title: str, message: str, *, link: str = "Về trang đầu") -> str:
    """Return the page; ``link`` names the way to the first page."""
    way = f'<a href="/">{escape(link)}</a>' if link else ""
    return PAGE.substitute(title=escape(title), message=escape(message), style=STYLE, link=way)
