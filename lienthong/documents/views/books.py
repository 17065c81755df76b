"""The statutory books: on screen, for print, as XLSX and as PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from lienthong.documents.forms import BookForm
from lienthong.documents.models import Book
from lienthong.documents.operations.registration import open_book
from lienthong.documents.printing import BOOKS
from lienthong.documents.queries.books import every_book
from lienthong.exports import book_pages
from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.answering import place_refusal
from lienthong.ui.requests import OfficerRequest, officers_only


@officers_only("incoming.print_books")
def listing(request: OfficerRequest) -> HttpResponse:
    """The books of the agency."""
    books = Book.objects.visible_to(request.actor).select_related("agency").order_by("-is_default", "name")
    return render(request, "documents/books/list.html", {"books": books})


@officers_only("books.open")
def opening(request: OfficerRequest) -> HttpResponse:
    """Open a book for an agency; below, the agencies and their books."""
    form = BookForm(
        request.POST or None, on=local_date(request.at), initial={"agency": request.actor.post.unit.agency_id}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = open_book(
                given["agency"],
                name=given["name"],
                is_default=given["is_default"],
                actor=request.actor,
                at=request.at,
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            place_refusal(form, refusal)
        else:
            messages.success(request, f"Đã mở {made.name} của {made.agency}.")
            return redirect("documents:book_opening")
    status = 422 if form.errors else 200
    return render(request, "documents/books/opening.html", {"form": form, "books": every_book()}, status=status)


@officers_only("incoming.print_books")
def book(request: OfficerRequest, pk: int, sort: str) -> HttpResponseBase:
    """One book over a period (this month, where none is chosen), in the asked form."""
    place = book_pages.Place(back=reverse("documents:books"), back_label="Sổ văn bản", section="books")
    return book_pages.show(request, BOOKS, sort, pk, place)
