"""One way of answering what was sent: do the act; a refusal stands beside its field or on the page gone back to."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from lienthong.kernel.refusal import Forbidden, Refusal


def place_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Put a refusal beside the field that it is about, or above the form where it is about none of them."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def told(form: BaseForm, act: Callable[[], object]) -> bool:
    """Do the act; put a refusal into the form and answer no. `Forbidden` is not the form's to tell."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        place_refusal(form, refusal)
        return False
    return True


def done(request: HttpRequest, act: Callable[[], object], *, back: str, word: str = "") -> HttpResponse:
    """Do an act that needs nothing typed and go ``back``, with a ``word`` of what was done or why it was not."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        if word:
            messages.success(request, word)
    return HttpResponseRedirect(back)
