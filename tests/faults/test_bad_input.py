"""What comes wrong at the counter: old encodings, misleading names, pages sent twice, a full disk."""

from __future__ import annotations

import errno
import unicodedata
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienthong.documents.models import Book, IncomingDocument, Intake
from lienthong.documents.tests.builders import make_book, make_document
from lienthong.files.models import Blob, StoredFile
from lienthong.files.queries import attachments
from lienthong.journal.models import Event
from lienthong.journal.verification import verify
from lienthong.numbering.models import Number
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.tasks.models import Extension, Task
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]
Login = Callable[[Client, Actor], Client]

LETTER = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH THUẬN              Độc lập - Tự do - Hạnh phúc

Số: 275/UBND-VX              Bình Thuận, ngày 05 tháng 3 năm 2014
V/v rà soát trạm truyền thanh cơ sở

Kính gửi: Sở Thông tin và Truyền thông

Ủy ban nhân dân tỉnh yêu cầu Sở Thông tin và Truyền thông rà soát hiện trạng, báo cáo trước ngày 20/3/2014.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Văn Giả Định
"""

TCVN3 = dict(
    zip(
        "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ",
        "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢£¤¥¦§",
        strict=True,
    )
)
VNI_MARKS = {
    "\u0300": "ø", "\u0301": "ù", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "\u0306": "ê", "\u0302": "â",
    "\u0306\u0300": "è", "\u0306\u0301": "é", "\u0306\u0309": "ú", "\u0306\u0303": "ü", "\u0306\u0323": "ë",
    "\u0302\u0300": "à", "\u0302\u0301": "á", "\u0302\u0309": "å", "\u0302\u0303": "ã", "\u0302\u0323": "ä",
}  # fmt: skip
VNI_LETTERS = {"đ": "ñ", "ì": "ì", "í": "í", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ơ": "ô", "ư": "ö", "ỵ": "î"}


def tcvn3(text: str) -> bytes:
    """Write as the ".VnTime" fonts did, capitals with a tone by the codes of small letters."""
    return "".join(TCVN3.get(one, TCVN3.get(one.lower(), one)) for one in text).encode("latin-1")


def vni(text: str) -> bytes:
    """Write as the "VNI-Times" fonts did, a letter and its marks behind it."""
    return "".join(_vni(one) for one in text).encode("latin-1")


def _vni(letter: str) -> str:
    small = letter.lower()
    if small in VNI_LETTERS:
        return VNI_LETTERS[small].upper() if letter.isupper() else VNI_LETTERS[small]
    base, *marks = list(unicodedata.normalize("NFD", small))
    if not marks:
        return letter
    if marks[0] == "\u0323" and len(marks) > 1:
        marks = [marks[1], marks[0]]
    if marks[0] == "\u031b":
        base, marks = VNI_LETTERS[unicodedata.normalize("NFC", base + "\u031b")], marks[1:]
    written = base + VNI_MARKS["".join(marks)]
    return written.upper() if letter.isupper() else written


@pytest.fixture(autouse=True)
def _that_monday() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast)


@pytest.fixture
def clerk(cast: Cast, client: Client, login: Login) -> Client:
    return login(client, cast.clerk)


def typed(book: Book, **changes: object) -> dict[str, object]:
    return {
        "symbol": "139/QĐ-UBND",
        "issuer": "Ủy ban nhân dân tỉnh Bình Thuận",
        "document_date": "10/01/2014",
        "abstract": "Phê duyệt nhiệm vụ chủ yếu năm 2014",
        "urgency": "normal",
        "channel": "paper",
        "copies": 1,
        "book": book.pk,
        "arrival_date": "10/03/2014",
        "secrecy": "normal",
        "request_key": uuid.uuid4(),
        **changes,
    }


def upload(client: Client, content: bytes, name: str) -> int:
    answer = client.post("/files/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 201
    return int(answer.json()["id"])


def drop(client: Client, content: bytes, name: str) -> Any:
    """Drop one file at the counter and return the form with its proposals."""
    answer = client.post("/intake/", {"file": upload(client, content, name)}, follow=True)
    assert answer.status_code == 200
    return answer.context["form"]


@pytest.mark.parametrize(
    "content",
    [LETTER.encode(), unicodedata.normalize("NFD", LETTER).encode(), tcvn3(LETTER), vni(LETTER)],
    ids=["unicode", "decomposed", "tcvn3", "vni"],
)
def test_a_text_in_any_old_encoding_is_proposed_in_unicode(clerk: Client, book: Book, content: bytes) -> None:
    proposed = drop(clerk, content, "cong-van.txt").initial
    assert proposed["symbol"] == "275/UBND-VX"
    assert proposed["issuer"].casefold() == "ủy ban nhân dân tỉnh bình thuận"
    assert f"{proposed['document_date']:%d/%m/%Y}" == "05/03/2014"
    assert proposed["abstract"].casefold() == "v/v rà soát trạm truyền thanh cơ sở"
    assert proposed["signer"] == "Phan Văn Giả Định"


def test_a_name_that_misleads_the_eye_goes_into_the_book_tame(clerk: Client, book: Book) -> None:
    form = drop(clerk, LETTER.encode(), "../../công\u202etxt.\u200fvăn.txt")
    intake = Intake.objects.get()
    values = {name: value for name, value in form.initial.items() if value is not None}
    sent = typed(book, symbol=values["symbol"], document_date="05/03/2014")
    assert clerk.post(f"/intake/{intake.pk}/", sent).status_code == 302
    document = IncomingDocument.objects.get()
    assert [one.file.name for one in attachments(document.subject)] == ["côngtxt.văn.txt"]
    page = clerk.get(f"/incoming/{document.pk}/").content.decode()
    assert "côngtxt.văn.txt" in page
    assert not {"\u202e", "\u200f"} & set(page)


def test_the_day_after_february_is_said_and_nothing_is_taken(clerk: Client, book: Book) -> None:
    wrong = LETTER.replace("ngày 05 tháng 3 năm 2014", "ngày 30 tháng 02 năm 2014").encode()
    assert drop(clerk, wrong, "cong-van.txt").initial.get("document_date") is None
    intake = Intake.objects.get()
    answer = clerk.post(f"/intake/{intake.pk}/", typed(book, document_date="30/02/2014"))
    assert answer.status_code == 422
    assert "Lịch không có ngày 30/02/2014" in answer.content.decode()
    intake.refresh_from_db()
    assert (intake.state, Number.objects.count()) == ("ready", 0)


def test_a_registration_page_sent_twice_is_one_document(clerk: Client, book: Book) -> None:
    page = typed(book, file_ids=str(upload(clerk, LETTER.encode(), "a.txt")))
    first, second = (clerk.post("/incoming/new/", page) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert IncomingDocument.objects.get().arrival_number == 1
    assert Event.objects.filter(kind="incoming.registered").count() == 1


def test_an_intake_page_sent_twice_is_one_document(clerk: Client, book: Book) -> None:
    drop(clerk, LETTER.encode(), "a.txt")
    address, page = f"/intake/{Intake.objects.get().pk}/", typed(book)
    assert clerk.post(address, page).status_code == 302
    assert clerk.post(address, page).status_code == 409
    assert clerk.post(address, typed(book, symbol="9/QĐ-UBND")).status_code == 409
    assert IncomingDocument.objects.count() == 1


def test_an_instruction_page_sent_twice_gives_one_set_of_tasks(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    document = make_document(book, cast.clerk)
    address = f"/incoming/{document.pk}/instruction/"
    login(client, cast.leader)
    said = {
        "key": client.get(address).context["form"].head.initial["key"],
        "rows": "1",
        "instruction": "Giao Phòng CNTT",
        "row0-title": "Tham mưu kế hoạch",
        "row0-lead": f"unit:{cast.cntt.pk}",
        "row0-due": "20/03/2014",
    }
    for _ in range(2):
        assert client.post(address, said).status_code == 302
    assert Task.objects.count() == 1
    assert Event.objects.filter(kind="task.assigned").count() == 1
    assert Event.objects.filter(kind__startswith="incoming.instruct").count() == 1


def test_stale_pages_of_a_task_are_taken_once_and_refused_in_words(
    cast: Cast, book: Book, client: Client, login: Login
) -> None:
    document = make_document(book, cast.clerk)
    login(client, cast.leader)
    said = {
        "key": uuid.uuid4(),
        "rows": "1",
        "instruction": "Giao Phòng CNTT",
        "row0-title": "Tham mưu kế hoạch",
        "row0-lead": f"unit:{cast.cntt.pk}",
        "row0-due": "20/03/2014",
    }
    client.post(f"/incoming/{document.pk}/instruction/", said)
    task = Task.objects.get()
    steps: list[tuple[Actor, str, dict[str, str], str]] = [
        (cast.division_head, "acceptance", {}, "task.accepted"),
        (cast.division_head, "extension", {"until": "25/03/2014", "reason": "Chờ số liệu"}, ""),
        (cast.division_head, "result", {"text": "Đã xong"}, "task.finished"),
        (cast.leader, "verification", {}, "task.verified"),
    ]
    for who, slug, page, kind in steps:
        login(client, who)
        answers = [client.post(f"/tasks/{task.pk}/{slug}/", page) for _ in range(2)]
        assert answers[0].status_code == 302, slug
        assert answers[1].status_code in {302, 422}, slug
        if kind:
            assert Event.objects.filter(kind=kind).count() == 1, slug
    assert Extension.objects.count() == 1
    assert list(verify()) == []


def test_a_disk_that_fills_during_the_upload_leaves_nothing_and_registering_goes_on(
    clerk: Client, book: Book, data_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.fsync", full)
        answer = clerk.post("/files/", {"file": SimpleUploadedFile("a.txt", LETTER.encode())})
    assert answer.status_code == 422
    assert "Ổ đĩa của máy chủ đã đầy" in answer.json()["error"]
    assert [path for path in data_directory.rglob("*") if path.is_file()] == []
    assert not Blob.objects.exists()
    assert not StoredFile.objects.exists()
    assert clerk.post("/incoming/new/", typed(book)).status_code == 302
    assert balance() == []


def test_a_database_that_fills_while_registering_gives_the_number_back(
    clerk: Client, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = upload(clerk, LETTER.encode(), "a.txt")
    page = typed(book, file_ids=str(key))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("lienthong.documents.operations.registration.record", full)
        with pytest.raises(OSError, match="No space"):
            clerk.post("/incoming/new/", page)
    assert not IncomingDocument.objects.exists()
    assert not Number.objects.exists()
    assert balance() == []
    assert clerk.post("/incoming/new/", page).status_code == 302
    document = IncomingDocument.objects.get()
    assert document.arrival_number == 1
    assert [one.file.pk for one in attachments(document.subject)] == [key]
