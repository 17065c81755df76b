"""What a browser says of itself, in a few words."""

from __future__ import annotations

from django import template

register = template.Library()
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(user_agent: str) -> str:
    """Return "Chrome trên Windows"; what nobody knows is said so."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "Trình duyệt khác")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "")
    return f"{browser} trên {system}" if system else browser
