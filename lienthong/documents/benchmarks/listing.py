"""``bench list``: the first and a deep page of incoming documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import psycopg
from django.template import engines
from django.template.loader import render_to_string
from django.urls import reverse

from lienthong.documents.benchmarks.data import account_of, clerk_of
from lienthong.documents.models import Book, IncomingReader
from lienthong.documents.queries.badges import calendar_for, lines_of
from lienthong.documents.queries.lists import PAGE, Filters, Place, incoming_page
from lienthong.kernel.clock import now
from lienthong.kernel.timing import bare_connection, beside, request_of
from lienthong.organisation.actor import Actor

_FLOOR = """
SELECT d.id, d.arrival_number, d.arrival_date, d.symbol, d.abstract, d.issuer, d.document_date, d.state, d.urgency,
       d.due_at, t.name, o.full_name
  FROM documents_incomingreader r
  JOIN documents_incomingdocument d ON d.id = r.document_id
  LEFT JOIN catalogue_documenttype t ON t.id = d.document_type_id
  LEFT JOIN organisation_post p ON p.id = d.holder_post_id LEFT JOIN organisation_officer o ON o.id = p.officer_id
 WHERE r.audience = %s AND (r.arrival_date, r.document_id) < (%s, %s)
 ORDER BY r.arrival_date DESC, r.document_id DESC LIMIT 26
"""
_ROWS = """<table>{% for row in rows %}<tr><td>{{ row.1 }} {{ row.2|date:"d/m/Y" }}</td>
<td><a href="/incoming/{{ row.0 }}/">{{ row.3 }} {{ row.10 }} {{ row.4 }}</a><p>{{ row.5 }} {{ row.6|date:"d/m/Y" }}
{{ row.11 }}</p></td><td>{{ row.8 }} {{ row.7 }}</td><td>{{ row.9|date:"d/m/Y" }}</td></tr>{% endfor %}</table>"""


def measure(size: int) -> dict[str, object]:
    """Measure the first page and one after nine tenths of the list; the figures at the top are the worse of the two."""
    actor, at = clerk_of(Book.objects.get(name="Sổ đo")), now()
    deep = _deep(actor, size)
    with bare_connection() as bare:
        pages = {"first": _one(bare, actor, None, at), "deep": _one(bare, actor, deep, at)}
    worse = max(pages.values(), key=lambda page: float(str(page["ratio"])))
    return {**worse, "rows": PAGE, **pages}


def _one(bare: psycopg.Connection[Any], actor: Actor, after: Place | None, at: dt.datetime) -> dict[str, object]:
    template = engines["django"].from_string(_ROWS)
    start = (after.arrival_date, after.pk) if after else (dt.date(9999, 1, 1), 0)

    def ours() -> str:
        page = incoming_page(actor, Filters(), after=after)
        older = f"?after={page.older}" if page.older else ""
        context = {"lines": lines_of(page.documents, calendar_for(actor, at), at), "older": older, "newer": ""}
        return render_to_string("documents/incoming/list.html#rows", context)

    def floor() -> str:
        rows = bare.execute(_FLOOR, [actor.audience, *start]).fetchall()
        return str(template.render({"rows": rows}))

    address = reverse("documents:incoming") + (f"?after={after}" if after else "")
    return beside(ours, floor, request=request_of(account_of(actor), address))


def _deep(actor: Actor, size: int) -> Place:
    readers = IncomingReader.objects.filter(audience=actor.audience).order_by("-arrival_date", "-document_id")
    day, pk = readers.values_list("arrival_date", "document_id")[size * 9 // 10]
    return Place(day, pk)
