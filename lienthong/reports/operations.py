"""Reports that become drafts."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from lienthong.catalogue.models import DocumentType
from lienthong.kernel.clock import local_date
from lienthong.organisation.actor import Actor
from lienthong.outgoing.models import Draft
from lienthong.outgoing.operations.drafting import begin
from lienthong.outgoing.wording import Wording
from lienthong.reports.queries.processing import Processing
from lienthong.reports.wording import processing_body, programme_body
from lienthong.tasks.classes import class_of
from lienthong.tasks.models import Programme
from lienthong.tasks.queries.programmes import tasks_of


@transaction.atomic
def draft_of_processing(report: Processing, *, actor: Actor, at: dt.datetime) -> Draft:
    """Begin a draft of the monthly report with what was counted. Refuses who writes for no agency."""
    whole = f"Kết quả xử lý văn bản từ ngày {report.since:%d/%m/%Y} đến ngày {report.until:%d/%m/%Y}"
    wording = Wording(abstract=whole, addressees=_superior(actor), body=processing_body(report))
    return begin(_report_type(), wording, actor=actor, at=at)


@transaction.atomic
def draft_of_programme(programme: Programme, *, actor: Actor, at: dt.datetime) -> Draft:
    """Begin a draft of the report on a programme from its roll-up, as the actor sees it now."""
    tasks = [(task, class_of(task, at)) for task in tasks_of(programme, actor)]
    body = programme_body(programme.title, programme.source_text, on=local_date(at), tasks=tasks)
    abstract = f"Kết quả thực hiện {programme.title}"[:500]
    wording = Wording(abstract=abstract, addressees=_superior(actor), body=body)
    return begin(_report_type(), wording, actor=actor, at=at)


def _report_type() -> DocumentType:
    return DocumentType.objects.filter(code="bao-cao").order_by("-valid_from")[0]


def _superior(actor: Actor) -> tuple[str, ...]:
    agency = actor.post.unit.agency
    return (agency.parent.name,) if agency and agency.parent else ()
