"""What officers type is read as they mean it; what cannot be is refused in words and kept."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms

from lienthong.ui import fields
from lienthong.ui.forms import DayField, DongField


class Sample(forms.Form):
    symbol = forms.CharField(label="Số, ký hiệu", help_text="Như trên văn bản.")
    issued = DayField(label="Ngày ban hành")
    deposit = DongField(label="Tiền ký quỹ", required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], required=False)
    sure = forms.BooleanField(required=False)
    urgency = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect, required=False)
    papers = forms.FileField(required=False)


@pytest.mark.parametrize(
    "typed", ["22/01/2014", "22/1/2014", "22-01-2014", "22.1.2014", "22012014", "2014-01-22", " 22/01/2014 "]
)
def test_a_day_is_read_however_it_is_typed(typed: str) -> None:
    assert DayField().clean(typed) == dt.date(2014, 1, 22)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("30/02/2014", "Lịch không có ngày 30/02/2014. Hãy kiểm tra lại ngày, tháng."),
        ("01/22/2014", "Lịch không có ngày 01/22/2014. Hãy kiểm tra lại ngày, tháng."),
        ("hôm qua", "Hãy viết ngày theo dạng 22/01/2014."),
        ("22/01/14", "Hãy viết ngày theo dạng 22/01/2014."),
    ],
)
def test_a_day_that_is_none_is_refused_and_kept(typed: str, words: str) -> None:
    form = Sample({"symbol": "1", "issued": typed})
    assert form.errors["issued"] == [words]
    assert f'value="{typed}"' in fields.control(form["issued"], {})


def test_a_stored_day_is_shown_day_first() -> None:
    assert 'value="22/01/2014"' in fields.control(Sample(initial={"issued": dt.date(2014, 1, 22)})["issued"], {})


@pytest.mark.parametrize(
    ("typed", "amount"), [("1.200.000", 1_200_000), ("1200000 đ", 1_200_000), ("0", 0), ("", None)]
)
def test_money_is_read(typed: str, amount: int | None) -> None:
    assert DongField(required=False).clean(typed) == amount


@pytest.mark.parametrize("typed", ["một tỷ", "1,5", "1.20"])
def test_money_that_is_no_money_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match=r"1\.200\.000"):
        DongField().clean(typed)


def test_help_and_error_are_tied_to_the_control() -> None:
    control = fields.control(Sample({"symbol": ""})["symbol"], {})
    assert 'aria-describedby="id_symbol_help id_symbol_error"' in control
    assert 'aria-invalid="true"' in control


@pytest.mark.parametrize(
    ("name", "shape"),
    [("symbol", "line"), ("sure", "check"), ("urgency", "group"), ("papers", "drop"), ("kind", "line")],
)
def test_each_field_has_its_shape(name: str, shape: str) -> None:
    assert fields.shape(Sample()[name]) == shape
