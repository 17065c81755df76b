"""The form of a file that was sent in: what its reader is told, and the mended copy to take away."""

from __future__ import annotations

import datetime as dt
import io

import docx
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from docx.shared import Mm

from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.formatting.setting import as_docx, set_pages
from lienthong.formatting.tests.papers import CREATED, DECISION
from lienthong.stationery import uploaded
from tests.cast import Cast, Login

PAPER = DECISION
pytestmark = pytest.mark.usefixtures("data_directory")


def kept(cast: Cast, content: bytes, at: dt.datetime, name: str = "to-trinh.docx") -> StoredFile:
    return receive(ContentFile(content), name=name, actor=cast.specialist, at=at)


def wrong() -> bytes:
    """A paper with a margin that one click mends, and a symbol that somebody must mend."""
    paper = docx.Document(io.BytesIO(as_docx(PAPER, created=CREATED)))
    paper.sections[0].left_margin = Mm(20)
    next(one for one in paper.paragraphs if one.text.startswith("Điều 1")).add_run(" [điền tên đơn vị]")
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def form(client: Client, file: StoredFile, **asked: str) -> str:
    return client.get(reverse("stationery:form", args=[file.pk]), asked).content.decode()


def test_a_right_paper_is_said_to_be_right(cast: Cast, at: dt.datetime, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    assert "Không thấy điểm nào sai" in form(client, kept(cast, as_docx(PAPER, created=CREATED), at))
    pdf = kept(cast, set_pages(PAPER, created=CREATED), at, "to-trinh.pdf")
    assert "Không thấy điểm nào sai" in form(client, pdf)


def test_faults_are_told_apart_by_who_mends_them_and_the_copy_is_mended(
    cast: Cast, at: dt.datetime, client: Client, login: Login
) -> None:
    file = kept(cast, wrong(), at)
    before = file.blob.sha256
    login(client, cast.specialist)
    shown = form(client, file)
    by_hand, at_once = shown.split("Sửa được ngay")
    assert "còn chỗ chưa điền" in by_hand
    assert "Lề trái là 20 mm" in at_once
    answer = client.get(reverse("stationery:mended_file", args=[file.pk]))
    section = docx.Document(io.BytesIO(answer.content)).sections[0]
    assert section.left_margin is not None
    assert 30 <= section.left_margin.mm <= 35
    again = form(client, kept(cast, answer.content, at, "sua.docx"))
    assert "Sửa được ngay" not in again
    assert "còn chỗ chưa điền" in again
    file.blob.refresh_from_db()
    assert file.blob.sha256 == before


def test_a_large_file_is_checked_after_its_page_stands_there(
    cast: Cast, at: dt.datetime, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lienthong.stationery.views.form_checks.AT_ONCE", 10)
    file = kept(cast, wrong(), at)
    login(client, cast.specialist)
    shown = form(client, file)
    assert "đang đo từng trang" in shown
    assert "Lề trái" not in shown
    assert "Lề trái là 20 mm" in form(client, file, now="1")
    part = client.get(reverse("stationery:form", args=[file.pk]), headers={"HX-Request": "true"}).content.decode()
    assert "Lề trái là 20 mm" in part
    assert "<html" not in part


def test_what_cannot_be_measured_says_so(cast: Cast, at: dt.datetime, client: Client, login: Login) -> None:
    login(client, cast.specialist)
    text = kept(cast, "Kính gửi".encode(), at, "thu.txt")
    assert uploaded.ONLY_MEASURED in form(client, text)
    assert client.get(reverse("stationery:mended_file", args=[text.pk])).status_code == 409


def test_a_file_of_others_is_not_found(cast: Cast, at: dt.datetime, client: Client, login: Login) -> None:
    file = kept(cast, wrong(), at)
    login(client, cast.outsider)
    for name in ("form", "mended_file"):
        assert client.get(reverse(f"stationery:{name}", args=[file.pk])).status_code == 404
