"""One way of answering a form: parse, one operation, back; a refusal stands beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from lienthong.ui.answering import told
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
    if request.method == "POST" and form.is_valid() and told(form, lambda: made.append(act(form.cleaned_data))):
        messages.success(request, done)
        return HttpResponseRedirect(then(made[0]) if then else back)
    page = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead}
    return render(request, "administration/form.html", page, status=422 if form.errors else 200)
