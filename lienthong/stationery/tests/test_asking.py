"""What a template asks of an officer, as a form; what comes back fills it."""

from __future__ import annotations

from django import forms

from lienthong.stationery.asking import form_fields, values_of
from lienthong.stationery.models import TemplateVersion
from lienthong.stationery.operations import fill

VERSION = TemplateVersion(
    abstract="{{ viec }}",
    body=(
        "{% for muc in ds %}\n- {{ muc }}{{ dau_cau }}\n{% endfor %}\n"
        "Trước {{ han }}, {{ tien }}, {{ so }} bản. {{ y }}"
    ),
    fields=[
        {"name": "viec", "label": "Việc", "required": True},
        {"name": "ds", "label": "Danh sách", "kind": "lines"},
        {"name": "han", "label": "Hạn", "kind": "day"},
        {"name": "tien", "label": "Tiền", "kind": "money"},
        {"name": "so", "label": "Số bản", "kind": "number"},
        {"name": "y", "label": "Ý kiến", "kind": "text", "help": "Viết gọn."},
    ],
)


def form(**typed: str) -> forms.Form:
    """The form of the version, filled."""
    made = forms.Form(typed)
    made.fields.update(form_fields(VERSION))
    return made


def test_what_the_officer_types_stands_on_the_paper() -> None:
    asked = form(viec="rà soát", ds="Một\n\n  Hai ", han="05/3/2014", tien="1.200.000", so="4", y="Đồng ý")
    assert asked.is_valid(), asked.errors
    filled = fill(VERSION, values_of(VERSION, asked.cleaned_data))
    assert filled.abstract == "rà soát"
    assert filled.body == "- Một;\n- Hai.\nTrước 05/3/2014, 1.200.000 đồng, 04 bản. Đồng ý"


def test_only_what_is_required_must_be_typed() -> None:
    asked = form()
    assert list(asked.errors) == ["viec"]
    assert asked.fields["ds"].help_text == "Mỗi dòng một mục."
    assert values_of(VERSION, {"viec": "x", "ds": (), "han": None}) == {"viec": "x"}
    assert asked.fields["y"].label == "Ý kiến"
