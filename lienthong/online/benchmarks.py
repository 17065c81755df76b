"""``bench track``: the public page of a case, beside its bare rows through a bare template."""

from __future__ import annotations

import uuid
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

from lienthong.cases.benchmarks.data import AT, actor_of, prepare, reception
from lienthong.cases.operations import receive
from lienthong.cases.operations.stepping import act
from lienthong.cases.tracking import address_of, token_of
from lienthong.kernel.timing import bare_connection, beside
from lienthong.online.views.tracking import track

_CASE = """
SELECT c.code, a.name, p.name, c.status, c.promised_at, u.short_name, v.text
  FROM cases_case c JOIN applicants_applicant a ON a.id = c.applicant_id
  JOIN procedures_procedure p ON p.id = c.procedure_id JOIN procedures_procedureversion v ON v.id = c.version_id
  LEFT JOIN organisation_unit u ON u.id = c.holder_unit_id
 WHERE c.id = %s
"""
_HANDS = """
SELECT h.step_name, u.short_name, h.given_at, h.left_at
  FROM cases_handover h JOIN organisation_unit u ON u.id = h.unit_id
 WHERE h.case_id = %s ORDER BY h.id
"""
_PAGE = """<h1>{{ case.0 }} {{ case.1 }}</h1><p>{{ case.2 }} {{ case.3 }} {{ case.4|date:"d/m/Y" }} {{ case.5 }}</p>
<ul>{% for row in hands %}<li>{{ row.0 }} {{ row.1 }} {{ row.2|date:"d/m/Y H:i" }}</li>{% endfor %}</ul>"""

__all__ = ["measure", "prepare"]


def measure(size: int) -> dict[str, object]:  # noqa: ARG001 - the contract of benchmarks
    """Measure the whole answer to somebody who follows a case by the address on its paper."""
    handed = replace(reception(), key=uuid.uuid4())
    case = receive(handed, actor=actor_of("one_stop_officer"), at=AT)
    case = act(case, "propose", actor=actor_of("specialist"), at=AT)
    template, token = engines["django"].from_string(_PAGE), token_of(case)

    def ours() -> bytes:
        request = RequestFactory().get(address_of(case))
        request.user, request.at = AnonymousUser(), AT  # type: ignore[attr-defined] # as the middleware sets it
        answer = track(request, token)
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code}")
        return answer.content

    with bare_connection() as bare:

        def floor() -> str:
            row = bare.execute(_CASE, [case.pk]).fetchone()
            return str(template.render({"case": row, "hands": bare.execute(_HANDS, [case.pk]).fetchall()}))

        return beside(ours, floor)
