"""``bench page``: one document with its tasks and a page of a long timeline."""

from __future__ import annotations

from django.template import engines
from django.template.loader import render_to_string
from django.urls import reverse

from lienthong.documents.benchmarks.data import SYMBOL, account_of, leader_of
from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.views.incoming import document_of, record_context
from lienthong.kernel.clock import now
from lienthong.kernel.timing import bare_connection, beside, request_of

_DOCUMENT = """
SELECT d.*, t.name, b.name, a.name, o.full_name, ro.full_name
  FROM documents_incomingreader r
  JOIN documents_incomingdocument d ON d.id = r.document_id
  JOIN documents_book b ON b.id = d.book_id JOIN organisation_unit a ON a.id = d.agency_id
  LEFT JOIN catalogue_documenttype t ON t.id = d.document_type_id
  LEFT JOIN organisation_post p ON p.id = d.holder_post_id LEFT JOIN organisation_officer o ON o.id = p.officer_id
  JOIN organisation_post rp ON rp.id = d.registered_by_id JOIN organisation_officer ro ON ro.id = rp.officer_id
 WHERE r.audience = %s AND d.id = %s
"""
_FILES = "SELECT * FROM files_attachment WHERE subject_kind = 'incoming' AND subject_id = %s"
_INSTRUCTIONS = """
SELECT i.*, o.full_name FROM documents_instruction i
  JOIN organisation_post p ON p.id = i.post_id JOIN organisation_officer o ON o.id = p.officer_id
 WHERE i.document_id = %s ORDER BY i.at
"""
_HANDS = """
SELECT f.*, o.full_name FROM documents_forwarding f
  JOIN organisation_post p ON p.id = f.taker_id JOIN organisation_officer o ON o.id = p.officer_id
 WHERE f.document_id = %s ORDER BY f.at
"""
_TASKS = """
SELECT t.*, u.short_name FROM tasks_task t JOIN organisation_unit u ON u.id = t.lead_unit_id
 WHERE t.subject_kind = 'incoming' AND t.subject_id = %s ORDER BY t.id
"""
_EVENTS = """
SELECT e.*, o.full_name FROM journal_event e LEFT JOIN organisation_officer o ON o.id = e.officer_id
 WHERE e.thread_kind = 'incoming' AND e.thread_id = %s ORDER BY e.id DESC LIMIT 31
"""
_PAGE = """<h1>{{ document.6 }} {{ document.11 }}</h1><dl>{% for cell in document %}<dd>{{ cell }}</dd>{% endfor %}</dl>
{% for rows in tables %}<ol>{% for row in rows %}<li>{% for cell in row %}{{ cell }} {% endfor %}</li>{% endfor %}</ol>
{% endfor %}"""


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure the record page's content, timeline and action bar beside the bare rows of the same tables."""
    actor, at = leader_of(Book.objects.get(name="Sổ đo")), now()
    pk = IncomingDocument.objects.only("pk").get(symbol=SYMBOL).pk
    template = engines["django"].from_string(_PAGE)
    statements = (_FILES, _INSTRUCTIONS, _HANDS, _TASKS, _EVENTS)

    def ours() -> str:
        context = record_context(document_of(actor, pk), actor, at)
        parts = ("documents/incoming/steps.html", "documents/incoming/record.html#content")
        return "".join(render_to_string(part, context) for part in parts)

    with bare_connection() as bare:

        def floor() -> str:
            document = bare.execute(_DOCUMENT, [actor.audience, pk]).fetchone()
            tables = [bare.execute(one, [pk]).fetchall() for one in statements]
            return str(template.render({"document": document, "tables": tables}))

        whole = request_of(account_of(actor), reverse("documents:document", args=[pk]))
        return beside(ours, floor, request=whole)
