"""Addresses of templates and letterheads."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "stationery"
urlpatterns: list[URLPattern] = []
