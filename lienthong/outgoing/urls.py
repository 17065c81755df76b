"""Addresses of drafts and outgoing documents."""

from __future__ import annotations

from django.urls import path

from lienthong.outgoing.views import drafting, drafts, issuing, lists, reviewing, sharing

app_name = "outgoing"
urlpatterns = [
    path("drafts/", lists.drafts, name="drafts"),
    path("drafts/new/", drafting.new, name="new"),
    path("drafts/<int:pk>/", drafts.record, name="draft"),
    path("drafts/<int:pk>/preview/", lists.draft_preview, name="draft_preview"),
    path("drafts/<int:pk>/edit/", drafting.edit, name="edit"),
    path("drafts/<int:pk>/marks/", drafting.marks, name="marks"),
    path("drafts/<int:pk>/timeline/", drafts.timeline, name="draft_timeline"),
    path("drafts/<int:pk>/recipients/", drafting.recipients, name="recipients"),
    path("drafts/<int:pk>/upload/", drafting.upload, name="upload"),
    path("drafts/<int:pk>/word/", drafting.word, name="word"),
    path("drafts/<int:pk>/checking/", drafting.checking, name="checking"),
    path("drafts/<int:pk>/pages/", drafting.pages, name="pages"),
    path("drafts/<int:pk>/pages/<int:number>/", drafting.page, name="page"),
    path("drafts/<int:pk>/versions/<int:number>/", drafts.differences, name="differences"),
    path("drafts/<int:pk>/versions/<int:number>/restore/", drafting.restoring, name="restore"),
    path("drafts/<int:pk>/sharing/", sharing.sharing, name="sharing"),
    path("drafts/<int:pk>/comments/", drafts.commenting, name="comment"),
    path("drafts/<int:pk>/comments/<int:remark>/", drafts.resolving, name="resolve"),
    path("drafts/<int:pk>/mending/", drafts.mending, name="mend"),
    path("drafts/<int:pk>/putting-up/", reviewing.putting_up, name="putting_up"),
    path("drafts/<int:pk>/signer/", reviewing.changing_signer, name="changing_signer"),
    path("drafts/<int:pk>/steps/<slug:verb>/", reviewing.step, name="step"),
    path("drafts/<int:pk>/issue/", issuing.issuing, name="issuing"),
    path("drafts/<int:pk>/recipients/<int:recipient>/", issuing.redirecting, name="redirecting"),
    path("outgoing/", lists.documents, name="documents"),
    path("outgoing/internal/", lists.internal, name="internal"),
    path("outgoing/pending/", lists.pending, name="pending"),
    path("outgoing/<int:pk>/", issuing.record, name="document"),
    path("outgoing/<int:pk>/preview/", lists.document_preview, name="document_preview"),
    path("outgoing/<int:pk>/timeline/", issuing.timeline, name="document_timeline"),
    path("outgoing/<int:pk>/labels/", issuing.labels, name="labels"),
    path("outgoing/<int:pk>/sendings/<int:dispatch>/", issuing.sending, name="sending"),
    path("outgoing/<int:pk>/recall/", issuing.recalling, name="recall"),
    path("outgoing/books/", issuing.books, name="books"),
    path("outgoing/books/new/", issuing.opening, name="book_opening"),
    path("outgoing/books/<int:pk>/<slug:sort>/", issuing.book, name="book"),
]
