"""What applicants think: rated once after the end, complained of at any time, answered by the leader; figures true."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.test import Client

from lienthong.cases import operations, scales
from lienthong.cases.models import Case, Complaint, Rating
from lienthong.cases.queries.recount import differences
from lienthong.cases.queries.statistics import statistics_of
from lienthong.cases.queries.statistics_counts import Slice
from lienthong.cases.queries.statistics_lists import cases_of
from lienthong.cases.tests.builders import a_case
from lienthong.kernel.clock import local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.notifications.models import Delivery, Notice
from lienthong.tasks.models import Task
from lienthong.tasks.queries import inbox
from tests.cast import AT, MONDAY, Cast, Login

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
MARCH = Slice(dt.date(2014, 3, 1), dt.date(2014, 3, 31))


def ended(cast: Cast, **more: object) -> Case:
    case = a_case(cast, **more)  # type: ignore[arg-type] # passed on as they are
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    desk = cast.commune_desk_officer
    operations.write_result(case, "giay_khai_sinh", symbol="1", signer="Đinh Công Tráng", actor=desk, at=AT)
    return operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT)


def satisfaction() -> float | None:
    return statistics_of(MARCH, "unit", at=AT + DAY).sum.satisfaction


def complained(case: Case, text: str = "Chờ lâu", *, key: uuid.UUID | None = None) -> Complaint:
    return operations.complain(case, text=text, key=key or uuid.uuid4(), author="Trần Văn Nam", at=AT)


def test_the_scale_is_dated_and_names_its_source() -> None:
    scale = scales.scale_on(MONDAY)
    assert [name for _, name, _ in scale.levels] == ["Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng"]
    assert "766/QĐ-TTg" in scale.source
    with pytest.raises(Refusal, match="Chưa có quy định"):
        scales.scale_on(dt.date(1999, 12, 31))


def test_ratings_are_counted_and_a_recount_says_the_same(cast: Cast) -> None:
    first = ended(cast)
    second, third = ended(cast, applicant=first.applicant), ended(cast, applicant=first.applicant)
    assert satisfaction() is None
    operations.rate(first, level="very_good", at=AT)
    operations.rate(second, level="fair", text="Được", at=AT)
    operations.rate(third, level="poor", reasons=["late"], at=AT)
    assert satisfaction() == 66.67
    assert differences() == []
    operations.rate(third, level="good", at=AT + 2 * DAY)
    assert satisfaction() == 100
    assert differences() == []
    operations.rate(third, level="poor", text="Nghĩ lại", at=AT + 3 * DAY)
    assert satisfaction() == 66.67
    assert differences() == []


def test_a_case_is_rated_after_its_end_once_and_changed_for_some_days(cast: Cast) -> None:
    running = a_case(cast)
    with pytest.raises(Refusal, match="chưa kết thúc"):
        operations.rate(running, level="good", at=AT)
    case = ended(cast, applicant=running.applicant)
    for said, words in (
        ({"level": "superb"}, "Chọn một mức"),
        ({"level": "poor"}, "chọn lý do"),
        ({"level": "poor", "reasons": ["weather"]}, "trong danh sách"),
        ({"level": "good", "text": "x" * 2001}, "dài quá 2000"),
    ):
        with pytest.raises(Refusal, match=words):
            operations.rate(case, **said, at=AT)
    operations.rate(case, level="good", at=AT)
    with pytest.raises(Refusal, match="Chỉ sửa được trong 5 ngày"):
        operations.rate(case, level="poor", text="Muộn", at=AT + 6 * DAY)
    assert Rating.objects.get().level == "good"
    late = ended(cast, applicant=running.applicant)
    with pytest.raises(Refusal, match="quá 90 ngày"):
        operations.rate(late, level="good", at=AT + 91 * DAY)


def test_a_complaint_comes_before_the_leader_with_its_limit_and_is_answered(cast: Cast) -> None:
    case, key = a_case(cast), uuid.uuid4()
    row = complained(case, key=key)
    assert complained(case, key=key) == row
    assert local(row.answer_by).strftime("%H:%M %d/%m") == "17:00 17/03"
    assert inbox.counts([cast.commune_leader], AT).tabs["new"] == 1
    assert inbox.counts([cast.registrar], AT).tabs["new"] == 1, "the case itself, not the complaint"
    assert Notice.objects.filter(kind="case.complained", post=cast.commune_leader.post).exists()
    with pytest.raises(Refusal, match="đang chờ trả lời"):
        complained(case)
    for actor in (cast.registrar, cast.commune_desk_officer, cast.outsider):
        with pytest.raises(Forbidden, match="Chỉ lãnh đạo"):
            operations.answer_complaint(row, text="Xin lỗi", actor=actor, at=AT)
    with pytest.raises(Refusal, match="Hãy ghi nội dung"):
        operations.answer_complaint(row, text=" ", actor=cast.commune_leader, at=AT)
    operations.answer_complaint(row, text="Sẽ xong chiều nay", actor=cast.commune_leader, at=AT)
    assert Task.objects.get(subject_kind="complaint").state == Task.State.DONE
    assert "đã trả lời phản ánh" in Delivery.objects.filter(subject_id=case.pk).order_by("-pk")[0].heading
    with pytest.raises(Refusal, match="đã được trả lời"):
        operations.answer_complaint(row, text="Nữa", actor=cast.commune_leader, at=AT)
    assert complained(case, "Vẫn chưa xong").pk != row.pk


@pytest.mark.parametrize(("text", "words"), [(" ", "Hãy ghi nội dung"), ("x" * 4001, "dài quá 4000")])
def test_a_complaint_says_something_and_not_too_much(cast: Cast, text: str, words: str) -> None:
    case = a_case(cast)
    with pytest.raises(Refusal, match=words):
        complained(case, text)
    assert complained(case, "x" * 4000).is_open


def test_long_after_the_end_one_writes_to_the_agency(cast: Cast) -> None:
    case = ended(cast)
    with pytest.raises(Refusal, match="quá 90 ngày"):
        operations.complain(case, text="x", key=uuid.uuid4(), at=AT + 91 * DAY)


def test_the_leader_answers_on_the_page_and_others_only_read_or_do_not(
    cast: Cast, login: Login, on_monday: None
) -> None:
    case = a_case(cast)
    row = complained(case, "Chờ lâu <quá>")
    address = f"/cases/complaints/{row.pk}/"
    leader = login(Client(), cast.commune_leader)
    page = leader.get(address).content.decode()
    assert "Chờ lâu &lt;quá&gt;" in page
    assert "Gửi trả lời" in page
    reader = login(Client(), cast.registrar)
    assert "Gửi trả lời" not in reader.get(address).content.decode()
    assert reader.post(address, {"text": "x"}).status_code == 403
    assert login(Client(), cast.outsider).get(address).status_code == 404
    assert leader.post(address, {"text": "x" * 4001}).status_code == 422
    assert "Đã trả lời" in leader.post(address, {"text": "Xin lỗi"}, follow=True).content.decode()
    record = reader.get(f"/cases/{case.pk}/").content.decode()
    assert "Đã trả lời" in record


def test_everybody_may_know_how_satisfied_people_are(cast: Cast, client: Client, on_monday: None) -> None:
    cache.clear()
    case = ended(cast)
    operations.rate(case, level="poor", reasons=["manner"], at=AT)
    operations.rate(ended(cast, applicant=case.applicant), level="good", at=AT)
    page = client.get("/ket-qua-giai-quyet/?ky=thang&format=csv").content.decode()
    assert "50" in next(line for line in page.splitlines() if "Chí Công" in line).split(",")[-1]


def test_the_figure_opens_its_ratings_with_reasons_for_those_who_may_open_the_case(
    cast: Cast, client: Client, login: Login, on_monday: None
) -> None:
    first = ended(cast)
    second = ended(cast, applicant=first.applicant)
    operations.rate(first, level="poor", reasons=["late"], at=AT)
    operations.rate(second, level="good", at=AT)
    period = "since=01/03/2014&until=31/03/2014"
    leader = login(client, cast.commune_leader)
    page = leader.get(f"/cases/statistics/?{period}").content.decode()
    assert "measure=rated" in page
    every = leader.get(f"/cases/statistics/list/?{period}&measure=rated").content.decode()
    assert first.code in every
    assert second.code in every
    assert "Không hài lòng: Giải quyết chậm" in every
    bad = leader.get(f"/cases/statistics/list/?{period}&measure=unsatisfied").content.decode()
    assert first.code in bad
    assert second.code not in bad
    beyond = login(Client(), cast.leader).get(f"/cases/statistics/list/?{period}&measure=rated").content.decode()
    assert first.code not in beyond
    counts = statistics_of(MARCH, "unit", at=AT + DAY).sum
    assert cases_of("rated", MARCH, at=AT + DAY).count() == counts.rated == 2


def test_a_satisfaction_of_nought_opens_its_list_too(cast: Cast, client: Client, login: Login, on_monday: None) -> None:
    operations.rate(ended(cast), level="poor", reasons=["late"], at=AT)
    page = login(client, cast.commune_leader).get("/cases/statistics/?since=01/03/2014&until=31/03/2014")
    assert "measure=rated" in page.content.decode()
    assert satisfaction() == 0
