"""Addresses of the hall; those of people in it and at home are Vietnamese and need no account."""

from __future__ import annotations

from django.urls import path

from lienthong.queueing.views import appointments, booking, hall, people, queue

app_name = "queueing"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("queue/strip/", queue.strip, name="strip"),
    path("queue/next/", queue.next_one, name="next"),
    path("queue/tickets/<int:pk>/transfer/", queue.transfer, name="transfer"),
    path("queue/tickets/<int:pk>/<slug:what>/", queue.verb, name="verb"),
    path("queue/groups/<int:pk>/ticket/", queue.ticket_for, name="ticket_for"),
    path("queue/points/<int:pk>/sitting/", queue.sitting, name="sitting"),
    path("hall/", hall.hall, name="hall"),
    path("hall/groups/new/", hall.group_new, name="group_new"),
    path("hall/groups/<int:pk>/", hall.group, name="group"),
    path("hall/points/new/", hall.point_new, name="point_new"),
    path("hall/points/<int:pk>/", hall.point, name="point"),
    path("hall/devices/new/", hall.device_new, name="device_new"),
    path("hall/devices/<int:pk>/end/", hall.device_end, name="device_end"),
    path("appointments/", appointments.appointments, name="appointments"),
    path("appointments/slots/new/", appointments.slots_new, name="slots_new"),
    path("appointments/slots/<int:pk>/", appointments.slot, name="slot"),
    path("appointments/<int:pk>/arrival/", appointments.arrival, name="arrival"),
    path("appointments/<int:pk>/cancellation/", appointments.cancellation, name="cancellation"),
    path("ki-ot/<uuid:token>/", people.kiosk, name="kiosk"),
    path("ki-ot/<uuid:token>/lich-hen/", people.kiosk_arrival, name="kiosk_arrival"),
    path("ki-ot/<uuid:token>/phieu/<uuid:ticket_token>/", people.kiosk_ticket, name="kiosk_ticket"),
    path("man-hinh/<uuid:token>/", people.screen, name="screen"),
    path("so-thu-tu/<uuid:token>/", people.ticket, name="ticket"),
    path("so-thu-tu/<uuid:token>/bo/", people.ticket_end, name="ticket_end"),
    path("dat-lich/", booking.halls, name="booking"),
    path("dat-lich/<int:unit_pk>/", booking.hall, name="booking_hall"),
    path("dat-lich/<int:unit_pk>/<int:group_pk>/", booking.times, name="booking_times"),
    path("dat-lich/<int:unit_pk>/<int:group_pk>/<int:pk>/", booking.slot, name="booking_slot"),
    path("lich-hen/", booking.lookup, name="lookup"),
    path("lich-hen/cua-toi/", booking.mine, name="my_appointment"),
    path("lich-hen/cua-toi/huy/", booking.mine_end, name="my_appointment_end"),
]
