"""Addresses of procedures."""

from __future__ import annotations

from django.urls import path

from lienthong.procedures.views import catalogue, competences, drafts, record, sectors

app_name = "procedures"
urlpatterns = [
    path("procedures/", catalogue.catalogue, name="list"),
    path("procedures/new/", drafts.new, name="new"),
    path("procedures/competences/", competences.competences, name="competences"),
    path("procedures/competences/<int:unit>/", competences.competence, name="competence"),
    path("procedures/sectors/", sectors.sectors, name="sectors"),
    path("procedures/versions/<int:pk>/copy/", drafts.copy, name="copy"),
    path("procedures/versions/<int:pk>/text/", drafts.text, name="text"),
    path("procedures/versions/<int:pk>/parts/<slug:part>/", drafts.part, name="part"),
    path("procedures/versions/<int:pk>/publication/", drafts.publication, name="publication"),
    path("procedures/versions/<int:pk>/withdrawal/", drafts.withdrawal, name="withdrawal"),
    path("procedures/versions/<int:pk>/file/", record.file, name="file"),
    path("procedures/<str:code>/", record.record, name="show"),
]
