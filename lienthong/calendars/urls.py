"""Addresses of calendars, of the calculator, and of the account of a deadline."""

from __future__ import annotations

from django.urls import path

from lienthong.calendars import views

app_name = "calendars"
urlpatterns = [
    path("calendars/", views.calendars, name="list"),
    path("calendars/new/", views.new_calendar, name="new"),
    path("calendars/<int:pk>/", views.calendar, name="show"),
    path("calendars/<int:pk>/draft/", views.draft, name="draft"),
    path("calendars/<int:pk>/draft/days/", views.draft_day, name="draft_day"),
    path("calendars/<int:pk>/draft/hours/", views.draft_hours, name="draft_hours"),
    path("calendars/<int:pk>/draft/publication/", views.publication, name="publication"),
    path("calendars/<int:pk>/draft/removal/", views.removal, name="removal"),
    path("calendars/<int:pk>/versions/<int:number>/", views.report, name="report"),
    path("deadline-calculator/", views.calculator, name="calculator"),
    path("deadlines/<int:pk>/explanation/", views.explanation, name="explanation"),
]
