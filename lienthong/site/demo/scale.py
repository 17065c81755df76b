"""More of the same, for benches and training: thousands of documents registered and sent by the demo's clerks."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable

from django.db import connection, transaction

from lienthong.catalogue.models import DocumentType
from lienthong.documents.models import Book
from lienthong.documents.operations.registration import register
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Post, Unit
from lienthong.organisation.queries import actor_for
from lienthong.organisation.queries.signing import authorities_on
from lienthong.outgoing.operations.drafting import begin
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import put_up
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.wording import Wording
from lienthong.site.demo.content import documents_file
from lienthong.site.demo.lives import Letter, letters_of

BATCH = 250
OUT_OF = 10
"""Of how many documents one is answered by an outgoing one."""


def add_thousands(count: int, *, now: dt.datetime, tell: Callable[[str], object]) -> int:
    """Register ``count`` thousand documents today in the books of the demo's offices; return how many.

    To every tenth an answer is issued at once; the worker sets its pages when it comes to it.
    """
    on = local_date(now)
    rng = random.Random(count)  # noqa: S311 - invented data
    types = {row.name: row for row in DocumentType.objects.in_force(on)}
    books = list(Book.objects.open().select_related("agency").order_by("pk"))
    if not books:
        raise Refusal("Chưa có sổ văn bản nào: hãy dựng tỉnh mẫu trước (bin/manage demo).")
    clerks = {
        post.unit.agency_id: actor_for(post, on=on)
        for post in Post.objects.in_force(on).filter(role="clerk").select_related("officer", "unit__agency")
    }
    streams = documents_file()["streams"]
    made, total = 0, count * 1000
    while made < total:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            for _ in range(min(BATCH, total - made)):
                book = rng.choice(books)
                (letter,) = letters_of({**rng.choice(streams), "per_day": 1}, rng, on, types)
                key = uuid.uuid4()
                clerk = clerks[book.agency_id]
                register(book, letter.particulars, accepts_double=True, request_key=key, actor=clerk, at=now)
                if made % OUT_OF == 0:
                    send_out(book.agency, letter, clerk=clerk, at=now)
                made += 1
        tell(f"… {made}/{total} văn bản")
    return made


def send_out(agency: Unit, letter: Letter, *, clerk: Actor, at: dt.datetime) -> None:
    """Let the clerk write an answer, a leader sign it, and the clerk issue it."""
    authority = next(one for one in authorities_on(agency, local_date(at)) if not one.scope)
    told = letter.particulars
    wording = Wording(
        abstract=f"trả lời văn bản số {told.symbol}",
        addressees=(told.issuer,),
        body=f"{agency.name} đã nhận văn bản số {told.symbol} của {told.issuer} và thống nhất với nội dung nêu trên./.",
    )
    draft = begin(DocumentType.objects.get(code="cong-van"), wording, actor=clerk, at=at)
    lines = [Line(line=told.issuer, way="post", address="Theo địa chỉ trụ sở"), Line(line="Lưu: VT", way="file")]
    set_recipients(draft, lines, actor=clerk, at=at)
    put_up(draft, [], authority=authority, actor=clerk, at=at)
    sign(draft, version=1, actor=actor_for(authority.post, on=local_date(at)), at=at)
    issue(draft, actor=clerk, at=at)
