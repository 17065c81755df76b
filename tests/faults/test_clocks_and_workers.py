"""The machine's clock goes back, a delegation ends, the worker is dead for an hour."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from procrastinate.contrib.django import app

from lienthong.documents.models import IncomingDocument, Intake
from lienthong.documents.operations.instruction import instruct
from lienthong.documents.operations.intake import take_in
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.files.operations import receive
from lienthong.journal.models import Event
from lienthong.journal.operations import seal
from lienthong.journal.verification import verify
from lienthong.notifications.models import Delivery, Notice
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import delegate
from lienthong.organisation.queries import actors_of
from lienthong.tasks.due import Due
from lienthong.tasks.models import Task
from lienthong.tasks.operations import Item, accept, finish
from lienthong.tasks.operations import verify as confirm
from tests.cast import AT, MONDAY, Cast

Login = Callable[[Client, Actor], Client]
DAY = dt.timedelta(days=1)


def give(cast: Cast, document: IncomingDocument, at: dt.datetime, *, title: str = "Tham mưu kế hoạch") -> Task:
    item = Item(title=title, lead_unit=cast.cntt, due=Due.on(dt.date(2014, 3, 20)))
    return instruct(document, text="Giao Phòng CNTT", items=[item], key=uuid.uuid4(), actor=cast.leader, at=at)[0]


@pytest.mark.django_db
def test_a_clock_set_back_a_day_breaks_neither_numbers_nor_the_journal(
    cast: Cast, client: Client, login: Login
) -> None:
    book = make_book(cast)
    first = make_document(book, cast.clerk)
    task = give(cast, first, AT)
    seal(at=AT)
    early = AT - DAY
    second = make_document(book, cast.clerk, symbol="140/QĐ-UBND", at=early)
    assert (second.arrival_number, second.arrival_date) == (2, dt.date(2014, 3, 9))
    accept(task, actor=cast.division_head, at=early)
    finish(task, text="Xong", actor=cast.division_head, at=early)
    confirm(task, actor=cast.leader, at=early)
    kinds = Event.objects.filter(subject_kind="task", subject_id=task.pk).order_by("sequence").values_list("kind")
    assert [kind for (kind,) in kinds] == ["task.assigned", "task.accepted", "task.finished", "task.verified"]
    seal(at=early)
    assert list(verify()) == []
    assert balance() == []
    with time_machine.travel(early, tick=False):
        for who in (cast.clerk, cast.leader, cast.division_head):
            login(client, who)
            for address in ("/", "/incoming/", f"/incoming/{first.pk}/", f"/tasks/{task.pk}/", "/notices/"):
                assert client.get(address).status_code == 200, (str(who), address)
        login(client, cast.clerk)
        answer = client.get(f"/books/{book.pk}/incoming/", {"since": "01/03/2014", "until": "10/03/2014"})
        page = re.sub(r"\s+", " ", answer.content.decode())
        assert page.index("139/QĐ-UBND") < page.index("140/QĐ-UBND")


@pytest.mark.django_db
def test_a_delegation_that_ended_yesterday_is_refused_at_the_next_request(
    cast: Cast, client: Client, login: Login
) -> None:
    document = make_document(make_book(cast), cast.clerk)
    delegate(
        cast.leader.post,
        receiver=cast.division_head.post,
        rights=["incoming.instruct", "tasks.assign"],
        source="Giấy ủy quyền 01/GUQ-STTTT",
        valid_from=MONDAY,
        valid_to=MONDAY + 2 * DAY,
        actor=cast.leader,
        at=AT,
    )
    (standing_in,) = (one for one in actors_of(cast.division_head.officer.pk, on=MONDAY) if one.is_substitute)
    address = f"/incoming/{document.pk}/instruction/"
    page = {
        "key": str(uuid.uuid4()),
        "rows": "1",
        "instruction": "Giao Phòng BCVT",
        "row0-title": "Tham mưu kế hoạch",
        "row0-lead": f"unit:{cast.bcvt.pk}",
        "row0-due": "20/03/2014",
    }
    login(client, standing_in)
    with time_machine.travel(AT, tick=False):
        assert client.get(address).status_code == 200
    with time_machine.travel(AT + 2 * DAY, tick=False):
        refused = client.post(address, page)
        assert refused.status_code == 403
        assert "đã hết hiệu lực" in refused.content.decode()
        again = client.post(address, page)
        assert again.status_code in {403, 404}
        assert client.get("/").status_code == 200
    assert not Task.objects.exists()
    login(client, standing_in)
    with time_machine.travel(AT + DAY, tick=False):
        assert client.post(address, page).status_code == 302
    event = Event.objects.get(kind="task.assigned")
    assert (event.post, event.own_post) == (cast.leader.post, cast.division_head.post)


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("data_directory")
def test_what_an_hour_without_a_worker_left_undone_is_done_once_when_it_is_back(cast: Cast) -> None:
    """A real worker, in this process, on the jobs that operations deferred while there was none."""
    book = make_book(cast)
    for minute in range(0, 60, 10):
        at = AT + dt.timedelta(minutes=minute)
        document = make_document(book, cast.clerk, symbol=f"{minute}/QĐ-UBND", at=at)
        give(cast, document, at, title=f"Việc phút {minute}")
    text = "Số: 275/UBND-VX\nV/v rà soát trạm truyền thanh cơ sở\n".encode()
    intake = take_in(receive([text], name="a.txt", actor=cast.clerk, at=AT), actor=cast.clerk, at=AT)
    given = Notice.objects.filter(post=cast.division_head.post).count()
    waiting = Delivery.objects.exclude(state=Delivery.State.SENT).count()
    assert given == 6
    assert waiting >= 6
    assert intake.state == Intake.State.READING
    with time_machine.travel(AT + dt.timedelta(hours=1), tick=True):
        work()
        work()
    intake.refresh_from_db()
    assert intake.state == Intake.State.READY
    letters = [letter for letter in mail.outbox if letter.to == ["division_head@example.com"]]
    assert len(letters) == 6
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == len(mail.outbox) == waiting
    assert not Delivery.objects.exclude(state=Delivery.State.SENT).exists()
    assert Notice.objects.filter(post=cast.division_head.post).count() == given


def work() -> None:
    """Run what is due, as the worker does after its start, and end."""
    app.configure_task("lienthong.notifications.jobs.deliver").defer(timestamp=0)
    connector: Any = app.connector
    # In a thread of its own: once a browser was open, an event loop runs in this one.
    # In a thread of its own: once a browser was open, an event loop runs in this one.
    with app.replace_connector(connector.get_worker_connector()) as worker, ThreadPoolExecutor(1) as pool:
        pool.submit(worker.run_worker, wait=False, install_signal_handlers=False, listen_notify=False).result()
