"""One way of answering a form: parse, one operation, back; a refusal stands beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.requests import OfficerRequest

Act = Callable[[dict[str, Any]], object]


def fill(
    request: OfficerRequest,
    form: forms.Form,
    act: Act,
    *,
    title: str,
    submit: str,
    back: str,
    done: str,
    lead: str = "",
    then: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Show a form, or do what it asks and go back with a word of what was done.

    ``then`` names where to go on instead, given what the act made: to the page of a new person, say.
    """
    made: list[Any] = []
    if request.method == "POST" and form.is_valid() and told(form, lambda typed: made.append(act(typed))):
        messages.success(request, done)
        return HttpResponseRedirect(then(made[0]) if then else back)
    page = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead}
    return render(request, "administration/form.html", page, status=422 if form.errors else 200)


def told(form: forms.Form, act: Act) -> bool:
    """Do the act with what was typed; put a refusal into the form and say no."""
    try:
        act(form.cleaned_data)
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
