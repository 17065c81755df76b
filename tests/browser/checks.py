"""The one checker of every page in a browser."""

from __future__ import annotations

import os

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.watching import seen_on

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKED_FOR = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


def check_page(page: Page) -> None:
    """Assert what holds for every page.

    No violation of WCAG 2.2 AA, nothing to scroll sideways (at the present width and at 390 px), no error on the
    console, no request to another host, no component tag left over.
    """
    found = Axe().run(page, options=LOOKED_FOR).response["violations"]
    told = [f"{one['id']}: {one['help']}: {[node['html'][:200] for node in one['nodes']]}" for one in found]
    assert not told, f"{page.url}: " + "\n".join(told)
    assert_fits(page)
    size = page.viewport_size
    if size and size["width"] > 390:
        page.set_viewport_size({"width": 390, "height": 844})
        assert_fits(page)
        page.set_viewport_size(size)
    seen = seen_on(page)
    assert seen.errors == [], f"{page.url}: errors on the console"
    assert seen.foreign == [], f"{page.url}: requests to other hosts"
    assert "<c-" not in page.content(), f"{page.url}: a component tag reached the browser"


def look(page: Page, name: str) -> None:
    """Check a page; where ``LOOK`` names a folder, leave a picture there to be looked at."""
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    check_page(page)


def assert_fits(page: Page) -> None:
    """Assert that nothing is wider than the window."""
    wide = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
    )
    scrolls = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    assert not scrolls, f"{page.url}: scrolls sideways at {page.viewport_size}: {wide}"
