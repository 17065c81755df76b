"""Addresses of notices, preferences and the outbox."""

from __future__ import annotations

from django.urls import path

from lienthong.notifications import views

app_name = "notifications"
urlpatterns = [
    path("notices/", views.listing, name="list"),
    path("notices/count/", views.count, name="count"),
    path("notices/reading/", views.reading, name="reading"),
    path("notices/<int:pk>/", views.show, name="show"),
    path("notice-preferences/", views.preferences, name="preferences"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/sandbox/", views.sandbox, name="sandbox"),
    path("outbox/<int:pk>/delivery/", views.delivery, name="delivery"),
]
