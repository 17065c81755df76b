from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection

from lienthong.kernel.refusal import Refusal
from lienthong.tasks.due import Due
from lienthong.tasks.models import Report, Task
from lienthong.tasks.operations import Item, accept, assign, finish, verify
from lienthong.tasks.tests.conftest import DOCUMENT, FRIDAY, Give
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Run acts in threads that start together; a refusal is an answer like any other."""
    gate, answers = threading.Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            answers.append(act())
        except Refusal as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_one_page_sent_twice_at_the_same_instant_assigns_once(cast: Cast, at: dt.datetime) -> None:
    key, items = (
        uuid.uuid4(),
        [Item("Việc một", cast.cntt, Due.on(FRIDAY)), Item("Việc hai", cast.bcvt, Due.on(FRIDAY))],
    )

    def send() -> list[int]:
        return [task.pk for task in assign(DOCUMENT, items, key=key, actor=cast.leader, at=at)]

    first, second = at_once(send, send)
    assert first == second
    assert Task.objects.count() == 2


def test_two_who_finish_and_verify_at_the_same_instant_do_it_once(cast: Cast, give: Give, at: dt.datetime) -> None:
    task = accept(give(), actor=cast.division_head, at=at)

    def send() -> str:
        return finish(task, text="Xong", actor=cast.division_head, at=at).state

    answers = at_once(send, send)
    assert sum(answer == "reported" for answer in answers) == 1
    assert Report.objects.count() == 1

    def confirm() -> str:
        return verify(task, actor=cast.leader, at=at).state

    assert sum(answer == "done" for answer in at_once(confirm, confirm)) == 1
