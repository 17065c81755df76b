"""Addresses of tasks and programmes."""

from __future__ import annotations

from django.urls import path

from lienthong.tasks.views import assignment, mine, records

app_name = "tasks"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("work/", mine.bulk, name="bulk"),
    path("tasks/", records.listing, name="list"),
    path("tasks/new/", assignment.new, name="new"),
    path("tasks/<int:pk>/", records.show, name="show"),
    path("tasks/<int:pk>/deadline/", records.deadline, name="deadline"),
    path("tasks/<int:pk>/<slug:slug>/", records.step, name="step"),
]
