"""Addresses of files."""

from __future__ import annotations

from django.urls import path

from lienthong.files import views

app_name = "files"
urlpatterns = [
    path("files/", views.upload, name="upload"),
    path("files/<int:pk>/", views.preview, name="preview"),
    path("files/<int:pk>/download/", views.download, name="download"),
    path("files/<int:pk>/inline/", views.inline, name="inline"),
    path("files/<int:pk>/words/", views.words, name="words"),
    path("files/<int:pk>/pages/<int:number>/<int:width>/", views.page, name="page"),
]
