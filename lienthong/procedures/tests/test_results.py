"""What a procedure says of its results: the register and the template must be there, and get what they ask for."""

from __future__ import annotations

import pytest

from lienthong.kernel.faults import Faults
from lienthong.procedures.operations.loading import files, registers_of_data, templates_of_data
from lienthong.procedures.reading import Known, read

TEXT = next(path for path in files() if path.stem == "1.009645-2012").read_text(encoding="utf-8")
KNOWN = Known(registers=registers_of_data(), templates=templates_of_data())


def _faults(old: str, new: str) -> list[str]:
    assert old in TEXT
    with pytest.raises(Faults) as found:
        read(TEXT.replace(old, new), known=KNOWN)
    return [f"{fault.line}: {fault.sentence}" for fault in found.value.faults]


def test_a_right_file_names_registers_and_templates_that_are_there() -> None:
    text = TEXT.replace('document_type = "quyet-dinh"', 'document_type = "quyet-dinh"\ntemplate = "ket-qua-quyet-dinh"')
    assert read(text, known=KNOWN).results[0].template == "ket-qua-quyet-dinh"


def test_an_unknown_register_is_said_with_its_line() -> None:
    (said,) = _faults('register = "du-an-dau-tu"', 'register = "khong-co"')
    assert "Không có sổ “khong-co”. Các sổ: cai-chinh-ho-tich" in said
    assert int(said.partition(":")[0]) > 100


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("khong-co", "Không có mẫu văn bản “khong-co”"),
        ("quyet-dinh", "Mẫu “quyet-dinh” cần trường mà thủ tục không có:"),
    ],
)
def test_a_template_that_is_not_there_or_asks_for_more_is_said(template: str, said: str) -> None:
    line = 'document_type = "quyet-dinh"'
    assert any(said in one for one in _faults(line, f'{line}\ntemplate = "{template}"'))


def test_a_template_without_a_type_is_said() -> None:
    (said,) = _faults('document_type = "quyet-dinh"', 'template = "ket-qua-quyet-dinh"')
    assert "ghi cả loại văn bản" in said
