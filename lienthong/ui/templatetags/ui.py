"""Template tags and filters: formats, icons, widgets of fields, deadlines. Built in: no ``{% load %}`` needed."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BoundField
from django.http import QueryDict
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from lienthong.ui import deadlines, fields, filters, formats, icons, menu

register = template.Library()
Amount = int | float | Decimal


@register.filter
def day(value: dt.date | None) -> str:
    """``22/01/2014``; nothing for nothing."""
    return formats.day(value) if value else ""


@register.filter
def weekday(value: dt.date | None) -> str:
    """``thứ Tư 22/01/2014``."""
    return formats.weekday(value) if value else ""


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """``14:05 22/01/2014``, in a ``<time>`` that machines read too."""
    if not value:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), formats.moment(value))


@register.filter
def clock_time(value: dt.datetime | dt.time | None) -> str:
    """``14:05``."""
    return formats.time(value) if value else ""


@register.filter
def dong(value: Amount | None) -> str:
    """``1.200.000 đ``."""
    return "" if value is None else formats.dong(value)


@register.filter
def short_dong(value: Amount | None) -> str:
    """``1,2 tỷ đồng``."""
    return "" if value is None else formats.short_dong(value)


@register.filter
def number(value: Amount | None, places: int = 0) -> str:
    """``1.234``."""
    return "" if value is None else formats.number(value, places)


@register.filter
def filesize(value: int | None) -> str:
    """``1,4 MB``."""
    return "" if value is None else formats.size(value)


@register.filter
def initials(name: str) -> str:
    """Return the first letter of the given name, which in Vietnamese stands last: ``Nguyễn Thị Lan`` → ``L``."""
    return str(name).split()[-1][:1].upper() if str(name).strip() else "?"


@register.filter
def highlight(text: str, words: str) -> SafeString:
    """Mark the words of a query in a text, whole and regardless of case; the text is escaped."""
    found = [re.escape(escape(word)) for word in sorted(str(words).split(), key=len, reverse=True)]
    safe = escape(text)
    if not found:
        return safe
    return mark_safe(re.sub(rf"(?i)({'|'.join(found)})(?![^&]{{0,6}};)", r"<mark>\1</mark>", safe))  # noqa: S308  escaped


@register.filter
def as_json(value: Any) -> str:
    """Return data as JSON for a ``data-`` attribute (escaped by the template)."""
    return json.dumps(value, ensure_ascii=False, default=str)


@register.simple_tag
def _icon(name: str, *, filled: bool = False) -> SafeString:
    return mark_safe(icons.svg(name, filled=filled)) if name else mark_safe("")  # noqa: S308  a file of the library


@register.tag
def icon(parser: template.base.Parser, token: template.base.Token) -> template.Node:
    """Write one of Tabler's icons inline; one that is named in the template is written when the template is read."""
    _, name, *more = token.split_contents()
    if not more and name[0] == name[-1] == '"':
        return template.base.TextNode(icons.svg(name[1:-1]))
    drawn: template.Node = parser.tags["_icon"](parser, token)
    return drawn


@register.simple_tag(takes_context=True)
def rail(context: template.Context, section: str = "") -> SafeString:
    """Draw the rail of the frame with the entry marked on which the page stands: ``section``, else by the address."""
    frame = context["frame"]
    here = section or frame.current
    return menu.rail(tuple(frame.rail), tuple(frame.foot), here, is_small=frame.rail_is_small)


@register.simple_tag
def widget(field: BoundField, **attrs: Any) -> SafeString:
    """Write a bound field's control with its class, its help and its error tied to it."""
    return fields.control(field, attrs)


@register.simple_tag
def field_shape(field: BoundField, kind: str = "") -> str:
    """Name the shape of a field: ``line``, ``check``, ``group`` or ``drop``."""
    return fields.shape(field, kind)


@register.simple_tag
def deadline_badge(
    due_at: dt.datetime | None,
    now: dt.datetime,
    remaining: dt.timedelta | None = None,
    *,
    done_at: dt.datetime | None = None,
    suspended: bool = False,
    hours_a_day: float = 8,
) -> deadlines.Badge:
    """Say how a deadline stands: ``{% deadline_badge task.due_at request.at remaining as badge %}``."""
    return deadlines.badge(due_at, now, remaining, done_at=done_at, suspended=suspended, hours_a_day=hours_a_day)


@register.simple_tag(takes_context=True)
def address_with(context: template.Context, **changes: Any) -> str:
    """Return this page's query string with some parameters changed; an empty value takes one away, with its page."""
    return filters.address(_query(context), **changes)


@register.simple_tag(takes_context=True)
def chip_of(context: template.Context, name: str, value: Any) -> filters.Choice:
    """Say where a chip leads and whether it is chosen."""
    return filters.choice(_query(context), name, str(value), label="")


@register.simple_tag(takes_context=True)
def filter_of(context: template.Context, name: str, options: Iterable[tuple[Any, ...]]) -> filters.Filter:
    """Say where each option of a filter leads and which is chosen."""
    return filters.filter_of(_query(context), name, options)


@register.filter
def chart_lines(data: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Turn the data of a chart into the lines of its table."""
    if not data:
        return []
    columns = [series["values"] for series in data["series"]]
    return [{"label": label, "values": values} for label, *values in zip(data["labels"], *columns, strict=True)]


def _query(context: template.Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request else QueryDict()
