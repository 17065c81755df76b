"""A refusal stands where it helps: beside its field, above the form, or on the page gone back to."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.test import RequestFactory

from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.ui.answering import done, told


class Reason(forms.Form):
    reason = forms.CharField()


def _typed() -> Reason:
    form = Reason({"reason": "Trùng"})
    assert form.is_valid()
    return form


def _refuse(refusal: Refusal) -> None:
    raise refusal


@pytest.fixture
def request_with_messages(rf: RequestFactory) -> HttpRequest:
    request = rf.post("/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]  # what its middleware does
    return request


@pytest.mark.parametrize(("field", "where"), [("reason", "reason"), ("other", "__all__"), (None, "__all__")])
def test_a_refusal_is_put_beside_its_field_or_above_the_form(field: str | None, where: str) -> None:
    form = _typed()

    assert not told(form, lambda: _refuse(Refusal("Hãy ghi lý do rõ hơn.", field=field)))

    assert form.errors == {where: ["Hãy ghi lý do rõ hơn."]}


def test_what_is_done_leaves_the_form_as_it_is() -> None:
    form = _typed()

    assert told(form, lambda: None)
    assert not form.errors


def test_going_back_says_what_was_done_or_why_not(request_with_messages: HttpRequest) -> None:
    answers = [
        done(request_with_messages, lambda: None, back="/so/", word="Đã mở sổ."),
        done(request_with_messages, lambda: _refuse(Refusal("Sổ đã khóa.")), back="/so/", word="Đã mở sổ."),
        done(request_with_messages, lambda: None, back="/so/"),
    ]

    assert [answer["Location"] for answer in answers] == ["/so/"] * 3
    assert [str(one) for one in get_messages(request_with_messages)] == ["Đã mở sổ.", "Sổ đã khóa."]


def test_what_is_forbidden_is_not_told_in_a_form(request_with_messages: HttpRequest) -> None:
    with pytest.raises(Forbidden):
        told(_typed(), lambda: _refuse(Forbidden("Chỉ văn thư được làm.")))
    with pytest.raises(Forbidden):
        done(request_with_messages, lambda: _refuse(Forbidden("Chỉ văn thư được làm.")), back="/so/")
