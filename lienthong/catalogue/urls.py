"""Addresses of the catalogue."""

from __future__ import annotations

from django.urls import path

from lienthong.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("document-types/", views.document_types, name="document_types"),
    path("document-types/new/", views.new_document_type, name="new_document_type"),
    path("document-types/<int:pk>/end/", views.document_type_end, name="document_type_end"),
]
