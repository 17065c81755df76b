"""A form is read from data, checks what people type and says what is wrong beside the right field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.fields.form import Form, read
from lienthong.fields.kind import Context
from lienthong.fields.kinds import kinds
from lienthong.fields.kinds.enterprise import is_tax_code
from lienthong.kernel.faults import Faults


class World:
    """A small world: two communes and two files."""

    def commune(self, code: str, on: dt.date) -> str | None:
        return {"22915": "xã Chí Công, huyện Tuy Phong", "22918": "xã Hòa Thắng, huyện Bắc Bình"}.get(code)

    def file(self, pk: int) -> str | None:
        return {1: "can-cuoc.jpg", 2: "so-do.pdf"}.get(pk)


TODAY = dt.date(2014, 3, 10)
CONTEXT = Context(TODAY, {"channel": "counter"}, World())
BUILDING: list[dict[str, Any]] = [
    {"key": "loai", "kind": "choice", "label": "Loại công trình", "required": True, "section": "Công trình",
     "options": [{"key": "moi", "label": "Xây mới"}, {"key": "sua", "label": "Sửa chữa"}]},
    {"key": "giay_phep_cu", "kind": "text", "label": "Số giấy phép cũ", "show_when": {"field": "loai", "is": "sua"},
     "required": True},
    {"key": "dien_tich", "kind": "number", "label": "Diện tích", "unit": "m²", "min": 1, "decimals": 2,
     "required": True},
    {"key": "kinh_phi", "kind": "money", "label": "Kinh phí"},
    {"key": "khoi_cong", "kind": "date", "label": "Ngày khởi công", "not_before": "today"},
    {"key": "xong", "kind": "date", "label": "Ngày xong", "not_before": "khoi_cong"},
    {"key": "chu_ho", "kind": "person", "label": "Chủ hộ", "required": True,
     "parts": ["name", "birth", "sex", "id_kind", "id_number", "residence", "phone"],
     "required_parts": ["name", "id_number"], "section": "Chủ hộ"},
    {"key": "dia_diem", "kind": "address", "label": "Địa điểm xây dựng", "required": True},
    {"key": "thanh_vien", "kind": "group", "label": "Thành viên", "item": "thành viên", "max": 3,
     "fields": [
         {"key": "ten", "kind": "text", "label": "Họ tên", "required": True},
         {"key": "tre_em", "kind": "yes_no", "label": "Là trẻ em"},
         {"key": "giam_ho", "kind": "text", "label": "Người giám hộ", "show_when": {"field": "tre_em", "is": True},
          "require_when": {"field": "tre_em", "is": True}},
     ]},
    {"key": "ban_ve", "kind": "file", "label": "Bản vẽ", "max": 2},
    {"key": "tien_ich", "kind": "choices", "label": "Tiện ích",
     "options": [{"key": "dien", "label": "Điện"}, {"key": "nuoc", "label": "Nước"}]},
    {"key": "vi_tri", "kind": "point", "label": "Vị trí"},
    {"key": "khu_dat", "kind": "area", "label": "Khu đất"},
    {"key": "dong_y", "kind": "yes_no", "label": "Cam đoan khai đúng", "required": True},
    {"key": "ky", "kind": "signature", "label": "Chữ ký"},
    {"key": "doanh_nghiep", "kind": "enterprise", "label": "Nhà thầu"},
    {"key": "ghi_chu", "kind": "paragraph", "label": "Ghi chú"},
]  # fmt: skip
FILLED: dict[str, Any] = {
    "loai": "moi", "dien_tich": "1.200,50", "kinh_phi": "1.250.000.000 đ", "khoi_cong": "20/03/2014",
    "xong": "2014-09-30",
    "chu_ho": {"name": "  Nguyễn   Văn Ba ", "birth": "1970", "sex": "male", "id_kind": "cmnd",
               "id_number": "260 123 456", "residence": {"commune": "22915", "street": "Thôn Hà Thủy 1"},
               "phone": "0918 123 456"},
    "dia_diem": {"commune": "22918", "street": ""},
    "thanh_vien": [{"ten": "Lê Thị Tư"}, {"ten": "Nguyễn Văn Tí", "tre_em": "on", "giam_ho": "Lê Thị Tư"}, {"ten": ""}],
    "ban_ve": ["1", "2", "1"], "tien_ich": ["nuoc", "dien"],
    "vi_tri": {"lat": "11,233", "lon": 108.75}, "khu_dat": "11,2 108,7\n11,3 108,7\n11,3 108,8",
    "dong_y": "on", "ky": "Nguyễn Văn Ba",
    "doanh_nghiep": {"name": "Công ty TNHH Biển Xanh", "tax_code": "0100109106"},
    "ghi_chu": "dòng một\r\ndòng hai\u200b",
}  # fmt: skip


@pytest.fixture
def form() -> Form:
    return read(BUILDING)


def test_what_people_type_becomes_canonical(form: Form) -> None:
    checked = form.check(FILLED, context=CONTEXT)
    assert checked.problems == {}
    values = checked.values
    assert (values["dien_tich"], values["kinh_phi"]) == ("1200,5", 1_250_000_000)
    assert (values["khoi_cong"], values["chu_ho"]["name"]) == ("2014-03-20", "Nguyễn Văn Ba")
    assert (values["chu_ho"]["id_number"], values["chu_ho"]["phone"]) == ("260123456", "0918123456")
    assert values["thanh_vien"][1] == {"ten": "Nguyễn Văn Tí", "tre_em": True, "giam_ho": "Lê Thị Tư"}
    assert len(values["thanh_vien"]) == 2
    assert (values["ban_ve"], values["tien_ich"]) == ([1, 2], ["dien", "nuoc"])
    assert values["khu_dat"]["ring"][0] == [108.7, 11.2]
    assert values["ghi_chu"] == "dòng một\ndòng hai"


def test_what_is_canonical_stays_as_it_is(form: Form) -> None:
    once = form.check(FILLED, context=CONTEXT).values
    assert form.check(once, context=CONTEXT).values == once


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        ({"loai": ""}, "loai", "Cần chọn loại công trình"),
        ({"loai": "khac"}, "loai", "hãy chọn một trong danh sách"),
        ({"loai": "sua"}, "giay_phep_cu", "Cần ghi số giấy phép cũ"),
        ({"dien_tich": "một trăm"}, "dien_tich", "ghi bằng số"),
        ({"dien_tich": "0"}, "dien_tich", "phải từ 1 m² trở lên"),
        ({"kinh_phi": "-5"}, "kinh_phi", "phải từ 0 trở lên"),
        ({"khoi_cong": "30/02/2014"}, "khoi_cong", "không có ngày này"),
        ({"khoi_cong": "01/03/2014"}, "khoi_cong", "không được trước ngày 10/03/2014"),
        ({"xong": "15/03/2014"}, "xong", "không được trước ngày 20/03/2014"),
        ({"chu_ho": {"name": "Ba"}}, "chu_ho.id_number", "cần ghi số giấy tờ"),
        ({"chu_ho": {**FILLED["chu_ho"], "id_number": "12345"}}, "chu_ho.id_number", "9 hoặc 12 chữ số"),
        ({"chu_ho": {**FILLED["chu_ho"], "birth": "1/1/2020"}}, "chu_ho.birth", "ở sau hôm nay"),
        ({"chu_ho": {**FILLED["chu_ho"], "phone": "12"}}, "chu_ho.phone", "số điện thoại"),
        ({"chu_ho": {**FILLED["chu_ho"], "residence": {"commune": "99999"}}}, "chu_ho.residence.commune", "không có"),
        ({"chu_ho": {**FILLED["chu_ho"], "name": "x" * 300}}, "chu_ho.name", "dài quá 150"),
        ({"dia_diem": {"street": "12 Trần Phú"}}, "dia_diem.commune", "cần chọn xã"),
        ({"thanh_vien": [{"ten": "Tí", "tre_em": True}]}, "thanh_vien.0.giam_ho", "Cần ghi người giám hộ"),
        ({"thanh_vien": [{"ten": str(n)} for n in range(4)]}, "thanh_vien", "nhiều nhất 3 thành viên"),
        ({"thanh_vien": "x"}, "thanh_vien", "không đúng dạng"),
        ({"ban_ve": ["9"]}, "ban_ve", "có tệp không còn"),
        ({"ban_ve": ["ba"]}, "ban_ve", "tệp không đúng"),
        ({"tien_ich": ["gas"]}, "tien_ich", "hãy chọn trong danh sách"),
        ({"vi_tri": {"lat": "48,1", "lon": "2,3"}}, "vi_tri.lat", "vĩ độ từ 6 đến 24"),
        ({"khu_dat": "11,2 108,7\nbờ sông\n11,3 108,8"}, "khu_dat", "mỗi góc một dòng"),
        ({"dong_y": ""}, "dong_y", "Cần đánh dấu"),
        ({"dong_y": False}, "dong_y", "Cần đánh dấu"),
        ({"doanh_nghiep": {"name": "A", "tax_code": "0100109107"}}, "doanh_nghiep.tax_code", "mã số thuế không đúng"),
        ({"ghi_chu": "x" * 4001}, "ghi_chu", "tối đa 4000"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(form: Form, change: dict[str, Any], path: str, words: str) -> None:
    problems = form.check({**FILLED, **change}, context=CONTEXT).problems
    assert words in problems[path], problems


def test_nothing_that_somebody_typed_is_lost_when_it_is_wrong(form: Form) -> None:
    values = form.check({**FILLED, "khoi_cong": "30/02/2014", "dien_tich": "một trăm"}, context=CONTEXT).values
    assert (values["khoi_cong"], values["dien_tich"]) == ("30/02/2014", "một trăm")


def test_saving_half_a_form_asks_for_nothing_and_keeps_what_is_hidden(form: Form) -> None:
    checked = form.check({"loai": "moi", "giay_phep_cu": "12/GP"}, context=CONTEXT, whole=False)
    assert checked.problems == {}
    assert checked.values["giay_phep_cu"] == "12/GP"
    assert "giay_phep_cu" not in form.check({"loai": "moi", "giay_phep_cu": "12/GP"}, context=CONTEXT).values


def test_a_filled_form_is_read_line_by_line(form: Form) -> None:
    rows = form.shown(form.check(FILLED, context=CONTEXT).values, context=CONTEXT)
    said = {row.path: row.text for row in rows}
    assert said["loai"] == "Xây mới"
    assert said["dien_tich"] == "1.200,5 m²"
    assert said["kinh_phi"] == "1.250.000.000 đ"
    assert said["xong"] == "30/09/2014"
    assert said["dia_diem"] == "xã Hòa Thắng, huyện Bắc Bình"
    assert said["chu_ho"].startswith("Nguyễn Văn Ba; 1970; Nam; Chứng minh nhân dân; 260123456; Thôn Hà Thủy 1, xã Chí")
    assert said["thanh_vien.1.giam_ho"] == "Lê Thị Tư"
    assert said["ban_ve"] == "can-cuoc.jpg; so-do.pdf"
    assert "Nguyễn Văn Tí" in form.text(FILLED, context=CONTEXT)


def test_even_what_is_not_canonical_can_be_shown(form: Form) -> None:
    wrong = {"kinh_phi": "nhiều", "chu_ho": "Ba", "vi_tri": {"lat": "a"}, "khu_dat": {}, "ban_ve": "x", "loai": "khac"}
    assert {row.path for row in form.shown(wrong, context=CONTEXT)} == set(wrong) - {"khu_dat"}


@pytest.mark.parametrize(
    ("entry", "path", "words"),
    [
        ({"kind": "text", "label": "A"}, "0.key", "Mã trường"),
        ({"key": "a", "kind": "chữ", "label": "A"}, "0.kind", "Không có loại trường"),
        ({"key": "a", "kind": "text"}, "0.label", "Ghi nhãn"),
        ({"key": "a", "kind": "text", "label": "A", "units": "m"}, "0.units", "không có mục “units”"),
        ({"key": "a", "kind": "text", "label": "A", "required": "có"}, "0.required", "true hoặc false"),
        ({"key": "a", "kind": "text", "label": "A", "pattern": "(", "pattern_says": "x"}, "0.pattern", "biểu thức"),
        ({"key": "a", "kind": "number", "label": "A", "min": 5, "max": 1}, "0.min", "không được lớn hơn"),
        ({"key": "a", "kind": "date", "label": "A", "not_after": "b"}, "0.not_after", "mã một trường ngày"),
        ({"key": "a", "kind": "choice", "label": "A"}, "0.options", "Cần 2 đến"),
        ({"key": "a", "kind": "choice", "label": "A", "options": [{"key": "x", "label": "X"}] * 2}, "0.options.1", ""),
        ({"key": "a", "kind": "person", "label": "A", "parts": ["tóc"]}, "0.parts", "danh sách các phần"),
        ({"key": "a", "kind": "group", "label": "A"}, "0.fields", "ít nhất một trường con"),
        ({"key": "a", "kind": "text", "label": "A", "fields": []}, "0.fields", "Chỉ nhóm"),
        ({"key": "a", "kind": "text", "label": "A", "show_when": {"field": "b", "is": "x"}}, "0.show_when.field", ""),
        ({"key": "a", "kind": "text", "label": "A", "show_when": {"field": "a"}}, "0.show_when", "một phép so"),
        ({"key": "a", "kind": "text", "label": "A", "show_when": {"case": "mua", "is": "x"}}, "0.show_when.case", ""),
        ({"key": "a", "kind": "text", "label": "A", "show_when": "luôn"}, "0.show_when", "phải là một bảng"),
    ],
)  # fmt: skip
def test_a_wrong_definition_is_told_with_its_place(entry: dict[str, Any], path: str, words: str) -> None:
    with pytest.raises(Faults) as caught:
        read([entry])
    assert any(str(fault).startswith(f"{path}:") and words in fault.sentence for fault in caught.value.faults)


def test_groups_lie_in_one_another_only_so_deep() -> None:
    entry: dict[str, Any] = {"key": "d", "kind": "text", "label": "D"}
    for key in "cba":
        entry = {"key": key, "kind": "group", "label": key, "fields": [entry]}
    with pytest.raises(Faults, match="lồng nhau"):
        read([entry])


def test_every_kind_says_its_name_and_reads_with_its_own_defaults() -> None:
    kinds_of_forms = "text paragraph number money date choice choices yes_no group table address person enterprise file"
    assert set(kinds()) >= {*kinds_of_forms.split(), "point", "area", "signature"}
    for name, kind in kinds().items():
        assert (kind.name, bool(kind.label)) == (name, True)


@pytest.mark.parametrize(
    ("code", "right"),
    [("0100109106", True), ("0100109106-001", True), ("0100109107", False), ("012345", False), ("060084001234", True)],
)
def test_the_last_digit_of_a_tax_code_checks_the_others(code: str, right: bool) -> None:  # noqa: FBT001 - a table
    assert is_tax_code(code) is right


NAMES = st.sampled_from(["name", "commune", "ten", "lat", "ring"])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([entry["key"] for entry in BUILDING]), ANYTHING, max_size=8))
def test_whatever_is_sent_is_checked_without_an_accident_and_stays_the_same(values: dict[str, Any]) -> None:
    form = read(BUILDING)
    checked = form.check(values, context=CONTEXT, whole=False)
    form.shown(checked.values, context=CONTEXT)
    if checked.is_right:
        assert form.check(checked.values, context=CONTEXT, whole=False).values == checked.values
    form.check(values, context=CONTEXT)
