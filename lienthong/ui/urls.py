"""Addresses of the gallery; it exists in development, in the demo and in tests only."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from lienthong.ui import views

app_name = "ui"
urlpatterns: list[URLPattern] = []
if settings.DEBUG or settings.DEMO or settings.TESTING:
    urlpatterns = [
        path("_ui/", views.gallery, name="gallery"),
        path("_ui/people/", views.gallery_people, name="gallery_people"),
        path("_ui/<slug:page>/", views.gallery_page, name="gallery_page"),
    ]
