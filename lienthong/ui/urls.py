"""Addresses of saved filters; and of the gallery, which exists in development, in the demo and in tests only."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path

from lienthong.ui import views

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("saved-filters/", views.saved_filters, name="saved_filters"),
    path("saved-filters/<int:pk>/removal/", views.saved_filter_removal, name="saved_filter_removal"),
    path("saved-filters/<int:pk>/restoration/", views.saved_filter_restoration, name="saved_filter_restoration"),
]
if settings.DEBUG or settings.DEMO or settings.TESTING:
    urlpatterns += [
        path("_ui/", views.gallery, name="gallery"),
        path("_ui/people/", views.gallery_people, name="gallery_people"),
        path("_ui/<slug:page>/", views.gallery_page, name="gallery_page"),
    ]
