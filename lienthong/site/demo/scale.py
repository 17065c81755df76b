"""More of the same, for benches and training: thousands of documents registered by the demo's clerks."""

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
from lienthong.organisation.models import Post
from lienthong.organisation.queries import actor_for
from lienthong.site.demo.content import documents_file
from lienthong.site.demo.lives import letters_of

BATCH = 250


def add_thousands(count: int, *, now: dt.datetime, tell: Callable[[str], object]) -> int:
    """Register ``count`` thousand documents today in the books of the demo's offices; return how many."""
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
                made += 1
        tell(f"… {made}/{total} văn bản")
    return made
