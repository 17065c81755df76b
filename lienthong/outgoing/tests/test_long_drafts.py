"""A draft of hundreds of pages is set and checked by a job; its page says so, and nobody signs before that is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from lienthong.kernel.refusal import Refusal
from lienthong.outgoing import jobs
from lienthong.outgoing.models import Draft, LongCheck
from lienthong.outgoing.operations.checking import SILENT, ask_for_check
from lienthong.outgoing.operations.drafting import save
from lienthong.outgoing.operations.marking import set_marks
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.queries import checks
from lienthong.outgoing.tests.builders import WORDING, address, make_draft, put_before
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db
SENTENCE = "Trong năm, các cơ quan đã phối hợp  thực hiện nghiêm túc các nhiệm vụ được giao theo kế hoạch. "


@pytest.fixture(autouse=True)
def _shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft is long from ten pages on: the way is the same, the tests are quicker."""
    monkeypatch.setattr(checks, "LONG", 30_000)


@pytest.fixture
def draft(cast: Cast) -> Draft:
    body = "\n".join(f"{number}. {SENTENCE * 4}" for number in range(1, 101))
    return make_draft(cast.specialist, wording=replace(WORDING, body=body))


def asked() -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name="lienthong.outgoing.jobs.check").order_by("pk"))


def work() -> None:
    """Do every job that was asked for, as the worker does."""
    for job in asked():
        jobs.check(**job.args)


def test_its_page_says_that_it_is_being_checked_and_then_what_was_found(
    cast: Cast, client: Client, login: Login, draft: Draft
) -> None:
    login(client, cast.specialist)
    address_of_draft, checking = (reverse(f"outgoing:{name}", args=[draft.pk]) for name in ("draft", "checking"))
    page = client.get(address_of_draft).content.decode()
    assert page.count("Đang kiểm tra …") == 2
    assert f'hx-post="{checking}?whole=1"' in page
    assert not asked(), "looking at a page begins nothing"
    waiting = client.post(f"{checking}?whole=1", headers={"HX-Request": "true"})
    assert "Đang chờ máy chủ rảnh" in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    client.post(f"{checking}?whole=1", headers={"HX-Request": "true"})
    assert len(asked()) == 1, "asking again begins nothing anew"
    work()
    done = client.post(f"{checking}?whole=1", headers={"HX-Request": "true"})
    assert done["HX-Refresh"] == "true"
    page = client.get(address_of_draft).content.decode()
    assert "Đang kiểm tra" not in page
    assert LongCheck.objects.get().pages > 10
    assert f"Trang {LongCheck.objects.get().pages} của dự thảo" in page


def test_the_job_finds_what_the_page_of_a_short_draft_would(draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_for_check(draft, at=AT)
    work()
    version, on = draft.versions.get(), AT.date()
    official = pages_of_draft(draft, on=on)
    by_job = checks.checked(draft, version, official, on=on)
    monkeypatch.setattr(checks, "LONG", 10**9)
    assert checks.checked(draft, version, official, on=on).findings == by_job.findings
    assert checks.checked(draft, version, official, on=on).pages == by_job.pages
    assert checks.set_pdf(draft, version, official, on=on) == bytes(LongCheck.objects.get().pdf or b"")


def test_the_editor_gets_the_pages_without_losing_what_is_typed(
    cast: Cast, client: Client, login: Login, draft: Draft
) -> None:
    login(client, cast.specialist)
    assert "Đang kiểm tra …" in client.get(reverse("outgoing:edit", args=[draft.pk])).content.decode()
    client.post(reverse("outgoing:checking", args=[draft.pk]))
    work()
    answer = client.post(reverse("outgoing:checking", args=[draft.pk]), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in answer
    assert "Trang 1 của dự thảo" in answer.content.decode()


def test_signing_waits_for_the_check_of_that_very_version(cast: Cast, draft: Draft) -> None:
    ask_for_check(draft, at=AT)
    work()
    address(cast, draft, cast.specialist)  # other recipients: another paper
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    draft.refresh_from_db()
    with pytest.raises(Refusal, match="chờ kiểm tra xong rồi ký"):
        sign(draft, version=1, actor=cast.leader, at=AT)
    ask_for_check(draft, at=AT)
    with pytest.raises(Refusal, match="chờ kiểm tra xong rồi ký"):
        sign(draft, version=1, actor=cast.leader, at=AT)
    work()
    assert sign(draft, version=1, actor=cast.leader, at=AT).version.number == 1


def test_a_short_draft_is_signed_as_before(cast: Cast) -> None:
    draft = address(cast, make_draft(cast.specialist), cast.specialist)
    put_before(cast, draft, cast.leader, actor=cast.specialist)
    assert ask_for_check(draft, at=AT) is None
    sign(draft, version=1, actor=cast.leader, at=AT)
    assert not asked()


def test_a_changed_paper_is_checked_anew_and_the_old_job_writes_nothing(cast: Cast, draft: Draft) -> None:
    ask_for_check(draft, at=AT)
    last = draft.versions.get()
    save(draft, replace(WORDING, body=last.body + "\nThêm./."), number=1, revision=1, actor=cast.specialist, at=AT)
    work()
    assert LongCheck.objects.get().state == LongCheck.State.WAITING
    ask_for_check(draft, at=AT)
    assert len(asked()) == 2
    work()
    row = LongCheck.objects.get()
    assert row.state == LongCheck.State.DONE
    set_marks(draft, urgency="express", circulation="", actor=cast.specialist, at=AT)
    assert ask_for_check(draft, at=AT) is not None
    assert LongCheck.objects.get().state == LongCheck.State.WAITING, "a mark is on the paper too"


def test_a_job_that_was_killed_is_begun_again(draft: Draft) -> None:
    ask_for_check(draft, at=AT)
    LongCheck.objects.update(state=LongCheck.State.SETTING)
    ask_for_check(draft, at=AT + SILENT - dt.timedelta(seconds=1))
    assert len(asked()) == 1
    ask_for_check(draft, at=AT + SILENT)
    assert len(asked()) == 2


def test_a_job_that_fails_says_so_and_is_not_tried_every_two_seconds(
    draft: Draft, cast: Cast, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object, **_more: object) -> bytes:
        message = "no room"
        raise OSError(message)

    login(client, cast.specialist)
    client.post(reverse("outgoing:checking", args=[draft.pk]))
    monkeypatch.setattr("lienthong.outgoing.operations.checking.set_pages", fail)
    with pytest.raises(OSError, match="no room"):
        work()
    assert LongCheck.objects.get().state == LongCheck.State.FAILED
    page = client.post(reverse("outgoing:checking", args=[draft.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "Hệ thống đang thử lại" in page


def test_who_may_not_see_a_draft_has_nothing_checked(cast: Cast, client: Client, login: Login, draft: Draft) -> None:
    login(client, cast.health_clerk)
    answer = client.post(reverse("outgoing:checking", args=[draft.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert not asked()
