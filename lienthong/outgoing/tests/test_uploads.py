"""A Word file is taken into a draft: what the officer is told of it, and which files are not taken."""

from __future__ import annotations

import io
import time
import uuid
import zipfile
from collections.abc import Callable

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx.shared import Pt
from PIL import Image

from lienthong.files import sandbox
from lienthong.formatting.setting import as_docx
from lienthong.outgoing.models import Draft
from lienthong.outgoing.operations.drafting import save
from lienthong.outgoing.pages import pages_of_draft
from lienthong.outgoing.tests.builders import make_draft
from lienthong.outgoing.wording import Wording
from tests.cast import AT, MONDAY, Cast, Login

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(draft: Draft, change: Callable[[docx.document.Document], None] | None = None) -> bytes:
    """A Word file as an office would type it, with something done to it."""
    paper = docx.Document(io.BytesIO(as_docx(pages_of_draft(draft, on=MONDAY), created=AT)))
    if change:
        change(paper)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The same package with one part more, or another in its place."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, part)
    return target.getvalue()


def sent(client: Client, draft: Draft, content: bytes, name: str = "bao-cao.docx") -> str:
    """Upload and return the page that the officer then sees."""
    file = SimpleUploadedFile(name, content, content_type=DOCX)
    address = reverse("outgoing:upload", args=[draft.pk])
    answer = client.post(address, {"file": file}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def tracked(paper: docx.document.Document) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415

    paragraph = paper.add_paragraph("Câu cuối. ")
    for mark in ("ins", "del"):
        text = "t" if mark == "ins" else "delText"
        paragraph._p.append(
            parse_xml(f'<w:{mark} {W} w:id="9" w:author="A"><w:r><w:{text}>đổi</w:{text}></w:r></w:{mark}>')
        )


def commented(paper: docx.document.Document) -> None:
    paragraph = paper.add_paragraph("Câu có nhận xét.")
    paper.add_comment(paragraph.runs, text="Xem lại", author="A", initials="A")


def pictured(paper: docx.document.Document) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    picture.seek(0)
    paper.add_picture(picture)


def boxed(paper: docx.document.Document) -> None:
    from docx.oxml import parse_xml  # noqa: PLC0415

    paper.add_paragraph().add_run()._r.append(
        parse_xml(
            f'<w:pict {W} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent>'
            "<w:p><w:r><w:t>Chữ trong hộp</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )


def in_a_missing_font(paper: docx.document.Document) -> None:
    run = paper.add_paragraph().add_run("Chữ bằng phông lạ dài hơn một chút.")
    run.font.name, run.font.size = "Comic Neue", Pt(14)


@pytest.mark.parametrize(
    ("change", "said", "do"),
    [
        (tracked, "sửa đổi đang theo dõi", "chấp nhận hoặc từ chối từng sửa đổi"),
        (commented, "nhận xét (comment)", "Hãy xử lý rồi xóa"),
        (pictured, "1 hình ảnh", "Hãy đính kèm hình thành tệp riêng"),
        (boxed, "hộp văn bản", "Hãy chuyển chữ trong hộp ra đoạn văn thường"),
        (in_a_missing_font, "Phông chữ Comic Neue", "Hãy xem lại bản in thử"),
    ],
)
def test_the_officer_is_told_what_was_left_out_and_what_to_do(
    change: Callable[[docx.document.Document], None], said: str, do: str, cast: Cast, client: Client, login: Login
) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    clean = sent(client, draft, word(draft))
    assert said not in clean
    assert "thành phiên bản 2" in clean
    shown = sent(client, draft, word(draft, change))
    assert said in shown
    assert do in shown
    assert "thành phiên bản 3" in shown
    later = client.get(reverse("outgoing:edit", args=[draft.pk])).content.decode()
    assert "thành phiên bản 3" not in later
    assert said in later, "what was left out stays on the version, not only in a message"
    draft.refresh_from_db()
    last = draft.versions.get(number=3)
    wording = Wording(abstract=last.abstract, addressees=tuple(last.addressees), body=f"{last.body}\nThêm.")
    save(draft, wording, number=3, revision=last.revision, apart=True, actor=cast.specialist, at=AT)
    record = client.get(reverse("outgoing:draft", args=[draft.pk])).content.decode()
    assert said in record, "a later version does not take it away"
    assert said not in client.get(reverse("outgoing:edit", args=[draft.pk])).content.decode()


def bomb(content: bytes) -> bytes:
    return with_part(content, "word/media/big.bin", bytes(300 << 20))


def with_entities(content: bytes) -> bytes:
    main = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    head, rest = main.split(b"?>", 1) if main.startswith(b"<?xml") else (b"<?xml version='1.0'", main)
    entity = b'?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return with_part(content, "word/document.xml", head + entity + rest.replace(b"</w:t>", b"&x;</w:t>", 1))


def with_macros(content: bytes) -> bytes:
    return with_part(content, "word/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (bomb, "giải nén sẽ lớn bất thường"),
        (with_entities, "khai báo XML không an toàn"),
        (with_macros, "macro"),
        (cut_short, "nội dung là"),
        (lambda _content: b"%PDF-1.4 khong phai Word", "nội dung là"),
    ],
    ids=["bomb", "entities", "macros", "cut", "not-word"],
)
def test_what_would_harm_is_refused_in_words_and_the_draft_stays(
    harm: Callable[[bytes], bytes], said: str, cast: Cast, client: Client, login: Login
) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    shown = sent(client, draft, harm(word(draft)))
    assert said in shown
    assert "root:" not in shown
    assert draft.versions.count() == 1
    form = {"document_type": draft.document_type_id, "abstract": "Một việc", "scope": "outgoing", "urgency": "normal"}
    file = SimpleUploadedFile("bao-cao.docx", harm(word(draft)), content_type=DOCX)
    answer = client.post(reverse("outgoing:new"), form | {"request_key": uuid.uuid4(), "file": file})
    assert answer.status_code == 422
    assert Draft.objects.count() == 1


def test_a_reader_that_takes_too_long_is_stopped_and_says_so(
    cast: Cast, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)

    def swell(paper: docx.document.Document) -> None:
        for _ in range(9000):
            paper.add_paragraph("Nội dung rất dài. " * 40)

    content = word(draft, swell)
    monkeypatch.setattr("lienthong.stationery.uploaded.SECONDS", 1)
    assert "cần quá nhiều thời gian" in sent(client, draft, content)
    assert draft.versions.count() == 1


def test_four_hundred_pages_are_taken_within_the_time_of_a_request(cast: Cast, client: Client, login: Login) -> None:
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    text = "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện kế hoạch này. " * 6

    def swell(paper: docx.document.Document) -> None:
        for number in range(1, 2100):
            paper.add_paragraph(f"{number}. {text}")

    content = word(draft, swell)
    started = time.monotonic()
    file = SimpleUploadedFile("dai.docx", content, content_type=DOCX)
    answer = client.post(reverse("outgoing:upload", args=[draft.pk]), {"file": file})
    assert answer.status_code == 302
    assert time.monotonic() - started < 20
    assert draft.versions.get(number=2).body.count("\n") > 2000


def test_the_file_is_read_in_a_process_of_its_own(
    cast: Cast, client: Client, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    verbs: list[str] = []
    run = sandbox.run

    def watched(verb: str, **order: object) -> object:
        verbs.append(verb)
        return run(verb, **order)  # type: ignore[arg-type]  # the order is passed on as it came

    monkeypatch.setattr(sandbox, "run", watched)
    draft = make_draft(cast.specialist)
    login(client, cast.specialist)
    sent(client, draft, word(draft))
    assert verbs[-1] == "word"
