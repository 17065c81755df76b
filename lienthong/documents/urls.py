"""Addresses of documents."""

from __future__ import annotations

from django.urls import path

from lienthong.documents.views import books, incoming, intake, registration, routing, settings

app_name = "documents"
urlpatterns = [
    path("incoming/", incoming.listing, name="incoming"),
    path("incoming/new/", registration.registration, name="registration"),
    path("incoming/secret/", registration.secret_arrival, name="secret_arrival"),
    path("incoming/<int:pk>/", incoming.record, name="document"),
    path("incoming/<int:pk>/preview/", incoming.preview, name="preview"),
    path("incoming/<int:pk>/timeline/", incoming.timeline, name="timeline"),
    path("incoming/<int:pk>/stamp/", incoming.stamp, name="stamp"),
    path("incoming/<int:pk>/amendment/", registration.amendment, name="amendment"),
    path("incoming/<int:pk>/forwarding/", routing.forwarding, name="forwarding"),
    path("incoming/<int:pk>/instruction/", routing.instruction, name="instruction"),
    path("incoming/<int:pk>/filing/", routing.filing, name="filing"),
    path("incoming/<int:pk>/return/", routing.returning, name="return"),
    path("incoming/<int:pk>/reopening/", routing.reopening, name="reopening"),
    path("incoming/<int:pk>/void/", routing.voiding, name="void"),
    path("incoming/<int:pk>/answer/", routing.answer, name="answer"),
    path("incoming/<int:pk>/destruction/", routing.destruction, name="destruction"),
    path("intake/", intake.counter, name="intake"),
    path("intake/<int:pk>/", intake.particulars, name="intake_particulars"),
    path("intake/<int:pk>/registration/", intake.registering, name="intake_registration"),
    path("intake/<int:pk>/discard/", intake.discarding, name="intake_discard"),
    path("intake/<int:pk>/mark/", intake.clearing, name="intake_mark"),
    path("books/", books.listing, name="books"),
    path("books/new/", books.opening, name="book_opening"),
    path("books/<int:pk>/<slug:sort>/", books.book, name="book"),
    path("routing/", settings.overview, name="settings"),
    path("routing/templates/new/", settings.template, name="template_new"),
    path("routing/templates/<int:pk>/", settings.template, name="template"),
    path("routing/limits/<slug:step>/<slug:urgency>/", settings.limit, name="limit"),
    path("routing/rules/new/", settings.rule, name="rule_new"),
    path("routing/rules/<int:pk>/", settings.rule, name="rule"),
]
