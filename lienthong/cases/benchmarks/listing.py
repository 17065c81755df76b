"""``bench case_list``: the first and a deep page of all cases of an agency, and what runs late."""

from __future__ import annotations

import psycopg
from django.template import engines
from django.template.loader import render_to_string

from lienthong.calendars.queries import working_calendar
from lienthong.cases.benchmarks.data import AT, actor_of
from lienthong.cases.models import CaseReader
from lienthong.cases.queries.lines import lines_of
from lienthong.cases.queries.lists import PAGE, Filters, Place, case_page
from lienthong.kernel.clock import local_date
from lienthong.kernel.timing import bare_connection, beside
from lienthong.organisation.actor import Actor

_FLOOR = """
SELECT c.id, c.code, a.name, p.name, c.channel, c.submitted_at, c.status, c.due_at, u.short_name
  FROM (SELECT case_id FROM cases_casereader WHERE audience = %s AND case_id < %s ORDER BY case_id DESC LIMIT 26) AS r
  JOIN cases_case c ON c.id = r.case_id
  JOIN applicants_applicant a ON a.id = c.applicant_id JOIN procedures_procedure p ON p.id = c.procedure_id
  LEFT JOIN organisation_unit u ON u.id = c.holder_unit_id
 ORDER BY c.id DESC
"""
_LATE = """
SELECT c.id, c.code, a.name, p.name, c.channel, c.submitted_at, c.status, c.due_at, u.short_name
  FROM cases_casereader r JOIN cases_case c ON c.id = r.case_id
  JOIN applicants_applicant a ON a.id = c.applicant_id JOIN procedures_procedure p ON p.id = c.procedure_id
  LEFT JOIN organisation_unit u ON u.id = c.holder_unit_id
 WHERE r.audience = %s AND r.status IN (2, 4) AND r.due_at < %s ORDER BY r.due_at, r.case_id LIMIT 26
"""
_ROWS = """<table>{% for row in rows %}<tr><td><a href="/cases/{{ row.0 }}/">{{ row.1 }} {{ row.2 }}</a><p>{{ row.3 }}
{{ row.4 }} {{ row.5|date:"d/m/Y" }}</p></td><td>{{ row.8 }}</td><td>{{ row.6 }}</td><td>{{ row.7|date:"d/m/Y" }}</td>
</tr>{% endfor %}</table>"""
LAST = 1 << 62


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure the first page, one after nine tenths, and the first of the late; on top stands the worst."""
    actor = actor_of("leader")
    own = CaseReader.objects.filter(audience=actor.audience).order_by("-case").values_list("case", flat=True)
    deep = own[own.count() * 9 // 10]
    with bare_connection() as bare:
        pages = {
            "first": _one(bare, actor, Filters(), None),
            "deep": _one(bare, actor, Filters(), Place(deep)),
            "late": _one(bare, actor, Filters(tab="late"), None),
        }
    worse = max(pages.values(), key=lambda page: float(str(page["ratio"])))
    return {**worse, "rows": PAGE, **pages}


def _one(
    bare: psycopg.Connection[tuple[object, ...]], actor: Actor, filters: Filters, after: Place | None
) -> dict[str, object]:
    template = engines["django"].from_string(_ROWS)

    def ours() -> str:
        page = case_page(actor, filters, AT, after=after)
        calendar = working_calendar(actor.post.unit, local_date(AT))
        context = {"lines": lines_of(page.cases, calendar, AT), "filters": filters, "older": "", "newer": ""}
        return render_to_string("cases/list.html#rows", context)

    def floor() -> str:
        if filters.tab:
            rows = bare.execute(_LATE, [actor.audience, AT]).fetchall()
        else:
            rows = bare.execute(_FLOOR, [actor.audience, after.pk if after else LAST]).fetchall()
        return str(template.render({"rows": rows}))

    return beside(ours, floor)
