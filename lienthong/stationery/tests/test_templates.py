"""Templates: who sees them, their versions, loading, filling in texts and in Word."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import docx
import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from lienthong.catalogue.models import DocumentType
from lienthong.files.operations import receive
from lienthong.formatting import setting
from lienthong.formatting.official import Official
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.organisation.operations import succeed
from lienthong.stationery import operations, queries, skeletons, word_files
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from lienthong.stationery.operations.templates import EMPTY
from lienthong.stationery.words import Field, Value
from tests.cast import Cast

CONTENT = EMPTY | {
    "abstract": "{{ viec }}",
    "addressees": "{{ noi_gui }}",
    "body": "{{ co_quan }} đề nghị {{ noi_gui }}:\n{% for muc in viec_lam %}\n- {{ muc }}{{ dau_cau }}\n{% endfor %}",
    "recipients": "Như trên\nLưu: VT, {{ ky_hieu_don_vi }}",
    "fields": [
        {"name": "viec", "label": "Việc", "required": True},
        {"name": "noi_gui", "label": "Nơi gửi"},
        {"name": "viec_lam", "label": "Việc làm", "kind": "lines"},
    ],
}


@pytest.fixture
def letter(cast: Cast) -> DocumentType:
    """The type công văn."""
    return DocumentType.objects.get(code="cong-van")


@pytest.fixture
def template(cast: Cast, letter: DocumentType, at: dt.datetime) -> DocumentTemplate:
    """A template of the department in use."""
    made = operations.create_template(
        document_type=letter, owner=cast.stttt, name="Đôn đốc", content=CONTENT, actor=cast.clerk, at=at
    )
    operations.publish(made.versions.get(), actor=cast.clerk, at=at)
    made.refresh_from_db()
    return made


def current(template: DocumentTemplate) -> TemplateVersion:
    """The version in use."""
    assert template.current is not None
    return template.current


def test_officers_choose_among_their_units_and_everybodys_templates(
    cast: Cast, template: DocumentTemplate, at: dt.datetime, on: dt.date, django_assert_num_queries: Any
) -> None:
    operations.load_stationery(at=at)
    with django_assert_num_queries(1):
        offered = queries.templates_for(cast.specialist, "cong-van", on)
        assert [row.current.number for row in offered if row.current] == [1] * 5
    results = ["Kết quả hồ sơ: từ chối, chưa đủ điều kiện", "Kết quả hồ sơ: văn bản trả lời"]
    assert [row.name for row in offered] == ["Đôn đốc", "Công văn", "Công văn trả lời", *results]
    assert [row.name for row in queries.templates_for(cast.outsider, "cong-van", on)] == [
        "Công văn",
        "Công văn trả lời",
        *results,
    ]
    assert queries.templates_for(cast.specialist, "phieu-bao", on) == []
    assert queries.templates_for(cast.specialist, "phieu-bao", dt.date(2020, 3, 5))
    assert len(queries.type_codes_in_use(cast.specialist, on)) == 28


def test_a_template_is_filled_with_what_the_officer_gives(cast: Cast, template: DocumentTemplate, on: dt.date) -> None:
    office = queries.office_values(cast.specialist, unit=cast.cntt, on=on)
    filled = operations.fill(
        current(template), office | {"viec": "rà soát", "noi_gui": "các huyện", "viec_lam": ("Lập danh mục", "Báo cáo")}
    )
    assert filled.abstract == "rà soát"
    assert filled.addressees == ("các huyện",)
    assert filled.recipients == ("Như trên", "Lưu: VT, CNTT")
    assert filled.body == ("Sở Thông tin và Truyền thông đề nghị các huyện:\n- Lập danh mục;\n- Báo cáo.")


def test_a_required_field_left_empty_is_named(cast: Cast, template: DocumentTemplate) -> None:
    with pytest.raises(Refusal, match="Mẫu này cần “Việc”") as refused:
        operations.fill(current(template), {})
    assert refused.value.field == "viec"


def test_the_draft_can_be_had_as_a_word_file(cast: Cast, template: DocumentTemplate, on: dt.date) -> None:
    office = queries.office_values(cast.specialist, unit=cast.cntt, on=on)
    data = operations.fill_docx(current(template), office | {"viec": "rà soát", "noi_gui": "các huyện"})
    text = words_of(data)
    assert "SỞ THÔNG TIN VÀ TRUYỀN THÔNG" in text
    assert "các huyện" in text


def test_a_published_version_never_changes(cast: Cast, template: DocumentTemplate, at: dt.datetime) -> None:
    version = current(template)
    with pytest.raises(Refusal, match="đã ban hành"):
        operations.edit_draft(version, content=CONTENT, actor=cast.clerk, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).update(body="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        TemplateVersion.objects.filter(pk=version.pk).delete()


def test_a_second_version_takes_over_when_it_is_published(
    cast: Cast, template: DocumentTemplate, at: dt.datetime
) -> None:
    draft = operations.begin_draft(template, actor=cast.leader, at=at)
    assert operations.begin_draft(template, actor=cast.clerk, at=at) == draft
    operations.edit_draft(draft, content=CONTENT | {"body": "Mới./."}, actor=cast.leader, at=at)
    template.refresh_from_db()
    assert current(template).number == 1
    operations.publish(draft, actor=cast.leader, at=at)
    template.refresh_from_db()
    assert (current(template).number, current(template).body) == (2, "Mới./.")
    discarded = operations.begin_draft(template, actor=cast.leader, at=at)
    operations.discard_draft(discarded, actor=cast.leader, at=at)
    assert queries.draft_of(template) is None
    assert template.versions.count() == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"body": "{{ khong_co }}"}, "Nội dung, dòng 1: không có trường “khong_co”"),
        ({"body": "a\n{% if viec %}"}, "Nội dung, dòng 2: “if” chưa được đóng"),
        ({"body": ""}, "Nội dung, dòng 1: chưa có gì"),
        ({"recipients": "Lưu\n{{ so_ky_hieu }}"}, "Nơi nhận, dòng 2: không có trường “so_ky_hieu”"),
        ({"fields": [*CONTENT["fields"], {"name": "viec", "label": "B"}]}, "tên “viec” bị trùng"),
        ({"fields": [*CONTENT["fields"], {"name": "co_quan", "label": "B"}]}, "“co_quan” là trường có sẵn"),
        ({"fields": [*CONTENT["fields"], {"name": "Tên", "label": "B"}]}, "chỉ gồm chữ thường không dấu"),
        ({"fields": [*CONTENT["fields"], {"name": "moi", "label": ""}]}, "trường “moi” chưa có nhãn"),
    ],
)
def test_a_broken_template_stays_a_draft_and_says_where(
    cast: Cast, letter: DocumentType, at: dt.datetime, change: dict[str, Any], said: str
) -> None:
    made = operations.create_template(
        document_type=letter, owner=cast.stttt, name="Hỏng", content=CONTENT | change, actor=cast.clerk, at=at
    )
    with pytest.raises(Refusal) as refused:
        operations.publish(made.versions.get(), actor=cast.clerk, at=at)
    assert said in refused.value.message
    assert made not in queries.templates_for(cast.clerk, "cong-van", dt.date(2014, 3, 10))


def test_who_keeps_what(cast: Cast, template: DocumentTemplate, letter: DocumentType, at: dt.datetime) -> None:
    for stranger in (cast.specialist, cast.health_clerk, cast.division_head):
        with pytest.raises(Forbidden):
            operations.begin_draft(template, actor=stranger, at=at)
    with pytest.raises(Forbidden, match="dùng chung"):
        operations.create_template(document_type=letter, owner=None, name="X", actor=cast.leader, at=at)
    operations.create_template(document_type=letter, owner=None, name="X", actor=cast.administrator, at=at)
    operations.create_template(document_type=letter, owner=cast.cntt, name="X", actor=cast.division_head, at=at)
    operations.create_template(document_type=letter, owner=cast.ubnd, name="X", actor=cast.office_head, at=at)
    with pytest.raises(Refusal, match="Đã có mẫu “X”"):
        operations.create_template(document_type=letter, owner=cast.cntt, name="X", actor=cast.leader, at=at)
    seen = DocumentTemplate.objects.visible_to(cast.division_head)
    assert {row.owner for row in seen} == {None, cast.stttt, cast.cntt}
    assert not DocumentTemplate.objects.visible_to(None).exists()


def test_who_takes_over_a_unit_sees_its_templates(
    cast: Cast, template: DocumentTemplate, at: dt.datetime, on: dt.date
) -> None:
    assert template not in queries.templates_for(cast.outsider, "cong-van", on)
    succeed(
        kind="merge", predecessors=[cast.stttt], successors=[cast.soyte], on=on, source="01/NQ-HĐND", actor=None, at=at
    )
    assert template in queries.templates_for(cast.outsider, "cong-van", on)
    copied = operations.copy_template(template, owner=cast.soyte, name="Của mình", actor=cast.health_clerk, at=at)
    assert copied.versions.get().content == current(template).content


def test_what_is_retired_is_offered_no_more_until_it_returns(
    cast: Cast, template: DocumentTemplate, letter: DocumentType, at: dt.datetime, on: dt.date
) -> None:
    operations.retire(template, actor=cast.clerk, at=at)
    assert queries.templates_for(cast.clerk, "cong-van", on) == []
    operations.create_template(document_type=letter, owner=cast.stttt, name="Đôn đốc", actor=cast.clerk, at=at)
    with pytest.raises(Refusal, match="Đã có mẫu “Đôn đốc”"):
        operations.restore(template, actor=cast.clerk, at=at)
    other = DocumentTemplate.objects.exclude(pk=template.pk).get()
    operations.rename_template(other, name="Khác", actor=cast.clerk, at=at)
    operations.restore(template, actor=cast.clerk, at=at)
    assert queries.templates_for(cast.clerk, "cong-van", on) == [template]


def test_loading_twice_changes_nothing_and_leaves_what_was_edited(
    cast: Cast, at: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert operations.load_stationery(at=at) == len(skeletons.files())
    assert operations.load_stationery(at=at) == 0
    edited = DocumentTemplate.objects.get(code="to-trinh")
    draft = operations.begin_draft(edited, actor=cast.administrator, at=at)
    operations.retire(DocumentTemplate.objects.get(code="bao-cao"), actor=cast.administrator, at=at)
    read = skeletons.read
    changed = {"abstract": "Đổi", "body": "Khác./."}
    monkeypatch.setattr(skeletons, "read", lambda path: _with(read(path), changed))
    assert operations.load_stationery(at=at) == len(skeletons.files()) - 2
    assert draft.template.versions.count() == 2
    assert DocumentTemplate.objects.get(code="bao-cao").retired_at == at
    fresh = DocumentTemplate.objects.select_related("current").get(code="cong-van")
    assert (current(fresh).number, current(fresh).body) == (2, "Khác./.")


def test_the_command_says_what_it_did(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_stationery")
    assert f"{len(skeletons.files())} mẫu mới hoặc đổi" in capsys.readouterr().out
    call_command("load_stationery")
    assert "không có gì mới" in capsys.readouterr().out


def test_a_word_file_of_ones_own_is_filled(
    cast: Cast, template: DocumentTemplate, at: dt.datetime, on: dt.date, data_directory: Any
) -> None:
    draft = operations.begin_draft(template, actor=cast.clerk, at=at)
    own = word_file(
        "Về việc {{ viec }}", "{%p for muc in viec_lam %}", "Việc: {{ muc }}", "{%p endfor %}", "{{ khoi_ky }}"
    )
    stored = receive([own], name="mau-rieng.docx", actor=cast.clerk, at=at)
    operations.put_file(draft, stored, actor=cast.clerk, at=at)
    operations.publish(draft, actor=cast.clerk, at=at)
    template.refresh_from_db()
    values: dict[str, Value] = {
        "viec": "A & B <c>",
        "viec_lam": ("một", "hai"),
        "khoi_ky": "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
    }
    text = words_of(operations.fill_docx(current(template), values))
    assert text.split("\n") == ["Về việc A & B <c>", "Việc: một", "Việc: hai", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert operations.template_docx(current(template)) == own
    copied = operations.copy_template(template, owner=cast.cntt, name="Chép", actor=cast.division_head, at=at)
    assert copied.versions.get().file == stored


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Một", "{{ khong_co }}"], "Tệp Word, dòng 2: không có trường “khong_co”"),
        (["{{ viec.__class__ }}"], "không phải tên trường"),
        (["{%p for muc in viec_lam %}", "{{ muc }}"], "dòng 1: “for” chưa được đóng"),
        (["{{r viec }}"], "không phải tên trường"),
        (["Không có gì để điền"], "không có trường nào"),
    ],
)
def test_a_word_file_with_a_fault_is_refused_with_its_paragraph(lines: list[str], said: str) -> None:
    fields = [Field(name="viec", label="Việc"), Field(name="viec_lam", label="Việc làm", kind="lines")]
    faults = word_files.faults_in(word_file(*lines), fields)
    assert any(said in str(fault) for fault in faults), faults


def test_word_files_that_bring_code_or_too_much_are_refused() -> None:
    good = word_file("{{ viec }}")
    fields = [Field(name="viec", label="Việc")]
    assert word_files.faults_in(good, fields) == ()
    for added, said in (
        ({"word/vbaProject.bin": b"x"}, "macro"),
        ({"word/embeddings/a.bin": b"x"}, "macro hoặc tệp nhúng"),
        ({"word/big.xml": b" " * (word_files.LARGEST_PART + 1)}, "quá lớn khi mở ra"),
        ({"word/comments.xml": b"<a>{{ viec }}</a>"}, "ở nơi không điền được"),
        ({"word/header1.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "hỏng nên không đọc được"),
    ):
        faults = word_files.faults_in(with_parts(good, added), fields)
        assert any(said in str(fault) for fault in faults), (said, faults)
    assert "không mở được" in str(word_files.faults_in(b"PK\x03\x04rac", fields)[0])
    assert "lớn hơn 5 MB" in str(word_files.faults_in(b"x" * (word_files.LARGEST_FILE + 1), fields)[0])


def test_no_code_hides_outside_the_paragraphs_of_a_word_file() -> None:
    fields = [Field(name="viec", label="Việc")]
    split = word_file("{{ viec }}", "{", "{ 'a' * 10 }}")
    attribute = with_body(word_file("{{ viec }}"), b"<w:body>", b'<w:body w:rsidR="{{ viec.upper() }}">')
    field_code = with_body(
        word_file("{{ viec }} thay"), b" thay</w:t>", b"</w:t><w:instrText>{{ 9 ** 9 }}</w:instrText>"
    )
    for data in (split, attribute, field_code):
        assert word_files.faults_in(data, fields), data[:20]
        with pytest.raises(Refusal):
            word_files.render(data, {"viec": "a"})


def test_a_word_file_that_would_fill_the_memory_is_stopped() -> None:
    wide = word_file("{{ viec }}", "{%p for muc in viec_lam %}", "x" * 100_000, "{%p endfor %}")
    context: dict[str, str | list[str]] = {"viec": "a", "viec_lam": ["b"] * 500}
    with pytest.raises(Refusal, match="dài quá mức cho phép"):
        word_files.render(wide, context)


def test_a_head_in_capitals_keeps_its_small_tags() -> None:
    paper = Official(
        superior="{{ dau_cap_tren }}", issuer="{{ dau_co_quan }}", symbol="{{ so_ky_hieu }}", place="{{ dia_danh }}",
        date=None, type_name="QUYẾT ĐỊNH", abstract="{{ trich_yeu }}", body="{% if viec %}\n{{ viec }}\n{% endif %}",
        signing=("{{ khoi_ky }}",), signer="{{ nguoi_ky }}",
    )  # fmt: skip
    data = word_files.with_tags(setting.as_docx(paper))
    assert word_files.faults_in(data, [Field(name="viec", label="Việc")]) == ()
    text = words_of(word_files.render(data, _all("viec", "")))
    assert "%" not in text
    assert "CƠ QUAN CẤP TRÊN" in text


def _all(name: str, value: str) -> dict[str, str | list[str]]:
    return {
        "dau_cap_tren": "CƠ QUAN CẤP TRÊN", "dau_co_quan": "CƠ QUAN", "so_ky_hieu": "1/QĐ", "dia_danh": "Bình Thuận",
        "trich_yeu": "Về việc", "khoi_ky": "GIÁM ĐỐC", "nguoi_ky": "Minh", name: value,
    }  # fmt: skip


def _with(skeleton: dict[str, Any], changed: dict[str, str]) -> dict[str, Any]:
    return skeleton | {"content": skeleton["content"] | changed}


def word_file(*lines: str) -> bytes:
    """A Word file with some paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The file with more in its archive."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_body(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with something else in its document."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            content = source.read(item.filename)
            assert item.filename != "word/document.xml" or old in content
            target.writestr(item, content.replace(old, new) if item.filename == "word/document.xml" else content)
    return out.getvalue()


def words_of(data: bytes) -> str:
    """Everything that a Word file says, a line for each paragraph, tables too."""
    body = docx.Document(io.BytesIO(data)).element.body
    lines = []
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        pieces = [
            "\n" if one.tag.endswith("}br") else one.text or ""
            for one in paragraph.iter()
            if one.tag.endswith(("}t", "}br"))
        ]
        lines.append("".join(pieces))
    return "\n".join(line for line in lines if line)
