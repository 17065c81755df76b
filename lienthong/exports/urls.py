"""Addresses of exports."""

from __future__ import annotations

from django.urls import path

from lienthong.exports import views

app_name = "exports"
urlpatterns = [
    path("exports/", views.listing, name="list"),
    path("exports/<int:pk>/", views.show, name="show"),
    path("exports/<int:pk>/file/", views.file, name="file"),
    path("exports/<int:pk>/cancellation/", views.cancellation, name="cancellation"),
    path("exports/<int:pk>/repetition/", views.repetition, name="repetition"),
]
