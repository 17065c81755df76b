"""Addresses of tasks and programmes."""

from __future__ import annotations

from django.urls import path

from lienthong.tasks.views import assignment, mine, programmes, records, units

app_name = "tasks"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("work/", mine.bulk, name="bulk"),
    path("tasks/", records.listing, name="list"),
    path("tasks/new/", assignment.new, name="new"),
    path("tasks/by-person/", units.unit, name="unit"),
    path("tasks/<int:pk>/", records.show, name="show"),
    path("tasks/<int:pk>/preview/", records.preview, name="preview"),
    path("tasks/<int:pk>/deadline/", records.deadline, name="deadline"),
    path("tasks/<int:pk>/<slug:slug>/", records.step, name="step"),
    path("programmes/", programmes.listing, name="programmes"),
    path("programmes/new/", programmes.new, name="programme_new"),
    path("programmes/board/", programmes.board, name="board"),
    path("programmes/<int:pk>/", programmes.show, name="programme"),
    path("programmes/<int:pk>/tasks/", programmes.tasks, name="programme_tasks"),
    path("programmes/<int:pk>/closing/", programmes.closing, name="programme_closing"),
    path("programmes/<int:pk>/table.xlsx", programmes.paper, {"kind": "xlsx"}, name="programme_xlsx"),
    path("programmes/<int:pk>/report.docx", programmes.paper, {"kind": "docx"}, name="programme_docx"),
]
