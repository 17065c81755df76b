"""Addresses of templates and letterheads."""

from __future__ import annotations

from django.urls import path

from lienthong.stationery.views import drafts, form_checks, letterheads, templates

app_name = "stationery"
urlpatterns = [
    path("document-templates/", templates.templates, name="templates"),
    path("document-templates/new/", templates.new_template, name="new_template"),
    path("document-templates/<int:pk>/", templates.template, name="template"),
    path("document-templates/<int:pk>/copy/", templates.copy, name="copy"),
    path("document-templates/<int:pk>/name/", templates.name, name="name"),
    path("document-templates/<int:pk>/retirement/", templates.retirement, name="retirement"),
    path("document-templates/<int:pk>/versions/<int:number>/pages/<int:place>.png", templates.page, name="page"),
    path("document-templates/<int:pk>/versions/<int:number>/file/", templates.word_file, name="word_file"),
    path("document-templates/<int:pk>/draft/", drafts.draft, name="draft"),
    path("document-templates/<int:pk>/draft/preview/", drafts.preview, name="preview"),
    path("document-templates/<int:pk>/draft/file/", drafts.draft_file, name="draft_file"),
    path("document-templates/<int:pk>/draft/publication/", drafts.publication, name="publication"),
    path("document-templates/<int:pk>/draft/removal/", drafts.removal, name="removal"),
    path("files/<int:pk>/form/", form_checks.form, name="form"),
    path("files/<int:pk>/form/mended/", form_checks.mended_file, name="mended_file"),
    path("letterheads/", letterheads.letterheads, name="letterheads"),
    path("letterheads/<int:pk>/", letterheads.letterhead, name="letterhead"),
    path("letterheads/<int:pk>/picture.png", letterheads.letterhead_picture, name="letterhead_picture"),
    path("letterhead-periods/<int:pk>/end/", letterheads.letterhead_end, name="letterhead_end"),
]
