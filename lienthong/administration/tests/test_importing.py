"""A sheet on its way in: tried by a job, agreed to, entered once and whole, killed, given up, told."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from lienthong.administration.models import ImportRun
from lienthong.administration.operations import (
    cancel_import,
    confirm_import,
    forget_imports,
    hand_in,
    resume_imports,
    work_on,
    working,
)
from lienthong.administration.operations.importing import KEPT_FOR
from lienthong.administration.operations.working import ATTEMPTS, LEASE
from lienthong.journal.models import Event
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import end_post, found_unit, import_organisation
from lienthong.organisation.sheets import UNITS, Row
from tests.cast import AT, Cast, Login

State = ImportRun.State
HEADINGS = "Mã nội bộ;Tên đầy đủ;Loại;Từ ngày"


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signs of life go over another connection, which does not see what a test has not committed."""
    monkeypatch.setattr(working, "EVERY", 3600.0)


def rows_of(count: int, *, kind: str = "Khác") -> list[Row]:
    """Return rows of so many new units."""
    cells = ({"code": f"X{n}", "name": f"Đơn vị {n}", "kind": kind, "valid_from": "01/02/2014"} for n in range(count))
    return [Row(UNITS, number, one) for number, one in enumerate(cells, start=2)]


def handed_in(cast: Cast, count: int = 3, *, kind: str = "Khác") -> ImportRun:
    return hand_in(rows_of(count, kind=kind), file_name="co-cau.xlsx", actor=cast.administrator, at=AT)


def work(run: ImportRun, at: dt.datetime = AT) -> ImportRun:
    return work_on(run, clock=lambda: at)


def made() -> int:
    return Unit.objects.filter(name__startswith="Đơn vị ").count()


def test_a_sheet_is_tried_agreed_to_and_entered_once(cast: Cast) -> None:
    run = work(handed_in(cast))
    assert (run.state, run.counts["new"], run.done, made()) == (State.TRIED, 3, 3, 0)
    confirm_import(run, actor=cast.administrator, at=AT)
    assert confirm_import(run, actor=cast.administrator, at=AT).state == State.KEEPING  # a second press
    run = work(run)
    assert (run.state, run.rows, made()) == (State.KEPT, [], 3)
    assert work(run).state == State.KEPT  # a job that comes twice
    assert confirm_import(run, actor=cast.administrator, at=AT).state == State.KEPT
    assert made() == 3
    kinds = Event.objects.filter(subject_kind="import", subject_id=run.pk).order_by("sequence")
    expected = ["import.handed_in", "import.tried", "import.confirmed", "import.kept"]
    assert list(kinds.values_list("kind", flat=True)) == expected
    with pytest.raises(Refusal, match="đã nhập xong"):
        cancel_import(run, actor=cast.administrator, at=AT)


def test_the_same_sheet_while_it_is_tried_is_that_one(cast: Cast) -> None:
    first = handed_in(cast)
    assert handed_in(cast) == first
    assert ProcrastinateJob.objects.filter(task_name="lienthong.administration.jobs.work").count() == 1
    work(first)
    assert handed_in(cast) != first


def test_one_wrong_row_lets_nothing_in(cast: Cast) -> None:
    run = work(handed_in(cast, kind="Lâu đài"))
    assert (run.state, run.counts["wrong"], run.may_be_kept) == (State.TRIED, 3, False)
    with pytest.raises(Refusal, match="không nhập được nữa"):
        confirm_import(run, actor=cast.administrator, at=AT)


def test_what_changed_since_the_trial_is_told_and_nothing_is_entered(cast: Cast) -> None:
    run = confirm_import(work(handed_in(cast)), actor=cast.administrator, at=AT)
    found_unit(kind="other", name="Đơn vị 1", valid_from=dt.date(2014, 1, 1), actor=None, at=AT)
    run = work(run)
    assert (run.state, run.counts["wrong"], made()) == (State.TRIED, 1, 1)


def test_only_who_keeps_the_organisation_hands_in(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        hand_in(rows_of(1), file_name="a.xlsx", actor=cast.leader, at=AT)
    run = handed_in(cast)
    for act in (confirm_import, cancel_import):
        with pytest.raises(Forbidden):
            act(run, actor=cast.leader, at=AT)
    assert not ImportRun.objects.visible_to(cast.leader).exists()


def test_who_lost_the_post_meanwhile_enters_nothing(cast: Cast) -> None:
    run = confirm_import(work(handed_in(cast)), actor=cast.administrator, at=AT)
    end_post(cast.administrator.post, on=AT.date(), actor=None, at=AT)
    run = work(run, AT + dt.timedelta(days=1))
    assert (run.state, made()) == (State.FAILED, 0)
    assert "không còn giữ chức vụ" in run.error


def test_a_killed_run_leaves_nothing_and_is_begun_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    run, at = confirm_import(work(handed_in(cast)), actor=cast.administrator, at=AT), AT
    with monkeypatch.context() as patch:
        patch.setattr(working, "_finish", killed)
        with pytest.raises(Killed):
            work(run, at)
        assert made() == 0
        assert resume_imports(at=at + LEASE / 2) == 0  # it may still be alive
        assert work(run, at + LEASE / 2).attempts == 1
    at += LEASE
    assert resume_imports(at=at) == 1
    assert (work(run, at).state, made()) == (State.KEPT, 3)


def test_a_run_killed_three_times_is_given_up(cast: Cast) -> None:
    run = handed_in(cast)
    ImportRun.objects.filter(pk=run.pk).update(attempts=ATTEMPTS, is_taken=True)
    assert resume_imports(at=AT + LEASE) == 1
    run.refresh_from_db()
    assert (run.state, run.rows) == (State.FAILED, [])
    assert "dừng giữa chừng" in Notice.objects.get(kind="import.finished").text


def test_a_fault_of_ours_is_tried_again_and_then_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    run, at = handed_in(cast), AT
    monkeypatch.setattr(working, "import_organisation", broken)
    for _ in range(ATTEMPTS):
        with pytest.raises(RuntimeError):
            work(run, at)
        at += LEASE
        resume_imports(at=at)
    run.refresh_from_db()
    assert (run.state, run.error) == (State.FAILED, working.BROKEN)


def test_giving_up_stops_the_job_and_undoes_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    run = confirm_import(work(handed_in(cast)), actor=cast.administrator, at=AT)
    whole = import_organisation

    def given_up_meanwhile(*args: object, **more: object) -> object:
        report = whole(*args, **more)  # type: ignore[arg-type]  # handed on as they came
        cancel_import(run, actor=cast.administrator, at=AT)
        return report

    monkeypatch.setattr(working, "import_organisation", given_up_meanwhile)
    work(run)
    assert made() == 0


def test_rows_that_nobody_entered_are_forgotten_after_a_month(cast: Cast) -> None:
    run = work(handed_in(cast))
    assert forget_imports(at=AT + KEPT_FOR / 2) == 0
    assert forget_imports(at=AT + KEPT_FOR + dt.timedelta(seconds=1)) == 1
    run.refresh_from_db()
    assert (run.rows, run.may_be_kept, run.counts["new"]) == ([], False, 3)


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_nothing_is_kept_yet(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "EVERY", 0.0)
    seen: list[tuple[int, int]] = []
    run = confirm_import(work(handed_in(cast)), actor=cast.administrator, at=AT)
    whole = import_organisation

    def watched(*args: object, progress: Callable[[int], None], **more: object) -> object:
        def look(done: int) -> None:
            progress(done)
            beside = connection.copy()
            with beside.cursor() as cursor:
                cursor.execute("SELECT done FROM administration_importrun WHERE id = %s", [run.pk])
                told = cursor.fetchone()[0]
                cursor.execute("SELECT count(*) FROM organisation_unit WHERE name LIKE 'Đơn vị %%'")
                seen.append((told, cursor.fetchone()[0]))
            beside.close()

        return whole(*args, progress=look, **more)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(working, "import_organisation", watched)
    assert work(run).state == State.KEPT
    assert seen == [(1, 0), (2, 0), (3, 0)]
    assert made() == 3


def test_the_pages_lead_from_the_file_to_the_entry(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    lines = "\n".join(f"X{n};Đơn vị {n};Khác;01/02/2014" for n in range(130))
    sheet = SimpleUploadedFile("co-cau.csv", f"{HEADINGS}\n{lines}\n".encode())
    waiting = client.post(reverse("administration:organisation_import"), {"sheet": sheet}, follow=True)
    assert "Sắp bắt đầu" in waiting.text
    run = ImportRun.objects.get()
    address = reverse("administration:import_run", args=[run.pk])
    piece = client.get(address, headers={"HX-Request": "true"}).text
    assert 'hx-trigger="every 1s"' in piece
    assert "<html" not in piece
    work(run)
    page = client.get(address).text
    assert "Thêm Đơn vị 99" in page
    assert "Thêm Đơn vị 100" not in page
    assert "Thêm Đơn vị 100" in client.get(address, {"state": "new", "page": "2"}).text
    assert client.get(address, {"state": "x'", "page": "999999"}).status_code == 200
    report = client.get(reverse("administration:import_report", args=[run.pk]))
    assert load_workbook(io.BytesIO(report.content)).worksheets[0].max_row == 132
    client.post(reverse("administration:import_entry", args=[run.pk]))
    work(run)
    assert "Đã nhập cả tệp" in client.get(address).text
    assert "Đã nhập" in client.get(reverse("administration:organisation_import")).text
    assert made() == 130


def test_a_sheet_is_given_up_on_its_page(cast: Cast, client: Client, login: Login) -> None:
    run = work(handed_in(cast))
    login(client, cast.administrator)
    answer = client.post(reverse("administration:import_cancellation", args=[run.pk]), follow=True)
    assert "Chưa có gì được ghi" in answer.text
    assert "Tệp này đã bỏ" in client.get(reverse("administration:import_run", args=[run.pk])).text
    refused = client.post(reverse("administration:import_entry", args=[run.pk]))
    assert refused.status_code == 409
    login(client, cast.leader)
    assert client.get(reverse("administration:import_run", args=[run.pk])).status_code == 403
