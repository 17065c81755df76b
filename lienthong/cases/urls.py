"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from lienthong.cases.statistics_urls import urlpatterns as statistics_urlpatterns
from lienthong.cases.views import (
    actions,
    complaints,
    links,
    listing,
    others,
    printing,
    receiving,
    record,
    results,
    stranded,
    talk,
    together,
)

app_name = "cases"
urlpatterns = [
    *statistics_urlpatterns,
    path("cases/", listing.listing, name="list"),
    path("cases/stranded/", stranded.stranded, name="stranded"),
    path("cases/stranded/<int:pk>/", stranded.rehousing, name="rehouse"),
    path("cases/together/", together.together, name="together"),
    path("cases/new/", receiving.choosing, name="choose"),
    path("cases/new/<str:code>/", receiving.new, name="new"),
    path("cases/applicants/", receiving.applicants, name="applicants"),
    path("cases/<int:pk>/", record.record, name="show"),
    path("cases/<int:pk>/preview/", record.preview, name="preview"),
    path("cases/<int:pk>/timeline/", record.timeline, name="timeline"),
    path("cases/books/", printing.books, name="books"),
    path("cases/books/<int:pk>/", printing.book, name="book"),
    path("cases/<int:pk>/papers/receipt/", printing.receipt, name="paper_receipt"),
    path("cases/<int:pk>/papers/receipt/anew/", printing.receipt_anew, name="receipt_anew"),
    path("cases/<int:pk>/papers/supplement/<int:number>/", printing.supplement, name="paper_supplement"),
    path("cases/<int:pk>/papers/refusal/", printing.refusal, name="paper_refusal"),
    path("cases/<int:pk>/papers/apology/<int:number>/", printing.apology, name="paper_apology"),
    path("cases/<int:pk>/papers/control/", printing.control, name="paper_control"),
    path("cases/<int:pk>/taking/", actions.taking, name="take"),
    path("cases/<int:pk>/officer/", actions.officer, name="officer"),
    path("cases/<int:pk>/moves/<slug:action>/", actions.move, name="move"),
    path("cases/<int:pk>/undoing/", actions.undoing, name="undo"),
    path("cases/<int:pk>/passing/", others.passing, name="pass_on"),
    path("cases/<int:pk>/consultation/", others.consultation, name="consult"),
    path("cases/<int:pk>/consultations/<int:number>/", others.answering, name="answer"),
    path("cases/<int:pk>/consultations/<int:number>/calling-off/", others.calling_off, name="call_off"),
    path("cases/<int:pk>/links/<int:number>/", links.opening, name="open_link"),
    path("cases/<int:pk>/links/<int:number>/dropping/", links.dropping, name="drop_link"),
    path("cases/complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("cases/<int:pk>/messages/", talk.writing, name="talk"),
    path("cases/<int:pk>/messages/taking-back/", talk.taking_back, name="talk_taking_back"),
    path("cases/<int:pk>/supplement/", actions.supplement, name="supplement"),
    path("cases/<int:pk>/supply/", actions.supply, name="supply"),
    path("cases/<int:pk>/suspension/", actions.suspension, name="suspension"),
    path("cases/<int:pk>/resumption/", actions.resumption, name="resumption"),
    path("cases/<int:pk>/apology/", actions.apology, name="apology"),
    path("cases/<int:pk>/extension/", actions.extension, name="extension"),
    path("cases/<int:pk>/result/", results.noting, name="result"),
    path("cases/<int:pk>/result/draft/", results.drafting, name="result_draft"),
    path("cases/<int:pk>/results/<int:number>/file/", results.attaching, name="result_attach"),
    path("ket-qua-dien-tu/<str:token>/", results.file, name="result_file"),
    path("cases/<int:pk>/handing-over/", actions.handing_over, name="hand_over"),
    path("cases/<int:pk>/withdrawal/", actions.withdrawal, name="withdraw"),
]
