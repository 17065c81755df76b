"""Publishing what was issued, however often it was interrupted."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lienthong.kernel import clock
from lienthong.outgoing.models import OutgoingDocument
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
