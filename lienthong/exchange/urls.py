"""Addresses of the exchange."""

from __future__ import annotations

from django.urls import path

from lienthong.exchange import views

app_name = "exchange"
urlpatterns = [
    path("exchange/", views.listing, name="list"),
    path("exchange/arrivals/", views.arrivals, name="arrivals"),
    path("exchange/messages/mending/", views.mending, name="mending"),
    path("exchange/messages/<int:pk>/", views.show, name="show"),
    path("exchange/messages/<int:pk>/delivery/", views.delivery, name="delivery"),
    path("exchange/messages/<int:pk>/dropping/", views.dropping, name="dropping"),
    path("exchange/<slug:code>/attempt/", views.attempt, name="attempt"),
    path("exchange/<slug:code>/messages/", views.received, name="received"),
]
