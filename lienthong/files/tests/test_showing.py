from __future__ import annotations

import hashlib
import io
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from PIL import Image

from lienthong.files.models import StoredFile
from lienthong.files.operations import attach, previewing, receive
from lienthong.files.queries import attachments
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor


def as_user(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.officer.user)  # type: ignore[arg-type]  # the cast has an account
    return client


@pytest.fixture
def signed_in(clerk: Actor) -> Client:
    return as_user(clerk)


@pytest.fixture
def pdf(clerk: Actor) -> StoredFile:
    return receive([samples.pdf(3)], name="Quyết định 119.pdf", actor=clerk, at=AT)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def url(name: str, file: StoredFile, *more: int) -> str:
    return reverse(f"files:{name}", args=[file.pk, *more])


def test_a_file_comes_back_under_its_name_and_is_not_run(signed_in: Client, pdf: StoredFile) -> None:
    answer = signed_in.get(url("download", pdf))
    assert hashlib.sha256(body(answer)).hexdigest() == pdf.sha256
    assert answer["Content-Disposition"] == ("attachment; filename*=utf-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh%20119.pdf")
    assert answer["Content-Length"] == str(pdf.size)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    shown = signed_in.get(url("inline", pdf))
    assert body(shown).startswith(b"%PDF")
    assert shown["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("name", ["a.html", "a.xml", "a.csv", "a.docx", "a.png"])
def test_what_a_browser_could_run_is_never_shown_in_place(signed_in: Client, clerk: Actor, name: str) -> None:
    data = {"a.docx": samples.docx_file(), "a.png": samples.image()}.get(name, b"<html><script>1</script></html>")
    answer = signed_in.get(url("inline", receive([data], name=name, actor=clerk, at=AT)))
    assert body(answer) == data
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] in {"application/octet-stream", "image/png"}
    assert "sandbox" in answer["Content-Security-Policy"]


def test_plain_text_is_shown_as_plain_text(signed_in: Client, clerk: Actor) -> None:
    file = receive([b"<script>alert(1)</script> mot"], name="a.txt", actor=clerk, at=AT)
    answer = signed_in.get(url("inline", file))
    assert body(answer) == b"<script>alert(1)</script> mot"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=0-", 200, b"0123456789", None),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=1-2,4-5", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
    ],
)
def test_a_download_can_be_taken_up_again(
    signed_in: Client, clerk: Actor, asked: str, status: int, part: bytes, told: str | None
) -> None:
    file = receive([b"0123456789"], name="a.txt", actor=clerk, at=AT)
    answer = signed_in.get(url("download", file), headers={"Range": asked})
    assert (answer.status_code, body(answer), answer.get("Content-Range")) == (status, part, told)


def test_a_part_is_given_only_of_the_same_content(signed_in: Client, clerk: Actor) -> None:
    file = receive([b"0123456789"], name="a.txt", actor=clerk, at=AT)
    same, other = f'"{file.sha256}"', '"x"'
    ask = {"Range": "bytes=2-4"}
    assert body(signed_in.get(url("download", file), headers=ask | {"If-Range": same})) == b"234"
    assert body(signed_in.get(url("download", file), headers=ask | {"If-Range": other})) == b"0123456789"
    assert signed_in.get(url("download", file), headers={"If-None-Match": same}).status_code == 304


@pytest.mark.parametrize("name", ["download", "inline", "preview", "words"])
def test_only_who_sees_the_record_sees_its_files(
    clerk: Actor,
    colleague: Actor,
    stranger: Actor,
    record_of_colleague: Subject,
    caplog: pytest.LogCaptureFixture,
    name: str,
) -> None:
    file = receive([b"mot"], name="a.txt", actor=clerk, at=AT)
    attach(file, record_of_colleague, actor=clerk, at=AT)
    answer = as_user(colleague).get(url(name, file))
    assert answer.status_code == 200
    assert body(answer)
    assert as_user(stranger).get(url(name, file)).status_code == 404
    assert f"404 GET {url(name, file)}: post {stranger.post.pk}" in caplog.text
    assert Client().get(url(name, file)).status_code == 302


def test_pages_are_drawn_once_and_kept(
    signed_in: Client, stranger: Actor, pdf: StoredFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = signed_in.get(url("page", pdf, 2, 480))
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.width) == ("WEBP", 480)
    monkeypatch.setattr(previewing, "_drawn", None)
    assert signed_in.get(url("page", pdf, 2, 480)).content == answer.content
    assert as_user(stranger).get(url("page", pdf, 2, 480)).status_code == 404
    assert signed_in.get(url("page", pdf, 4, 480)).status_code == 404
    assert signed_in.get(url("page", pdf, 1, 100_000)).status_code == 404


def test_a_picture_is_drawn_anew_and_smaller(signed_in: Client, clerk: Actor) -> None:
    file = receive([samples.image("JPEG", (2000, 1000))], name="a.jpg", actor=clerk, at=AT)
    with Image.open(io.BytesIO(signed_in.get(url("page", file, 1, 960)).content)) as picture:
        assert picture.size == (960, 480)


def test_the_page_of_a_pdf_shows_its_pages_lazily_and_its_words_on_demand(
    signed_in: Client, pdf: StoredFile, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        page = signed_in.get(url("preview", pdf)).content.decode()
    assert page.count('loading="lazy"') == 3
    assert "Quyết định 119.pdf" in page
    assert 'alt="Trang 3 của Quyết định 119.pdf"' in page
    words = signed_in.get(url("words", pdf)).content.decode()
    assert "Số: 119/QĐ-UBND" in words


def test_a_workbook_is_shown_as_tables_and_word_as_text(signed_in: Client, clerk: Actor) -> None:
    book = receive([samples.xlsx_file()], name="a.xlsx", actor=clerk, at=AT)
    words = signed_in.get(url("words", book)).content.decode()
    assert "<h3>Biểu 01</h3>" in words
    assert "<td>Cấp phát máy tính</td><td>120</td>" in words
    word = receive([samples.docx_file("Số: 119 <script>")], name="a.docx", actor=clerk, at=AT)
    assert "Số: 119 &lt;script&gt;" in signed_in.get(url("words", word)).content.decode()


def test_a_scan_says_that_it_has_no_words(signed_in: Client, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lienthong.files.ocr.engine", lambda: None)  # installed or not
    file = receive([samples.image()], name="a.png", actor=clerk, at=AT)
    assert "Đây là ảnh quét" in signed_in.get(url("words", file)).content.decode()


def test_a_lost_content_is_said(signed_in: Client, pdf: StoredFile, data_directory: Any) -> None:
    (data_directory / "files" / pdf.blob.path).unlink()
    answer = signed_in.get(url("download", pdf))
    assert answer.status_code == 409
    assert "không còn trong kho" in answer.content.decode()


def test_the_files_of_a_record_are_shown_together_and_listed(clerk: Actor, pdf: StoredFile) -> None:
    subject = Subject("sample", 9)
    attach(pdf, subject, label="Văn bản chính", actor=None, at=AT)
    book = receive([samples.xlsx_file()], name="Biểu 01.xlsx", actor=clerk, at=AT)
    attach(book, subject, actor=None, at=AT)
    context = {"attachments": attachments(subject)}
    viewer = render_to_string("files/viewer.html", context)
    assert viewer.count("<details") == 3  # two files, and the words of the first
    assert "1. Văn bản chính · 3 trang" in viewer
    assert f'hx-get="/files/{book.pk}/words/"' in viewer
    listed = render_to_string("files/attachments.html", context)
    assert "Văn bản chính" in listed
    assert f'href="/files/{book.pk}/download/"' in listed
    assert "<c-" not in listed
