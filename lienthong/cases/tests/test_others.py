"""Other offices in a case: asked in parallel, the right one found, a step taken back; figures that stay true."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from lienthong.cases import operations
from lienthong.cases.models import Case, CaseFigure, Consultation
from lienthong.cases.operations import Given
from lienthong.cases.queries.recount import differences
from lienthong.cases.tests.builders import a_case, citizen, version
from lienthong.cases.tests.test_fees import HOUSE, HOUSE_PAPERS
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Notice
from lienthong.organisation.actor import Actor
from lienthong.organisation.operations import found_unit
from lienthong.tasks.models import Task
from lienthong.tasks.queries import inbox
from tests.cast import AT, COMMUNE_CODE, Cast, Login

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
GAME: dict[str, Any] = {
    "ten_diem": "Internet Bình Minh", "dia_diem": {"commune": COMMUNE_CODE, "street": "Thôn 2"},
    "chu_diem": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"}, "dkkd_so": "48A8001234",
    "khoang_cach": "350", "dien_tich": "60", "so_may": "20",
}  # fmt: skip


def a_game_point(cast: Cast, at: dt.datetime = AT) -> Case:
    """Receive a game point at the district's desk; its part that handles the sector holds it."""
    papers = {"don": Given(1), "dkkd": Given(copies=1), "giay_to": Given(copies=1)}
    applicant = citizen(cast.commune_desk_officer)
    prepared = operations.Reception(
        version("1.013792"), applicant, cast.district_desk, key=uuid.uuid4(), values=GAME, papers=papers
    )
    return operations.receive(prepared, actor=cast.district_desk_officer, at=at)


def _consult(case: Case, cast: Cast, **more: Any) -> list[Consultation]:
    said = {"question": "Địa điểm có cách trường 200 m không?", "limit": "3 ngày làm việc", **more}
    units = said.pop("units", [cast.commune, cast.stttt])
    return operations.consult(case, units, actor=cast.district_leader, at=AT, **said)


def test_units_are_asked_in_parallel_and_their_answers_come_to_the_holder(cast: Cast) -> None:
    case = a_game_point(cast)
    rows = _consult(case, cast)
    assert inbox.counts([cast.commune_leader], AT).tabs["new"] == 1
    assert Case.objects.visible_to(cast.leader).filter(pk=case.pk).exists()
    operations.answer(rows[0], text="Cách cổng trường 350 m", agrees=True, actor=cast.commune_leader, at=AT + HOUR)
    operations.answer(rows[1], text="Đủ điều kiện", agrees=True, actor=cast.leader, at=AT + 2 * HOUR)
    texts = list(Notice.objects.filter(kind="case.answered").order_by("pk").values_list("text", flat=True))
    assert "còn 1 nơi chưa trả lời" in texts[0]
    assert "đã đủ ý kiến" in texts[1]
    assert set(Task.objects.filter(subject_kind="consultation").values_list("state", flat=True)) == {"done"}


def test_what_cannot_be_asked(cast: Cast) -> None:
    case = a_game_point(cast)
    for wrong, words in (
        ({"units": []}, "Chọn từ 1"),
        ({"question": " "}, "ghi nội dung"),
        ({"limit": "30 ngày làm việc"}, "sau cả hạn"),
        ({"units": [case.holder_unit]}, "chính đơn vị"),
    ):
        with pytest.raises(Refusal, match=words):
            _consult(case, cast, **wrong)
    _consult(case, cast)
    with pytest.raises(Refusal, match="đã được hỏi"):
        _consult(case, cast, units=[cast.commune])
    with pytest.raises(Forbidden):
        operations.consult(case, [cast.commune], question="x", limit="1 ngày làm việc", actor=cast.registrar, at=AT)


def test_only_the_unit_asked_answers_and_once(cast: Cast) -> None:
    row = _consult(a_game_point(cast), cast)[0]
    with pytest.raises(Forbidden):
        operations.answer(row, text="Được", agrees=True, actor=cast.health_leader, at=AT)
    with pytest.raises(Refusal, match="ghi ý kiến"):
        operations.answer(row, text="", agrees=True, actor=cast.commune_leader, at=AT)
    operations.answer(row, text="Được", agrees=True, actor=cast.commune_leader, at=AT)
    with pytest.raises(Refusal, match="đã trả lời"):
        operations.answer(row, text="Không", agrees=False, actor=cast.commune_leader, at=AT)


def test_a_question_is_taken_back_and_ends_with_its_case(cast: Cast) -> None:
    case = a_game_point(cast)
    first, second = _consult(case, cast)
    operations.call_off(first, reason="Hỏi nhầm", actor=cast.district_leader, at=AT)
    operations.withdraw(case, reason="Thôi", actor=cast.district_desk_officer, at=AT)
    second.refresh_from_db()
    assert second.cancelled_at == AT
    with pytest.raises(Refusal):
        operations.answer(second, text="Được", agrees=True, actor=cast.leader, at=AT)


def test_the_last_step_is_taken_back_while_nobody_acted_on_it(cast: Cast) -> None:
    case = a_case(cast)
    before = case.step
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    case = operations.undo(case, actor=cast.registrar, at=AT + HOUR)
    assert (case.step, case.status, case.holder_post_id) == (before, Case.Status.RECEIVED, cast.registrar.post.pk)
    assert inbox.counts([cast.commune_leader], AT).tabs["todo"] == 0
    assert inbox.counts([cast.registrar], AT).tabs["todo"] == 1
    operations.act(case, "propose", actor=cast.registrar, at=AT + HOUR)
    assert case.hand_overs.filter(is_undone=True).count() == 1


def test_what_cannot_be_taken_back(cast: Cast) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match="không phải của bạn"):
        operations.undo(case, actor=cast.registrar, at=AT)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="không phải của bạn"):
        operations.undo(case, actor=cast.commune_leader, at=AT)
    operations.take(case, actor=cast.commune_leader, at=AT)
    with pytest.raises(Refusal, match="Không hoàn tác được nữa"):
        operations.undo(case, actor=cast.registrar, at=AT)


def test_a_signature_taken_back_puts_the_figures_right(cast: Cast) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    case = operations.undo(case, actor=cast.commune_leader, at=AT + HOUR)
    assert case.finished_at is None
    assert case.status == Case.Status.IN_PROGRESS
    assert differences() == []


def test_what_left_for_another_agency_is_not_taken_back(cast: Cast) -> None:
    case = a_case(cast, version=version("1.013225"), values=HOUSE, papers=HOUSE_PAPERS)
    operations.act(case, "forward", actor=cast.commune_leader, at=AT)
    with pytest.raises(Refusal, match="đã chuyển sang"):
        operations.undo(case, actor=cast.commune_leader, at=AT)


def test_a_case_goes_on_to_the_agency_that_is_competent(cast: Cast) -> None:
    case = a_case(cast)
    code, due_at = case.code, case.due_at
    with pytest.raises(Refusal, match="cùng cấp"):
        operations.pass_on(case, cast.district, reason="Nhầm", actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="chính cơ quan này"):
        operations.pass_on(case, cast.commune, reason="Nhầm", actor=cast.registrar, at=AT)
    other = _another_commune(cast)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        operations.pass_on(case, other, reason=" ", actor=cast.registrar, at=AT)
    case = operations.pass_on(case, other, reason="Mẹ cư trú ở xã khác", actor=cast.registrar, at=AT + HOUR)
    assert (case.code, case.due_at, case.competent_agency) == (code, due_at, other)
    assert case.holder_unit == other
    assert CaseFigure.objects.get(measure="received", agency=other).count == 1
    assert differences() == []


def _another_commune(cast: Cast) -> Any:
    return found_unit(
        kind="commune", name="Ủy ban nhân dân xã Phước Thể", short_name="UBND xã Phước Thể", parent=cast.district,
        is_agency=True, symbol="UBND", order=99, valid_from=dt.date(2010, 1, 1), actor=None, at=AT,
    )  # fmt: skip


def _walk(case: Case, cast: Cast, rng: random.Random, at: dt.datetime) -> dt.datetime:
    """Do something that may be done, whatever it is."""
    actors: list[Actor] = [cast.registrar, cast.commune_leader, cast.commune_desk_officer]
    verbs: list[Any] = [
        lambda a: operations.act(case, "propose", actor=a, at=at),
        lambda a: operations.act(case, "sign", actor=a, at=at),
        lambda a: operations.act(case, "send_back", reason="Sai", actor=a, at=at),
        lambda a: operations.act(case, "decline", reason="Không đúng", actor=a, at=at),
        lambda a: operations.undo(case, actor=a, at=at),
        lambda a: operations.request_supplement(case, papers={"to_khai": "Thiếu"}, actor=a, at=at),
        lambda a: operations.supply(case, papers={"to_khai": Given(1)}, actor=a, at=at),
        lambda a: operations.hand_over(case, receiver="Nam", actor=a, at=at),
        lambda a: operations.apologise(case, reason="Bận", until=at.date() + dt.timedelta(days=4), actor=a, at=at),
        lambda a: operations.withdraw(case, reason="Thôi", actor=a, at=at),
    ]
    weights = [6, 6, 2, 0.3, 2, 2, 4, 5, 1, 0.2]
    for _ in range(12):
        try:
            rng.choices(verbs, weights)[0](rng.choice(actors))
        except Refusal:
            continue
        break
    return at + dt.timedelta(minutes=rng.randrange(1, 600))


@pytest.mark.parametrize("seed", range(4))
def test_after_any_walk_the_figures_are_what_the_cases_say(seed: int, cast: Cast) -> None:
    rng = random.Random(seed)  # noqa: S311 - the same walk every time
    applicant = citizen(cast.commune_desk_officer)
    cases = [a_case(cast, applicant=applicant, at=AT + n * HOUR) for n in range(4)]
    at = AT + 4 * HOUR
    for _ in range(30):
        at = _walk(rng.choice(cases), cast, rng, at)
    assert differences() == []
    assert CaseFigure.objects.filter(count__gt=0).count() > 3


def test_recounting_finds_and_mends_a_wrong_figure(cast: Cast) -> None:
    a_case(cast)
    out = StringIO()
    call_command("cases", "recount", stdout=out)
    assert "0 khác biệt" in out.getvalue()
    CaseFigure.objects.update(count=7)
    with pytest.raises(CommandError, match="1 số liệu khác"):
        call_command("cases", "recount", stderr=StringIO())
    call_command("cases", "recount", "--mend", stdout=StringIO(), stderr=StringIO())
    assert differences() == []


@pytest.mark.usefixtures("on_monday")
def test_asking_answering_undoing_and_passing_on_by_the_pages(client: Client, cast: Cast, login: Login) -> None:
    case = a_game_point(cast)
    district = login(client, cast.district_leader)
    url = reverse("cases:consult", args=[case.pk])
    assert district.post(url, {"question": "x", "limit": "1 ngày làm việc"}).status_code == 422
    said = {"units": [cast.commune.pk], "question": "Được không?", "limit": "2 ngày làm việc"}
    assert district.post(url, said).status_code == 302
    row = Consultation.objects.get()
    commune = login(Client(), cast.commune_leader)
    page = commune.get(reverse("cases:show", args=[case.pk])).content.decode()
    assert reverse("cases:answer", args=[case.pk, row.pk]) in page
    commune.post(reverse("cases:answer", args=[case.pk, row.pk]), {"agrees": "no", "text": "Gần trường"})
    assert "không thống nhất" in district.get(reverse("cases:show", args=[case.pk])).content.decode()
    birth = a_case(cast, applicant=case.applicant)
    registrar = login(Client(), cast.registrar)
    operations.act(birth, "propose", actor=cast.registrar, at=AT)
    assert "Hoàn tác" in registrar.get(reverse("cases:show", args=[birth.pk])).content.decode()
    registrar.post(reverse("cases:undo", args=[birth.pk]))
    birth.refresh_from_db()
    assert birth.holder_post_id == cast.registrar.post.pk
    other = _another_commune(cast)
    registrar.post(reverse("cases:pass_on", args=[birth.pk]), {"agency": other.pk, "reason": "Nhầm xã"})
    birth.refresh_from_db()
    assert birth.competent_agency == other
