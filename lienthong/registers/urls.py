"""Addresses of registers."""

from __future__ import annotations

from django.urls import path

from lienthong.registers import views

app_name = "registers"
urlpatterns = [
    path("registers/", views.listing, name="list"),
    path("registers/entries/<int:pk>/", views.entry, name="entry"),
    path("registers/entries/<int:pk>/correction/", views.correction, name="correction"),
    path("registers/entries/<int:pk>/revocation/", views.revocation, name="revocation"),
    path("registers/books/<int:pk>/", views.book, name="book"),
]
