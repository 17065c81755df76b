"""What may stand between braces, and how each fault is told: with its line and what to do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel.refusal import Refusal
from lienthong.stationery.filling import LARGEST, context_of, escaped, render, require_complete
from lienthong.stationery.placeholders import read, runnable
from lienthong.stationery.words import Field, Value, day_values, incoming_values, signer_values, words, written

KNOWN = {"viec", "han", "muc_tieu", "co_quan"}
LISTS = {"muc_tieu"}


def faults(text: str) -> list[str]:
    """Every fault of a text in words."""
    return [str(fault) for fault in read(text, part="Nội dung", known=KNOWN, lists=LISTS).faults]


@pytest.mark.parametrize(
    "text",
    [
        "Kính gửi {{ co_quan }} về {{viec}}.",
        "{% if han %}\nTrước ngày {{ han }}.\n{% else %}\nSớm nhất.\n{% endif %}",
        "{% if not han and viec or co_quan %}Có{% endif %}",
        "{% for muc in muc_tieu %}\n- {{ muc }}{{ dau_cau }}\n{% endfor %}",
        "Giá 100 {đồng} và 50%, không có trường nào.",
        "{# ghi chú #}",
    ],
)
def test_a_right_text_has_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Một\n{{ viecc }}", "Nội dung, dòng 2: không có trường “viecc”. Có phải “viec” không?"),
        ("{{ xyz }}", "không có trường “xyz”. Hãy chọn trong danh sách"),
        ("{{ viec.__class__ }}", "không phải tên trường"),
        ("{{ viec|upper }}", "không phải tên trường"),
        ("{{ 7 * 7 }}", "không phải tên trường"),
        ("{{ viec() }}", "không phải tên trường"),
        ("{{ viec }", "dòng 1: dấu ngoặc nhọn không thành cặp"),
        ("{{ viec\n}}", "dòng 2: dấu ngoặc nhọn không thành cặp"),
        ("{{ muc_tieu }}", "“muc_tieu” là danh sách: hãy lặp bằng for muc in muc_tieu … endfor."),
        ("{% if han %}x", "dòng 1: “if” chưa được đóng. Hãy thêm endif."),
        ("x\n{% endif %}", "dòng 2: “endif” không đóng “if” nào"),
        ("{% if han %}{% endfor %}{% endif %}", "“endfor” không đóng “for” nào"),
        ("{% if han == 1 %}{% endif %}", "không hiểu điều kiện “if han == 1”"),
        ("{% if %}{% endif %}", "thiếu tên trường"),
        ("{% else %}", "“else” không nằm trong “if” nào"),
        ("{% for a in viec %}{% endfor %}", "“viec” không phải danh sách"),
        ("{% for a, b in muc_tieu %}{% endfor %}", "không hiểu “for a, b in muc_tieu”"),
        ("{% for viec in muc_tieu %}{% endfor %}", "“viec” đã là tên một trường"),
        ("{% include 'x' %}", "không dùng được “include 'x'”"),
        ("{% set a = 1 %}", "Chỉ có if, else, endif, for, endfor"),
        ("{% for a in muc_tieu %}{% for b in muc_tieu %}{% endfor %}{% endfor %}", "không lặp bên trong"),
        ("{{ dau_cau }}", "“dau_cau” chỉ dùng cuối một mục"),
        ("{%p if han %}{% endif %}", "chỉ dùng trong tệp Word"),
        ("{% if han %}" * 4 + "{% endif %}" * 4, "lồng quá 3 tầng"),
    ],
)
def test_each_fault_is_told_with_its_line_and_what_to_do(text: str, said: str) -> None:
    assert any(said in fault for fault in faults(text)), faults(text)


@given(st.text(alphabet="{}%# \nabif.()|_'\"[]0", max_size=60))
def test_whatever_passes_the_reading_runs_in_the_sandbox(text: str) -> None:
    if not read(text, part="", known={"a", "b", "ab"}, lists={"ab"}).faults:
        render(text, {"a": "1", "b": "", "ab": ["x", "y"]})


@given(st.text(max_size=200))
def test_no_text_at_all_breaks_the_reading(text: str) -> None:
    read(text, part="", known=KNOWN, lists=LISTS)


def test_fields_lists_and_marks_are_filled() -> None:
    text = "{% for muc in muc_tieu %}\n- {{ muc }}{{ dau_cau }}\n{% endfor %}\nHết./."
    filled = render(text, {"muc_tieu": ["một", "hai"]})
    assert filled == "- một;\n- hai.\nHết./."
    assert "loop.last" in runnable(text)


def test_what_was_typed_never_runs_and_never_becomes_markup() -> None:
    values: dict[str, Value] = {"trich": "{{ 7*7 }} {% raw %} **đậm** | a\\b"}
    fields = {"trich": Field(name="trich", label="Trích")}
    assert render("{{ trich }}", context_of(values, fields)) == "{{ 7*7 }} {% raw %} **đậm** | a\\b"
    assert "\\|" in str(escaped("a | b"))
    assert escaped("Sở TT&TT") == "Sở TT&TT"


def test_what_would_fill_every_disk_is_refused() -> None:
    long = {"muc_tieu": ["x" * 2000] * 500}
    with pytest.raises(Refusal, match="dài quá mức cho phép"):
        render("{% for a in muc_tieu %}{{ a }}{% endfor %}", long)
    assert LARGEST < 1_000_000
    many: dict[str, Value] = {"ds": ("x",) * 501}
    with pytest.raises(Refusal, match="501 mục, nhiều nhất là 500"):
        require_complete(many, {"ds": Field(name="ds", label="Danh sách", kind="lines")})


def test_the_words_of_others_are_given_under_their_names() -> None:
    told = incoming_values(
        symbol="275/UBND-VX", document_date=dt.date(2014, 3, 5), type_name="Công văn", issuer="UBND tỉnh", abstract="a"
    ) | signer_values(name="Minh", title="Giám đốc", lines=["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"])
    assert set(told) <= set(words())
    context = context_of(told | day_values(dt.date(2014, 11, 3)), {})
    assert context["den_ngay_ban_hanh"] == "05/3/2014"
    assert (context["ngay"], context["quy"], context["nam_truoc"]) == ("03/11/2014", "IV", "2013")


@pytest.mark.parametrize(
    ("value", "kind", "paper"),
    [
        (None, "line", ""),
        (1_200_000, "money", "1.200.000 đồng"),
        (1_200, "number", "1.200"),
        (4, "number", "04"),
        ("a\nb", "lines", ["a", "b"]),
        ("a\nb", "text", "a\nb"),
    ],
)
def test_values_are_written_as_papers_write_them(value: Value | None, kind: str, paper: str | list[str]) -> None:
    assert written(value, kind) == paper  # type: ignore[arg-type]  # the kinds as words


def test_every_word_has_a_label_and_an_example() -> None:
    assert all(word.label and word.sample and word.name.isascii() for word in words().values())
