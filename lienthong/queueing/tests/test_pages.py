"""The pages: a morning at the desk, the kiosk, the screen, a booking from home."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.kernel.clock import now
from lienthong.queueing.models import Appointment, Device, ServiceGroup, ServicePoint, Slot, Ticket
from lienthong.queueing.operations.hall import add_device, revoke_device
from lienthong.queueing.operations.tickets import take_ticket
from lienthong.queueing.tests.builders import Hall, booked, next_working_day, opened
from tests.cast import Cast, Login

pytestmark = pytest.mark.django_db
FRAGMENT = {"HTTP_HX_REQUEST": "true"}


def text_of(client: Client, address: str, **more: str) -> str:
    answer = client.get(address, **more)  # type: ignore[arg-type]  # headers
    assert answer.status_code == 200
    return str(answer.content.decode())


def machine(hall: Hall, kind: str) -> str:
    device = add_device(hall.cast.district_desk, kind=kind, name="Sảnh", actor=hall.officer, at=now())
    return reverse(f"queueing:{kind}", args=[device.token])


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_hall_is_arranged_from_nothing(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.commune_desk_officer)
    assert "chưa có quầy nào" in text_of(client, "/queue/")
    group = {"letter": "a", "name": "Chứng thực", "minutes": 5}
    assert "A · Chứng thực" in client.post("/hall/groups/new/", group, follow=True).content.decode()
    twice = client.post("/hall/groups/new/", group)
    assert (twice.status_code, "đã dùng cho nhóm khác" in twice.content.decode()) == (422, True)
    row = ServiceGroup.objects.get()
    assert client.post("/hall/points/new/", {"number": 1, "groups": [row.pk]}, follow=True).status_code == 200
    assert client.post("/hall/devices/new/", {"kind": "kiosk", "name": "Cửa"}, follow=True).status_code == 200
    point, device = ServicePoint.objects.get(), Device.objects.get()
    client.post(f"/hall/points/{point.pk}/", {"number": 2, "name": "Chính", "is_open": "on"})
    client.post(f"/hall/groups/{row.pk}/", group | {"letter": "C", "is_open": "on"})
    page = text_of(client, "/hall/")
    assert "Quầy 2 · Chính" in page
    assert "C · Chứng thực" in page
    client.post(f"/hall/devices/{device.pk}/end/")
    assert client.get(reverse("queueing:kiosk", args=[device.token])).status_code == 404
    for other in (cast.district_desk_officer, cast.outsider):
        login(client, other)
        assert client.get(f"/hall/points/{point.pk}/").status_code in {403, 404}
        assert client.post(f"/queue/points/{point.pk}/sitting/").status_code in {403, 404}


def test_a_number_is_taken_at_the_kiosk_called_at_the_desk_and_seen_on_the_wall(
    hall: Hall, client: Client, login: Login
) -> None:
    kiosk, screen = machine(hall, "kiosk"), machine(hall, "screen")
    key = key_in(text_of(client, kiosk))
    touch = {"group": hall.civil.pk, "key": key}
    paper = client.post(kiosk, touch)["Location"]
    assert client.post(kiosk, touch)["Location"] == paper, "one touch, one number"
    assert "A001" in text_of(client, paper)
    ticket = Ticket.objects.get()
    mine = reverse("queueing:ticket", args=[ticket.token])
    assert "Không còn ai trước bạn" in text_of(client, mine)
    assert "Chưa gọi số nào" in text_of(client, screen)
    desk = login(Client(), hall.officer)
    strip = desk.post("/queue/next/", {"after": ""}, **FRAGMENT).content.decode()  # type: ignore[arg-type]  # headers
    assert "A001" in strip
    assert "lt-main" not in strip
    wall = text_of(client, screen, **FRAGMENT)
    assert re.search(r"A001.*Quầy 1", wall, re.DOTALL)
    assert "is-fresh" in wall
    assert "Mời tới quầy 1" in text_of(client, mine)
    desk.post(f"/queue/tickets/{ticket.pk}/start/")
    page = desk.post("/queue/next/", {"after": ticket.pk}, follow=True).content.decode()
    assert "không còn ai chờ" in page
    assert "Cảm ơn bạn" in text_of(client, mine)
    refused = desk.post(f"/queue/tickets/{ticket.pk}/skip/", **FRAGMENT)  # type: ignore[arg-type]  # headers
    assert "đã phục vụ" in refused.content.decode()


def test_who_cannot_use_the_kiosk_gets_a_number_that_goes_first(hall: Hall, client: Client, login: Login) -> None:
    take_ticket(hall.civil, key="x", at=now())
    login(client, hall.officer)
    client.post(f"/queue/groups/{hall.civil.pk}/ticket/", {"key": "k", "first": "1"})
    client.post(f"/queue/groups/{hall.civil.pk}/ticket/", {"key": "k", "first": "1"})
    assert Ticket.objects.count() == 2
    client.post("/queue/next/")
    here = Ticket.objects.get(state="called")
    assert here.priority == 2
    moved = client.post(f"/queue/tickets/{here.pk}/transfer/", {"to": f"group:{hall.land.pk}", "note": ""}, follow=True)
    assert "Đã chuyển số" in moved.content.decode()
    assert client.post(f"/queue/tickets/{here.pk}/transfer/", {"to": "x"}).status_code == 422
    assert client.post(f"/queue/tickets/{here.pk}/explode/").status_code == 404


def test_a_person_at_home_gives_the_number_up(hall: Hall, client: Client) -> None:
    ticket = take_ticket(hall.civil, key="x", at=now())
    address = reverse("queueing:ticket", args=[ticket.token])
    assert "đã kết thúc" in client.post(f"{address}bo/", follow=True).content.decode()
    assert client.post(f"{address}bo/").status_code == 409
    assert client.get(reverse("queueing:ticket", args=[uuid.uuid4()])).status_code == 404


def test_a_time_is_booked_from_home_kept_at_the_kiosk_and_seen_by_the_desk(
    hall: Hall, client: Client, login: Login
) -> None:
    day = next_working_day()
    slot = opened(hall, capacity=1, day=day, at=now())[0]
    assert "Bộ phận Một cửa huyện Tuy Phong" in text_of(client, "/dat-lich/")
    group = f"/dat-lich/{slot.unit_id}/{slot.group_id}/"
    assert "Hộ tịch, chứng thực" in text_of(client, f"/dat-lich/{slot.unit_id}/")
    for week in ("", f"?tuan={day:%d/%m/%Y}", "?tuan=31/02/2014", "?tuan=31/12/9999"):
        assert f"{group}{slot.pk}/" in text_of(client, f"{group}{week}")
    page = text_of(client, f"{group}{slot.pk}/")
    form = {"key": key_in(page), "name": "Lê Văn Tám", "phone": "0912 345 678"}
    assert client.post(f"{group}{slot.pk}/", form | {"phone": "1"}).status_code == 422
    mine = client.post(f"{group}{slot.pk}/", form, follow=True).content.decode()
    again = client.post(f"{group}{slot.pk}/", form)
    assert again["Location"] == "/lich-hen/cua-toi/", "sent twice, although the slot is full by now"
    appointment = Appointment.objects.get()
    assert appointment.code in mine
    assert "hết chỗ" in client.get(f"{group}{slot.pk}/", follow=True).content.decode()
    other = Client()
    wrong = other.post("/lich-hen/", {"code": appointment.code, "phone": "0900000000"})
    assert wrong.status_code == 422
    assert other.get("/lich-hen/cua-toi/")["Location"] == "/lich-hen/"
    found = other.post("/lich-hen/", {"code": appointment.code.lower(), "phone": "0912345678"}, follow=True)
    assert "07:30" in found.content.decode()
    refused = client.post(f"{machine(hall, 'kiosk')}lich-hen/", {"code": appointment.code})
    assert (refused.status_code, "Lịch hẹn này vào" in refused.content.decode()) == (422, True)
    assert client.post(f"{machine(hall, 'kiosk')}lich-hen/", {"code": "XXXX"}).status_code == 422
    login(client, hall.officer)
    assert "Lê Văn Tám" in text_of(client, f"/appointments/?day={day:%d/%m/%Y}")
    assert "Đã hủy lịch hẹn" in other.post("/lich-hen/cua-toi/huy/", follow=True).content.decode()
    slot.refresh_from_db()
    assert slot.taken == 0


def test_the_desk_opens_slots_and_answers_the_telephone(hall: Hall, client: Client, login: Login) -> None:
    login(client, hall.officer)
    day = f"{next_working_day():%d/%m/%Y}"
    form = {"group": hall.civil.pk, "since": day, "until": day, "starts": "07:30", "ends": "08:30"}
    form |= {"minutes": 30, "capacity": 2}
    assert "Đã mở 2 khung" in client.post("/appointments/slots/new/", form, follow=True).content.decode()
    assert client.post("/appointments/slots/new/", form | {"ends": "07:00"}).status_code == 422
    slot = Slot.objects.order_by("starts_at")[0]
    client.post(f"/appointments/slots/{slot.pk}/", {"capacity": 1})
    slot.refresh_from_db()
    assert (slot.capacity, slot.is_open) == (1, False)
    client.post(f"/appointments/slots/{slot.pk}/", {"capacity": 1, "is_open": "on"})
    mine = booked(slot, at=now())
    assert "Hãy lấy số thường" in client.post(f"/appointments/{mine.pk}/arrival/", follow=True).content.decode()
    client.post(f"/appointments/{mine.pk}/cancellation/")
    mine.refresh_from_db()
    assert mine.state == "cancelled"


def test_a_machine_that_was_shut_off_and_the_other_kind_show_nothing(hall: Hall, client: Client) -> None:
    kiosk = machine(hall, "kiosk")
    assert client.get(kiosk.replace("ki-ot", "man-hinh")).status_code == 404
    revoke_device(Device.objects.get(), actor=hall.officer, at=now())
    assert client.post(kiosk, {"group": hall.civil.pk}).status_code == 404


def test_the_screen_and_the_queue_cost_the_same_however_many_wait(
    hall: Hall, client: Client, login: Login, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    screen = machine(hall, "screen")
    for place in range(30):
        take_ticket(hall.civil, key=f"k{place}", at=now())
    with django_assert_max_num_queries(3):
        client.get(screen, **FRAGMENT)  # type: ignore[arg-type]  # headers
    login(client, hall.officer)
    with django_assert_max_num_queries(18):
        client.get("/queue/")
    with django_assert_max_num_queries(9):
        client.get("/queue/strip/", **FRAGMENT)  # type: ignore[arg-type]  # headers
