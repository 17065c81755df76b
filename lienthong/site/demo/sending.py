"""The way of a paper through its office: reviewed, signed, issued, delivered; each ``yield`` waits working hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from dataclasses import replace

from lienthong.documents.models import Intake
from lienthong.documents.operations.intake import discard
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import SigningAuthority
from lienthong.outgoing.models import Draft, OutgoingDocument, ReviewStep
from lienthong.outgoing.operations.commenting import comment
from lienthong.outgoing.operations.dispatching import mark_read, note_sent
from lienthong.outgoing.operations.drafting import save
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.publishing import publish
from lienthong.outgoing.operations.reviewing import Station, agree, put_up, send_back
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.paragraphs import paragraphs
from lienthong.outgoing.wording import Wording
from lienthong.site.demo.content import outgoing_file
from lienthong.site.demo.days import Days, Life
from lienthong.site.demo.province import Division, Office
from lienthong.site.demo.writing import Paper, begin_paper, signer_of

Step = ReviewStep.State
Steps = Generator[float, dt.datetime, OutgoingDocument]


def paper_life(days: Days, paper: Paper, division: Division, author: Actor, at: dt.datetime) -> Steps:
    """Write a paper, let the head of the unit look, a leader sign, the clerk issue it; then it goes out."""
    rng, words, office = days.rng, outgoing_file()["words"], division.office
    draft = begin_paper(paper, rng=rng, actor=author, at=at)
    signer, authority = signer_of(office, rng, at)
    at = yield rng.uniform(0.5, 3)
    put_before(draft, division, authority, author, at)
    if author is not division.head:
        at = yield rng.uniform(0.3, 3)
        if rng.random() < 0.3:
            line = rng.randint(1, len(paragraphs(paper.wording.body)))
            comment(draft, text=rng.choice(words["comments"]), line=line, actor=division.head, at=at)
        if rng.random() < 0.2:
            send_back(waiting_step(draft), reason=rng.choice(words["send_back"]), actor=division.head, at=at)
            at = yield rng.uniform(0.5, 3)
            mend(draft, paper.wording, author, at)
            put_before(draft, division, authority, author, at)
            at = yield rng.uniform(0.3, 2)
        agree(waiting_step(draft), opinion=rng.choice(words["agree"]), actor=division.head, at=at)
    at = yield rng.uniform(0.3, 4)
    signed(draft, signer, at)
    at = yield rng.uniform(0.2, 2)
    return issued(days, draft, office, at)


def put_before(draft: Draft, division: Division, authority: SigningAuthority, author: Actor, at: dt.datetime) -> None:
    """Put a draft up: through the head of the unit to the signer; a head's own draft goes straight there."""
    way = [] if author is division.head else [Station(1, division.head.post)]
    put_up(draft, way, authority=authority, actor=author, at=at)


def waiting_step(draft: Draft) -> ReviewStep:
    """Return the step at which a draft waits."""
    return draft.steps.filter(state=Step.CURRENT).select_related("draft").get()


def mend(draft: Draft, wording: Wording, author: Actor, at: dt.datetime) -> None:
    """Add a sentence before the last one, as was asked for."""
    draft.refresh_from_db()
    last = draft.versions.get(number=draft.version)
    *body, end = wording.body.split("\n")
    longer = replace(wording, body="\n".join((*body, outgoing_file()["words"]["added"], end)))
    save(draft, longer, number=last.number, revision=last.revision, note="Theo ý kiến", actor=author, at=at)


def signed(draft: Draft, signer: Actor, at: dt.datetime) -> None:
    """Sign the newest version."""
    draft.refresh_from_db()
    sign(draft, version=draft.version, actor=signer, at=at)


def issued(days: Days, draft: Draft, office: Office, at: dt.datetime) -> OutgoingDocument:
    """Issue and publish a signed draft; what goes by post follows later."""
    document = publish(issue(draft, actor=office.clerk, at=at), at=at)
    if document.dispatches.filter(recipient__way="post").exists():
        days.begin(_post_life(days, document, office), at)
    return document


def notice_life(days: Days, paper: Paper, division: Division) -> Life:
    """Issue a notice inside the office; most of those whom it concerns open it."""
    at = yield 0
    document = yield from paper_life(days, paper, division, division.head, at)
    for reader in [one for one in division.office.divisions.values() if one is not division]:
        if days.rng.random() < 0.3:
            continue
        at = yield days.rng.uniform(0.2, 3)
        row = document.readers.filter(audience=reader.unit.audience).first()
        if row is not None:
            mark_read(row, actor=reader.head, at=at)


def return_life(days: Days, office: Office, intake: Intake, reason: str) -> Life:
    """Let the clerk of the receiving office give back what lies at the counter."""
    yield 0
    at = yield days.rng.uniform(1, 3)
    discard(intake, reason=reason, actor=office.clerk, at=at)


def intakes_of(document: OutgoingDocument) -> list[Intake]:
    """Return what a document laid at the counters of others."""
    keys = document.dispatches.exclude(intake_id=None).values_list("intake_id", flat=True)
    return list(Intake.objects.filter(pk__in=list(keys)).select_related("file", "agency").order_by("pk"))


def _post_life(days: Days, document: OutgoingDocument, office: Office) -> Life:
    yield 0
    at = yield days.rng.uniform(1, 6)
    for dispatch in document.dispatches.filter(recipient__way="post", state="waiting"):
        tracking = f"RB{days.rng.randrange(10**8, 10**9)}VN"
        note_sent(dispatch, tracking=tracking, actor=office.clerk, at=at)
