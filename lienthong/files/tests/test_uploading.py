from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings

from lienthong.files import storage
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.files.tests import samples
from lienthong.files.tests.conftest import AT
from lienthong.files.views import upload
from lienthong.organisation.actor import Actor

URL = reverse("files:upload")


@pytest.fixture
def signed_in(clerk: Actor) -> Client:
    client = Client()
    client.force_login(clerk.officer.user)  # type: ignore[arg-type]  # the cast has an account
    return client


def send(signed_in: Client, data: bytes, name: str, **headers: str) -> Any:
    return signed_in.post(
        URL, data, content_type="application/octet-stream", headers={"X-File-Name": quote(name)} | headers
    )


def left_in(directory: Path) -> list[Path]:
    return [path for path in (directory / "incoming").rglob("*") if path.is_file()]


def test_a_body_is_received_and_answered_in_json(signed_in: Client, data_directory: Path, clerk: Actor) -> None:
    answer = send(signed_in, samples.bare_pdf(), "Quyết định số 119.pdf")
    file = StoredFile.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {
        "id": file.pk,
        "name": "Quyết định số 119.pdf",
        "size": file.size,
        "sha256": file.sha256,
        "kind": "pdf",
        "pages": 1,
        "duplicate_of": None,
    }
    assert file.uploader == clerk.officer
    assert left_in(data_directory) == []


def test_a_form_is_received_too(signed_in: Client, data_directory: Path) -> None:
    answer = signed_in.post(URL, {"file": SimpleUploadedFile("Kế hoạch.docx", samples.docx_file())})
    assert answer.status_code == 201, answer.content
    assert answer.json()["name"] == "Kế hoạch.docx"
    assert left_in(data_directory) == []


def test_the_second_sender_of_the_same_bytes_is_told_what_is_there(signed_in: Client) -> None:
    first = send(signed_in, b"mot", "a.txt").json()
    assert send(signed_in, b"mot", "b.txt").json()["duplicate_of"] == {"id": first["id"], "name": "a.txt"}


def test_what_somebody_else_sent_is_not_betrayed_by_a_duplicate(signed_in: Client, stranger: Actor) -> None:
    receive([b"mot"], name="rieng.txt", actor=stranger, at=AT)
    answer = send(signed_in, b"mot", "b.txt").json()
    assert answer["duplicate_of"] is None
    assert StoredFile.objects.get(pk=answer["id"]).is_duplicate_of is not None


def test_a_refusal_is_a_sentence_in_json(signed_in: Client, data_directory: Path) -> None:
    answer = send(signed_in, b"<html></html>", "a.pdf")
    assert answer.status_code == 422
    assert "nội dung là trang HTML" in answer.json()["error"]
    answer = signed_in.post(URL, {"file": SimpleUploadedFile("a.pdf", b"<html></html>")})
    assert answer.status_code == 422
    assert signed_in.post(URL, {}).json() == {"error": "Chưa có tệp nào được chọn: hãy chọn tệp rồi tải lên."}
    assert left_in(data_directory) == []


def test_300_mb_are_refused_before_a_byte_is_read(signed_in: Client) -> None:
    class Untouchable(io.BytesIO):
        def read(self, _: Any = None) -> bytes:
            raise AssertionError("the body was read")

    request = RequestFactory().generic("POST", URL, b"")
    request.META["CONTENT_LENGTH"] = str(300 << 20)
    request.environ["wsgi.input"] = Untouchable()
    request.user = type("Signed", (), {"is_authenticated": True})()
    answer: Any = upload(request)
    assert answer.status_code == 413
    assert (
        "Tệp lớn hơn 200 MB"
        in answer.content.decode("unicode_escape").encode("latin-1", "ignore").decode("utf-8", "ignore")
        or b"200 MB" in answer.content
    )


@pytest.mark.parametrize("form", [True, False])
def test_a_lie_about_the_length_does_not_get_past_the_limit(
    signed_in: Client, settings: Settings, data_directory: Path, *, form: bool
) -> None:
    settings.LARGEST_FILE = 100_000
    data, name = b"0" * 103_000, "a.txt"
    answer = signed_in.post(URL, {"file": SimpleUploadedFile(name, data)}) if form else send(signed_in, data, name)
    assert answer.status_code == 422
    assert "Tệp lớn hơn" in answer.json()["error"]
    assert left_in(data_directory) == []


def test_a_disk_that_would_be_filled_takes_nothing(signed_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "free_bytes", lambda: 1000)
    answer = send(signed_in, b"mot", "a.txt")
    assert answer.status_code == 413
    assert "sắp đầy" in answer.json()["error"]


@pytest.mark.parametrize("form", [True, False])
def test_a_connection_lost_in_the_middle_leaves_nothing(signed_in: Client, data_directory: Path, *, form: bool) -> None:
    whole = b"Mot van ban dai. " * 50_000
    if form:
        edge = b"--edge\r\n"
        head = edge + b'Content-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        whole, content_type = head + whole + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"
    else:
        content_type = "application/octet-stream"
    cut: dict[str, Any] = {"wsgi.input": io.BytesIO(whole[: len(whole) // 2])}
    answer = signed_in.generic("POST", URL, whole, content_type, headers={"X-File-Name": "a.txt"}, **cut)
    assert answer.status_code == 422
    assert "Đường truyền bị đứt" in answer.json()["error"]
    assert left_in(data_directory) == []
    assert not StoredFile.objects.exists()


def test_who_is_not_signed_in_or_brings_no_token_is_refused(clerk: Actor, data_directory: Path) -> None:
    assert send(Client(), b"mot", "a.txt").status_code == 401
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(clerk.officer.user)  # type: ignore[arg-type]  # the cast has an account
    assert send(careful, b"mot", "a.txt").status_code == 403
    assert careful.post(URL, {"file": SimpleUploadedFile("a.txt", b"mot")}).status_code == 403
    assert left_in(data_directory) == []
    assert not StoredFile.objects.exists()


def test_a_hostile_name_arrives_tame(signed_in: Client) -> None:
    name = "../../etc/" + "\u202e" + "ảnh" + "x" * 300 + ".TXT"
    assert send(signed_in, b"mot", name).json()["name"] == ("ảnh" + "x" * 300)[:196] + ".txt"
