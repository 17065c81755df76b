"""One way of answering: do the act, put a refusal beside its field or on the page gone back to."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.requests import OfficerRequest


def told(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do the act; put a refusal beside its field and answer no."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return False
    return True


def done(request: OfficerRequest, act: Callable[[], object], *, back: str, word: str) -> HttpResponse:
    """Do an act that needs nothing typed; a refusal is shown on the page gone back to."""
    try:
        act()
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, word)
    return HttpResponseRedirect(back)
