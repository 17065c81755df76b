"""The data set: one agency with a book of any size, thirty divisions, and a document with a long timeline."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from lienthong.documents.models import Book, IncomingDocument
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.registration import open_book, register
from lienthong.documents.operations.routing import forward
from lienthong.documents.particulars import Particulars
from lienthong.identity.models import User
from lienthong.kernel.clock import local_date, now
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Officer, Post, Unit
from lienthong.organisation.operations import add_officer, appoint, found_unit
from lienthong.organisation.queries import actor_for
from lienthong.tasks.due import Due
from lienthong.tasks.operations import Item, accept, report

FOUNDED = dt.date(2010, 1, 1)
DIVISIONS = 30
STEPS = 40
SYMBOL = "01/QĐ-ĐO"

_DOCUMENTS = """
INSERT INTO documents_incomingdocument (
    agency_id, book_id, year, arrival_number, arrival_date, symbol, symbol_key, issuer, issuer_superior, document_date,
    abstract, signer, signer_title, urgency, channel, copies, note, answer_symbol, state, registered_by_id,
    registered_at, request_key, due_at)
SELECT %(agency)s, %(book)s, 1900 + n / 20000, n %% 20000 + 1, day, n || '/UBND-VX', n || '/ubnd-vx',
       'Ủy ban nhân dân huyện số ' || n %% 10, '', day - 3,
       'V/v báo cáo tình hình thực hiện nhiệm vụ số ' || n || ' theo chỉ đạo của Ủy ban nhân dân tỉnh', '', '',
       CASE WHEN n %% 40 = 0 THEN 'urgent' ELSE 'normal' END, 'paper', 1, '', '',
       CASE WHEN n %% 30 = 0 THEN 'in_progress' ELSE 'settled' END, %(clerk)s, day, gen_random_uuid(),
       CASE WHEN n %% 30 = 0 THEN day + interval '10 days' END
  FROM (SELECT n, %(today)s::date - ((%(size)s - n) / 250)::int AS day FROM generate_series(1, %(size)s) AS n) AS made
"""
_READERS = """
INSERT INTO documents_incomingreader (document_id, audience, arrival_date, state, is_urgent)
SELECT d.id, who.audience, d.arrival_date, d.state, d.urgency <> 'normal'
  FROM documents_incomingdocument d
 CROSS JOIN LATERAL (VALUES (%(agency)s::bigint), ((%(units)s::bigint[])[1 + d.id %% %(divisions)s])) AS who (audience)
"""


def prepare(size: int) -> None:
    """Make the agency and ``size`` documents in its book, unless they are there (four minutes for a million)."""
    if IncomingDocument.objects.filter(symbol=SYMBOL).exists():
        return
    call_command("load_calendars", verbosity=0)
    at = now()
    with transaction.atomic():
        agency, clerk, leader, head = _people(at)
        book = open_book(agency, name="Sổ đo", is_default=True, actor=None, at=at)
        units = list(Unit.objects.filter(parent=agency).order_by("pk").values_list("pk", flat=True))
        facts: dict[str, Any] = {
            "agency": agency.pk, "book": book.pk, "clerk": clerk.post.pk, "size": size, "today": local_date(at),
            "units": units, "divisions": len(units),
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_DOCUMENTS, facts)
            cursor.execute(_READERS, facts)
        _long_timeline(book, clerk, leader, head, at)
    with connection.cursor() as cursor:
        for table in ("incomingdocument", "incomingreader"):
            cursor.execute(f"VACUUM ANALYZE documents_{table}")


def clerk_of(book: Book) -> Actor:
    """Return the clerk of the data set."""
    return _actor(book, "clerk")


def leader_of(book: Book) -> Actor:
    """Return the leader of the data set: of an open document the leader has every step."""
    return _actor(book, "leader")


def account_of(actor: Actor) -> User:
    """Return the account with which this officer signs in; made when it is first asked for."""
    user, _ = User.objects.get_or_create(username=f"officer-{actor.officer.pk}")
    Officer.objects.filter(pk=actor.officer.pk).update(user=user)
    return user


def _actor(book: Book, role: str) -> Actor:
    post = Post.objects.select_related("officer", "unit__agency").get(unit=book.agency_id, role=role)
    return actor_for(post, on=local_date(now()))


def _people(at: dt.datetime) -> tuple[Unit, Actor, Actor, Actor]:
    agency = found_unit(
        kind="department", name="Sở Đo", short_name="Sở Đo", is_agency=True, valid_from=FOUNDED, actor=None, at=at
    )
    divisions = [
        found_unit(kind="division", name=f"Phòng {number}", parent=agency, valid_from=FOUNDED, actor=None, at=at)
        for number in range(DIVISIONS)
    ]
    on = local_date(at)
    posts = [
        appoint(add_officer(full_name=name, actor=None, at=at), unit=unit, title=title, role=role, valid_from=FOUNDED,
                actor=None, at=at)
        for name, unit, title, role in (
            ("Văn Thư Đo", agency, "Văn thư", "clerk"),
            ("Giám Đốc Đo", agency, "Giám đốc", "leader"),
            ("Trưởng Phòng Đo", divisions[0], "Trưởng phòng", "division_head"),
        )
    ]  # fmt: skip
    clerk, leader, head = (actor_for(post, on=on) for post in posts)
    return agency, clerk, leader, head


def _long_timeline(book: Book, clerk: Actor, leader: Actor, head: Actor, at: dt.datetime) -> None:
    particulars = Particulars(symbol=SYMBOL, issuer="UBND tỉnh", abstract="Văn bản có dòng thời gian dài")
    document = register(book, particulars, actor=clerk, at=at)
    forward(document, leader.post, actor=clerk, at=at)
    item = Item(title="Tham mưu", lead_unit=head.post.unit, due=Due.within(10))
    (task,) = instruct(document, text="Phòng tham mưu", items=[item], key=uuid.uuid4(), actor=leader, at=at)
    accept(task, actor=head, at=at)
    for step in range(STEPS):
        report(task, text=f"Tiến độ lần {step}", percent=step, actor=head, at=at)
