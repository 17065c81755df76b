"""The pages of calendars, by who may see and do what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.calendars.clock import parse_limit
from lienthong.calendars.models import CalendarVersion, Deadline, WorkCalendar
from lienthong.calendars.operations import set_deadline
from lienthong.calendars.operations.versions import recompute_all
from lienthong.calendars.queries import work_calendar_named
from lienthong.kernel import subjects
from lienthong.kernel.subjects import Described, Subject, SubjectKind
from tests.cast import AT, Cast

PAPER = "Công văn 100/VPCP-KGVX ngày 03/03/2014"


@pytest.fixture
def common(cast: Cast) -> WorkCalendar:
    return work_calendar_named("Lịch chung")


@pytest.fixture
def deadline(cast: Cast) -> Iterator[Deadline]:
    seen = {cast.leader.post.pk}
    kind = SubjectKind(
        "thing",
        "Việc thử",
        describe=lambda pks: {pk: Described(f"Việc {pk}", "/") for pk in pks},
        is_visible=lambda actor, _pk: actor.post.pk in seen,
    )
    subjects.declare(kind)
    yield set_deadline(Subject("thing", 1), limit=parse_limit("3 ngày làm việc"), start=AT, actor=cast.leader, at=AT)
    subjects._kinds.pop("thing")


def signed_in(client: Client, actor: Any) -> Client:
    client.force_login(actor.officer.user)
    return client


def test_every_officer_reads_the_year_with_its_papers(client: Client, cast: Cast, common: WorkCalendar) -> None:
    page = signed_in(client, cast.specialist).get(reverse("calendars:show", args=[common.pk]), {"year": 2014})
    assert "28 tháng Chạp (hoán đổi, làm bù 25/01/2014)" in page.content.decode()
    assert "Chưa đối chiếu" in page.content.decode()
    assert "Sửa lịch" not in page.content.decode()


def test_the_list_tells_what_is_in_use(
    client: Client, cast: Cast, common: WorkCalendar, django_assert_max_num_queries: Any
) -> None:
    signed_in(client, cast.administrator).get(reverse("calendars:list"))
    with django_assert_max_num_queries(14):
        page = client.get(reverse("calendars:list")).content.decode()
    assert "Lịch chung" in page
    assert "Thêm lịch riêng" in page


def test_an_administrator_drafts_previews_and_publishes(
    client: Client, cast: Cast, common: WorkCalendar, deadline: Deadline
) -> None:
    signed_in(client, cast.administrator)
    draft = reverse("calendars:draft", args=[common.pk])
    client.post(draft, follow=True)
    day = {"date": "13/03/2014", "kind": "holiday", "name": "Nghỉ bão", "source": PAPER}
    page = client.post(reverse("calendars:draft_day", args=[common.pk]), day, follow=True).content.decode()
    assert "1 hạn đang mở sẽ đổi" in page
    assert "13/03/2014" in page
    page = client.post(
        reverse("calendars:publication", args=[common.pk]), {"decision": PAPER}, follow=True
    ).content.decode()
    assert "Đang tính lại" in page
    version = CalendarVersion.objects.get(calendar=common, number=2)
    recompute_all(version.recomputation, at=AT)
    page = client.get(reverse("calendars:report", args=[common.pk, 2])).content.decode()
    assert "Nghỉ bão" in page
    assert "Việc 1" not in page  # the administrator has no part in that work
    page = signed_in(client, cast.leader).get(reverse("calendars:report", args=[common.pk, 2])).content.decode()
    assert "Việc 1" in page


def test_what_is_wrong_stands_beside_its_field(client: Client, cast: Cast, common: WorkCalendar) -> None:
    signed_in(client, cast.administrator).post(reverse("calendars:draft", args=[common.pk]))
    day = {"date": "30/02/2014", "kind": "holiday", "name": "", "source": PAPER}
    answer = client.post(reverse("calendars:draft_day", args=[common.pk]), day)
    assert answer.status_code == 422
    assert "Lịch không có ngày 30/02/2014" in answer.content.decode()
    answer = client.post(reverse("calendars:publication", args=[common.pk]), {"decision": PAPER})
    assert "Bản nháp chưa khác lịch đang dùng" in answer.content.decode()
    hours = {"valid_from": "01/06/2014", "source": PAPER, "day_0": "17:00-07:00"}
    answer = client.post(reverse("calendars:draft_hours", args=[common.pk]), hours)
    assert "Giờ làm việc phải kết thúc sau khi bắt đầu" in answer.content.decode()
    assert client.post(reverse("calendars:removal", args=[common.pk])).status_code == 302
    assert not CalendarVersion.objects.filter(published_at=None).exists()


def test_a_unit_gets_its_own_hours(client: Client, cast: Cast, common: WorkCalendar) -> None:
    facts = {"unit": cast.district.pk, "name": "Lịch huyện Tuy Phong"}
    signed_in(client, cast.administrator)
    assert client.get(reverse("calendars:new")).status_code == 200
    answer = client.post(reverse("calendars:new"), facts)
    row = WorkCalendar.objects.get(unit=cast.district)
    assert answer["Location"] == reverse("calendars:draft", args=[row.pk])
    hours = {"valid_from": "01/01/2014", "source": PAPER} | {
        f"day_{day}": "07:30-11:30, 13:30-17:30" for day in range(5)
    }
    client.post(reverse("calendars:draft_hours", args=[row.pk]), hours)
    answer = client.post(reverse("calendars:publication", args=[row.pk]), {"decision": PAPER})
    assert answer.status_code == 302
    assert "đã có lịch riêng" in client.post(reverse("calendars:new"), facts).content.decode()


@pytest.mark.parametrize("name", ["draft", "draft_day", "draft_hours", "publication", "removal"])
def test_others_change_nothing(client: Client, cast: Cast, common: WorkCalendar, name: str) -> None:
    answer = signed_in(client, cast.leader).post(reverse(f"calendars:{name}", args=[common.pk]))
    assert answer.status_code == 403


def test_the_calculator_answers_and_explains(client: Client, cast: Cast) -> None:
    asked = {"day": "29/04/2026", "time": "16:30", "limit": "3 ngày làm việc"}
    asked["calendar"] = str(work_calendar_named("Lịch chung").pk)
    page = signed_in(client, cast.specialist).get(reverse("calendars:calculator"), asked).content.decode()
    assert "06/05/2026" in page
    assert "Ngày Quốc tế Lao động" in page
    assert client.get(reverse("calendars:calculator")).status_code == 200
    wrong = client.get(reverse("calendars:calculator"), asked | {"limit": "vài hôm", "time": "25:00"})
    assert "Không hiểu thời hạn" in wrong.content.decode()
    assert "Hãy viết giờ theo dạng 14:05" in wrong.content.decode()


def test_who_may_see_the_work_may_see_how_its_deadline_came_about(
    client: Client, cast: Cast, deadline: Deadline
) -> None:
    address = reverse("calendars:explanation", args=[deadline.pk])
    page = signed_in(client, cast.leader).get(address).content.decode()
    assert "<html" in page
    assert "ngày thứ 3" in page
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "ngày thứ 3" in fragment


def test_others_do_not_see_it(client: Client, cast: Cast, deadline: Deadline) -> None:
    signed_in(client, cast.outsider)
    assert client.get(reverse("calendars:explanation", args=[deadline.pk])).status_code == 403
    assert client.get(reverse("calendars:explanation", args=[deadline.pk + 1])).status_code == 403
