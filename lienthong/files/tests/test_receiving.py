from __future__ import annotations

import errno
import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from lienthong.files.models import Blob, FileText, StoredFile
from lienthong.files.operations import receive
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.kernel.refusal import Refusal
from lienthong.organisation.actor import Actor


def files_under(directory: Path) -> list[Path]:
    return [path for path in directory.rglob("*") if path.is_file()]


def test_bytes_are_kept_under_their_hash_and_the_name_is_kept_too(clerk: Actor, data_directory: Path) -> None:
    data = samples.pdf()
    file = receive([data[:100], data[100:]], name="Quyết định 119.pdf", actor=clerk, at=AT)
    sha256 = hashlib.sha256(data).hexdigest()
    assert (file.name, file.sha256, file.size) == ("Quyết định 119.pdf", sha256, len(data))
    assert (file.uploader, file.post, file.received_at) == (clerk.officer, clerk.post, AT)
    stored = data_directory / "files" / sha256[:2] / sha256[2:4] / sha256
    assert stored.read_bytes() == data
    assert files_under(data_directory) == [stored]
    assert (file.blob.kind, file.blob.pages) == ("pdf", 1)


def test_the_same_bytes_twice_are_kept_once_and_the_caller_is_told(clerk: Actor, data_directory: Path) -> None:
    data = samples.image()
    first = receive([data], name="ảnh.png", actor=clerk, at=AT)
    second = receive([data], name="ảnh khác.png", actor=clerk, at=AT)
    assert first.is_duplicate_of is None
    assert second.is_duplicate_of == first
    assert second.name == "ảnh khác.png"
    assert Blob.objects.count() == 1
    assert len(files_under(data_directory)) == 1


def test_a_content_that_was_lost_is_restored_by_sending_it_again(clerk: Actor, data_directory: Path) -> None:
    file = receive([b"noi dung"], name="a.txt", actor=clerk, at=AT)
    (data_directory / "files" / file.blob.path).unlink()
    receive([b"noi dung"], name="a.txt", actor=clerk, at=AT)
    assert (data_directory / "files" / file.blob.path).read_bytes() == b"noi dung"


def test_a_name_without_extension_gets_that_of_its_content(clerk: Actor) -> None:
    assert receive([samples.bare_pdf()], name="công văn", actor=clerk, at=AT).name == "công văn.pdf"


def test_reading_the_text_is_given_to_a_job(clerk: Actor) -> None:
    file = receive([b"mot van ban"], name="a.txt", actor=clerk, at=AT)
    assert FileText.objects.get(blob=file.blob).state == FileText.State.WAITING
    job = ProcrastinateJob.objects.get(task_name="lienthong.files.jobs.read_file")
    assert job.args == {"blob_id": file.blob.pk}


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED: dict[str, tuple[str, Any, str]] = {
    "0 byte": ("rỗng.pdf", lambda: b"", "rỗng (0 byte)"),
    "HTML called PDF": ("a.pdf", lambda: b"<!DOCTYPE html><html><body>Hi</body></html>", "nội dung là trang HTML"),
    "HTML hiding a PDF": ("a.pdf", lambda: b"<html><script>1</script>%PDF-1.4", "nội dung là trang HTML"),
    "HTML called Excel": ("a.xls", lambda: b"<html><table></table></html>", "nội dung là trang HTML"),
    "text called PDF": ("a.pdf", lambda: b"khong phai pdf", "nội dung là văn bản thuần"),
    "PDF called Word": ("a.docx", samples.bare_pdf, "nội dung là PDF"),
    "a program": ("a.pdf", lambda: b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0", "không được nhận"),
    "a vector picture": ("a.svg", lambda: b"<svg onload='x()'/>", "mang đuôi .svg"),
    "locked PDF": ("a.pdf", samples.locked_pdf, "đặt mật khẩu"),
    "damaged PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\x93\x11" * 500, "bị hỏng"),
    "cut PDF": ("a.pdf", lambda: samples.bare_pdf()[:60], "bị hỏng"),
    "PDF bomb": ("a.pdf", lambda: samples.pdf_bomb(40_000_000), "lớn bất thường"),
    "too many objects": ("a.pdf", lambda: samples.bare_pdf(extra=b"/Size 99999999"), "lớn bất thường"),
    "ZIP bomb": ("a.zip", lambda: samples.package({"0.txt": b"0" * 30_000_000}), "lớn bất thường"),
    "ZIP of many": ("a.zip", lambda: samples.package({f"{n}.txt": b"0" for n in range(3_100)}), "lớn bất thường"),
    "ZIP in ZIP": ("a.zip", lambda: samples.package({"b.zip": samples.package({"c.txt": b"1"})}), "tệp nén khác"),
    "hidden ZIP in ZIP": ("a.zip", lambda: samples.package({"b": samples.package({"c.txt": b"1"})}), "tệp nén khác"),
    "program in ZIP": ("a.zip", lambda: samples.package({"thư mục/b.exe": b"MZ"}), "chứa chương trình"),
    "damaged ZIP": ("a.zip", lambda: samples.package({"a.txt": b"0"})[:30], "bị hỏng"),
    "Word bomb": (
        "a.docx",
        lambda: samples.with_member(samples.docx_file(), "word/media/x.xml", b" " * 30_000_000),
        "lớn bất thường",
    ),
    "Word with macro": (
        "a.docx",
        lambda: samples.with_member(samples.docx_file(), "word/vbaProject.bin", b"x"),
        "chứa macro",
    ),
    "macro by name": ("a.docm", samples.docx_file, "chứa macro"),
    "Word with entities": (
        "a.docx",
        lambda: samples.with_member(
            samples.docx_file(), "word/evil.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'
        ),
        "XML không an toàn",
    ),
    "locked Word": (
        "a.docx",
        lambda: OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le"),
        "đặt mật khẩu",
    ),
    "old Word with macro": ("a.doc", lambda: OLE + b"\0" * 2000 + "_VBA_PROJECT".encode("utf-16-le"), "chứa macro"),
    "cut picture": ("a.png", lambda: samples.image(size=(400, 400))[:60], "bị hỏng"),
    "picture bomb": ("a.png", lambda: samples.png_bomb(60_000, 60_000), "quá nhiều điểm ảnh"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_must_not_be_taken_is_refused_in_plain_words_and_leaves_nothing(
    clerk: Actor, data_directory: Path, case: str
) -> None:
    name, make, words = REFUSED[case]
    with pytest.raises(Refusal, match=words.replace("(", r"\(").replace(")", r"\)")) as refusal:
        receive([make()], name=name, actor=clerk, at=AT)
    assert refusal.value.field == "file"
    assert files_under(data_directory) == []
    assert not StoredFile.objects.exists()


def test_a_file_beyond_the_limit_is_refused_while_it_streams(
    clerk: Actor, data_directory: Path, settings: Settings
) -> None:
    settings.LARGEST_FILE = 1 << 20
    sent = 0

    def endless() -> Any:
        nonlocal sent
        while True:
            sent += 1
            yield b"0" * 65_536

    with pytest.raises(Refusal, match="lớn hơn 1 MB"):
        receive(endless(), name="a.txt", actor=clerk, at=AT)
    assert sent == 17
    assert files_under(data_directory) == []


def test_a_full_disk_is_said_and_nothing_half_written_remains(
    clerk: Actor, data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Refusal, match="Ổ đĩa của máy chủ đã đầy"):
        receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    assert files_under(data_directory) == []


def test_a_sender_who_vanishes_leaves_nothing(clerk: Actor, data_directory: Path) -> None:
    def broken() -> Any:
        yield b"mot"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        receive(broken(), name="a.txt", actor=clerk, at=AT)
    assert files_under(data_directory) == []
    assert not StoredFile.objects.exists()


def test_an_honest_archive_is_taken(clerk: Actor) -> None:
    data = samples.package({"thư mục/công văn.pdf": samples.bare_pdf(), "biểu.xlsx": samples.xlsx_file()})
    assert zipfile.is_zipfile(io.BytesIO(data))
    assert receive([data], name="hồ sơ.zip", actor=clerk, at=AT).blob.kind == "zip"


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [
        ("a.docx", samples.docx_file, "docx"),
        ("a.xlsx", samples.xlsx_file, "xlsx"),
        ("a.jpg", lambda: samples.image("JPEG"), "jpeg"),
        ("a.tif", lambda: samples.image("TIFF"), "tiff"),
        ("a.webp", lambda: samples.image("WEBP"), "webp"),
        ("a.gif", lambda: samples.image("GIF"), "gif"),
        ("a.html", lambda: b"<html><p>Xin ch\xc3\xa0o</p></html>", "html"),
        ("a.xml", lambda: b"<?xml version='1.0'?><a/>", "xml"),
        ("a.csv", lambda: b"1,2\n3,4", "csv"),
        ("a.txt", lambda: "Số: 119/QĐ-UBND".encode("utf-16"), "txt"),
        ("a.txt", lambda: b"<html>", "txt"),
        ("a.doc", lambda: OLE + b"\0" * 2000, "ole"),
        ("a.doc", lambda: rb"{\rtf1 a}", "rtf"),
    ],
)
def test_each_kind_is_known_by_its_content(clerk: Actor, name: str, make: Any, kind: str) -> None:
    assert receive([make()], name=name, actor=clerk, at=AT).blob.kind == kind
