from __future__ import annotations

import os
import signal
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import docx
import pytest

from lienthong.files import jobs, sandbox
from lienthong.files.extract_text import text_from_bytes, text_from_path
from lienthong.files.models import FileText, StoredFile
from lienthong.files.operations import read_text, receive
from lienthong.files.operations.reading import read
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.files.text import reading_of, text_of
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor

SENTENCE = "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân; xét đề nghị của Giám đốc Sở Thông tin"
TCVN3 = "C¨n cø LuËt Tæ chøc Héi ®ång nh©n d©n vµ ñy ban nh©n d©n; xÐt ®Ò nghÞ cña Gi¸m ®èc Së Th«ng tin"
VNI = (
    "Caên cöù Luaät Toå chöùc Hoäi ñoàng nhaân daân vaø UÛy ban nhaân daân; "
    "xeùt ñeà nghò cuûa Giaùm ñoác Sôû Thoâng tin"
)


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode(),
        b"\xef\xbb\xbf" + SENTENCE.encode(),
        unicodedata.normalize("NFD", SENTENCE).encode(),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        TCVN3.encode("latin-1"),
        VNI.encode("latin-1"),
        TCVN3.encode(),
        VNI.encode(),
    ],
    ids=["utf-8", "mark", "NFD", "utf-16", "utf-16-le", "utf-16-be", "tcvn3", "vni", "tcvn3 in utf-8", "vni in utf-8"],
)
def test_plain_text_is_read_in_every_encoding_of_the_country(data: bytes) -> None:
    assert text_from_bytes(data, "a.txt").casefold() == SENTENCE.casefold()


def test_windows_1258_is_read() -> None:
    marks = {"\u0300": "\xcc", "\u0309": "\xd2", "\u0303": "\xde", "\u0301": "\xec", "\u0323": "\xf2"}
    kept = set("âêôăơưđ")
    data = bytearray()
    for letter in "căn cứ luật tổ chức hội đồng nhân dân tỉnh":
        base, tones = letter, ""
        for part in unicodedata.normalize("NFD", letter):
            if part in marks:
                tones = marks[part]
                base = unicodedata.normalize("NFC", unicodedata.normalize("NFD", letter).replace(part, ""))
        assert base.isascii() or base in kept
        data += base.encode("cp1258") + tones.encode("latin-1")
    assert text_from_bytes(bytes(data), "a.txt") == "căn cứ luật tổ chức hội đồng nhân dân tỉnh"


def test_a_pdf_is_read_page_by_page() -> None:
    text = text_from_bytes(samples.pdf(3), "a.pdf")
    assert [page.split(".")[0].strip() for page in text.split("\f")] == ["Trang 1", "Trang 2", "Trang 3"]
    assert "Số: 119/QĐ-UBND. Về việc ban hành kế hoạch công nghệ thông tin" in text


def test_a_word_file_is_read_with_its_head_and_its_tables() -> None:
    text = text_from_bytes(samples.docx_file(), "a.docx")
    assert text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")
    assert samples.TEXT in text
    assert "Nhiệm vụ\tSở Thông tin và Truyền thông" in text


def test_the_two_columns_of_a_heading_are_read_one_after_the_other(tmp_path: Path) -> None:
    document = docx.Document()
    heading, work = document.add_table(rows=1, cols=2), document.add_table(rows=1, cols=3)
    heading.cell(0, 0).text, heading.cell(0, 1).text = "UBND TỈNH\nSỞ Y TẾ", "CỘNG HÒA\nĐộc lập"
    work.cell(0, 0).text, work.cell(0, 1).text, work.cell(0, 2).text = "1", "Kiểm tra\nđại lý", "Phòng CNTT"
    document.save(str(tmp_path / "a.docx"))
    assert (
        text_from_path(tmp_path / "a.docx") == "UBND TỈNH\nSỞ Y TẾ\nCỘNG HÒA\nĐộc lập\n1\tKiểm tra đại lý\tPhòng CNTT"
    )


def test_a_text_in_an_old_encoding_is_kept_with_its_name(clerk: Actor) -> None:
    typed = "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc".encode("latin-1")
    file = receive([typed], name="cu.txt", actor=clerk, at=AT)
    assert read_text(file, at=AT).startswith("Cộng hòa xã hội chủ nghĩa Việt Nam")
    reading = reading_of(file)
    assert reading is not None
    assert reading.encoding == "TCVN3"


def test_a_workbook_is_read_with_its_sheets() -> None:
    assert text_from_bytes(samples.xlsx_file(), "a.xlsx") == (
        "[Biểu 01]\nSTT\tNhiệm vụ\tSố lượng\n1\tCấp phát máy tính\t120"
    )


def test_a_page_is_read_as_a_reader_sees_it() -> None:
    page = (
        "<html><head><title>x</title><style>a{}</style></head><body><script>alert(1)</script><!-- ẩn -->"
        "<h1>Quyết định</h1><p>Số: <b>119</b>/QĐ</p><table><tr><td>a</td><td>b</td></tr></table></body></html>"
    )
    assert text_from_bytes(page.encode(), "a.html") == "Quyết định\nSố: 119/QĐ\na\tb"


def test_xml_with_entities_is_not_read() -> None:
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    with pytest.raises(Refusal, match="XML không an toàn"):
        text_from_bytes(hostile, "a.xml")
    assert text_from_bytes(b"<a><b>mot</b><b>hai</b></a>", "a.xml") == "mot\nhai"


def test_a_small_file_is_read_at_once_and_the_job_finds_it_done(clerk: Actor) -> None:
    file = receive([samples.docx_file()], name="a.docx", actor=clerk, at=AT)
    assert text_of(file) == ""
    assert "Số: 119/QĐ-UBND" in read_text(file, at=AT)
    assert text_of(file) == read_text(file, at=AT)
    jobs.read_file(blob_id=file.blob.pk)
    reading = reading_of(file)
    assert reading is not None
    assert (reading.state, reading.source) == (FileText.State.DONE, FileText.Source.CONTENT)


def test_a_second_sending_of_the_same_bytes_has_its_text_already(clerk: Actor, django_assert_num_queries: Any) -> None:
    read_text(receive([b"Mot van ban"], name="a.txt", actor=clerk, at=AT), at=AT)
    second = receive([b"Mot van ban"], name="b.txt", actor=clerk, at=AT)
    with django_assert_num_queries(1):
        assert read_text(second, at=AT) == "Mot van ban"


def test_a_scan_says_that_it_is_one(clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lienthong.files.ocr.engine", lambda: None)  # installed or not
    picture = receive([samples.image()], name="a.png", actor=clerk, at=AT)
    bare = receive([samples.bare_pdf()], name="a.pdf", actor=clerk, at=AT)
    assert read(picture.blob, at=AT).state == FileText.State.SCANNED
    assert read(bare.blob, at=AT).state == FileText.State.SCANNED


def _reading(clerk: Actor, monkeypatch: pytest.MonkeyPatch, **other: Any) -> FileText:
    """Read a file while the sandbox is given other limits or another path."""
    file: StoredFile = receive([b"mot " * 1_500_000], name="a.txt", actor=clerk, at=AT)
    run = sandbox.run
    monkeypatch.setattr(sandbox, "run", lambda verb, **order: run(verb, **(order | other)))
    return read(file.blob, at=AT)


def test_a_file_that_hangs_the_reader_is_given_up(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "hang")
    monkeypatch.setattr(sandbox, "GRACE", 0)
    reading = _reading(clerk, monkeypatch, seconds=1, path=str(tmp_path / "hang"))
    assert (reading.state, reading.text) == (FileText.State.FAILED, "")
    assert "quá nhiều thời gian" in reading.error


def test_a_file_that_fills_the_memory_is_given_up(clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = _reading(clerk, monkeypatch, memory=1 << 20)
    assert reading.state == FileText.State.FAILED
    assert "quá nhiều bộ nhớ" in reading.error


@pytest.mark.parametrize(
    ("code", "words"), [(-signal.SIGSEGV, "làm hỏng trình đọc"), (-signal.SIGXCPU, "quá nhiều thời gian")]
)
def test_a_file_that_kills_the_reader_is_given_up(
    clerk: Actor, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    killed = subprocess.CompletedProcess[bytes]([], code, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_kwargs: killed)
    reading = _reading(clerk, monkeypatch)
    assert reading.state == FileText.State.FAILED
    assert words in reading.error
