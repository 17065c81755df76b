"""Publishing what was issued, however often it was interrupted; setting and checking long drafts."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.outgoing.models import LongCheck, OutgoingDocument
from lienthong.outgoing.operations.checking import produce_check
from lienthong.outgoing.operations.publishing import publish as publish_document


@app.task(
    queue="files",
    name="lienthong.outgoing.jobs.publish",
    retry=RetryStrategy(max_attempts=8, exponential_wait=5),
)
def publish(document_id: int) -> None:
    """Publish one document; what was done already is left."""
    document = OutgoingDocument.objects.filter(pk=document_id, published_at=None).first()
    if document is not None:
        publish_document(document, at=clock.now())


@app.task(queue="files", name="lienthong.outgoing.jobs.check")
def check(check_id: int, key: str) -> None:
    """Set and check one long draft as it was asked for."""
    row = LongCheck.objects.select_related("draft__agency", "draft__unit", "draft__document_type").filter(pk=check_id)
    found = row.defer("pdf").first()
    if found is not None and found.key == key:
        produce_check(found, key=key, clock=clock.now)
