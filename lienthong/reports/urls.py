"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from lienthong.reports import views

app_name = "reports"
urlpatterns = [
    path("reports/processing/", views.processing, name="processing"),
    path("reports/processing/draft/", views.processing_draft, name="processing_draft"),
    path("reports/programmes/<int:pk>/draft/", views.programme_draft, name="programme_draft"),
]
