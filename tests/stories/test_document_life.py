"""The whole life of a document: from the counter through all hands to the book, told by its timeline."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lienthong.documents.models import Book, IncomingDocument, Intake
from lienthong.documents.tests.builders import make_book
from lienthong.files.queries import attachments
from lienthong.journal.verification import verify
from lienthong.kernel.clock import at_local
from lienthong.numbering.queries import balance
from lienthong.organisation.actor import Actor
from lienthong.site.stories.documents import play
from lienthong.tasks.models import Task
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]
Login = Callable[[Client, Actor], Client]
SAMPLES = Path(settings.BASE_DIR).parent / "shared" / "samples" / "documents"

LETTER = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH THUẬN              Độc lập - Tự do - Hạnh phúc

Số: {number}/UBND-VX              Bình Thuận, ngày {day:02} tháng 3 năm 2014
V/v {matter}

Kính gửi: Sở Thông tin và Truyền thông

Ủy ban nhân dân tỉnh yêu cầu Sở Thông tin và Truyền thông {matter}, báo cáo trước ngày 20/3/2014.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Phan Văn Giả Định
"""
MATTERS = (
    "rà soát trạm truyền thanh cơ sở",
    "báo cáo hoạt động đại lý Internet",
    "lập danh mục vùng lõm sóng di động",
    "kiểm tra an toàn cổng thông tin điện tử",
    "chuẩn bị hội nghị tổng kết quý I",
    "góp ý dự thảo quy chế tiếp nhận phản ánh",
)


class Office:
    """One browser that signs in as one after the other; a quarter of an hour passes between two steps."""

    def __init__(self, client: Client, login: Login, clock: Any) -> None:
        self.client, self.login, self.clock = client, login, clock

    def sit(self, actor: Actor) -> None:
        self.clock.shift(dt.timedelta(minutes=15))
        self.login(self.client, actor)

    def get(self, address: str, **query: Any) -> str:
        answer = self.client.get(address, query)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    def post(self, address: str, said: dict[str, Any]) -> str:
        """Send a form that must succeed; return the page after it."""
        answer = self.client.post(address, said, follow=True)
        assert answer.redirect_chain, (address, answer.context and answer.context.get("form"))
        assert answer.status_code == 200
        return str(answer.content.decode())

    def step(self, who: Actor, task: Task, slug: str, **said: Any) -> str:
        self.sit(who)
        return self.post(f"/tasks/{task.pk}/{slug}/", said)


@pytest.fixture
def office(client: Client, login: Login) -> Iterator[Office]:
    with time_machine.travel(AT, tick=False) as clock:
        yield Office(client, login, clock)


@pytest.fixture
def book(cast: Cast) -> Book:
    return make_book(cast)


def arrive(office: Office, cast: Cast, book: Book) -> IncomingDocument:
    """The clerk drops a file, looks at what was read, and registers it."""
    office.sit(cast.clerk)
    file = SimpleUploadedFile("cong-van-275.txt", LETTER.format(number=275, day=5, matter=MATTERS[0]).encode())
    key = office.client.post("/files/", {"file": file}).json()["id"]
    assert "Số, ký hiệu" in office.post("/intake/", {"file": key})
    intake = Intake.objects.get()
    form = office.client.get(f"/intake/{intake.pk}/").context["form"]
    said = {name: value for name, value in form.initial.items() if value is not None}
    for name in ("document_date", "arrival_date"):
        said[name] = f"{said[name]:%d/%m/%Y}"
    said["document_type"] = getattr(said.get("document_type"), "pk", "")
    said |= {"urgency": "normal", "channel": "paper", "copies": 1, "secrecy": "normal", "book": book.pk}
    page = office.post(f"/intake/{intake.pk}/", {**said, "leader": cast.leader.post.pk})
    assert "số đến 1 ngày 10/03/2014: 275/UBND-VX" in page
    return IncomingDocument.objects.get()


def instruct(office: Office, cast: Cast, document: IncomingDocument) -> list[Task]:
    """The leader finds it among what waits, and gives two divisions their tasks in one go."""
    office.sit(cast.leader)
    assert document.symbol in office.get("/incoming/", waiting=1)
    form = office.client.get(f"/incoming/{document.pk}/instruction/").context["form"]
    said = {"key": form.head.initial["key"], "rows": "2", "instruction": "Hai phòng làm ngay, báo cáo Giám đốc"}
    for row, unit, title in ((0, cast.cntt, "Rà soát các trạm"), (1, cast.bcvt, "Lập danh mục thiết bị")):
        said |= {f"row{row}-title": title, f"row{row}-lead": f"unit:{unit.pk}", f"row{row}-due": "14/03/2014"}
    assert "giao 2 việc" in office.post(f"/incoming/{document.pk}/instruction/", said)
    assert document.symbol not in office.get("/incoming/", waiting=1)
    return list(Task.objects.order_by("pk"))


def test_a_document_lives_from_the_counter_to_the_book(cast: Cast, book: Book, office: Office) -> None:
    document = arrive(office, cast, book)
    stations, devices = instruct(office, cast, document)

    office.step(cast.division_head, stations, "acceptance")
    to = f"post:{cast.specialist.post.pk}"
    office.step(cast.division_head, stations, "handover", to=to, as_part="whole", instruction="Anh làm")
    office.step(cast.second_division_head, devices, "acceptance")
    office.sit(cast.specialist)
    assert "Rà soát các trạm" in office.get("/")
    assert document.symbol in office.get(f"/incoming/{document.pk}/")
    office.step(cast.specialist, stations, "progress", text="Đã đi bốn huyện", percent="40")
    office.step(cast.specialist, stations, "extension", until="18/03/2014", reason="Còn hai xã đảo")
    office.step(cast.leader, stations, "extension-decision", granted="yes", until="", note="Đồng ý")
    evidence = SimpleUploadedFile("bao-cao.txt", "Mười trạm hoạt động tốt".encode())
    office.step(cast.specialist, stations, "result", text="Đã rà soát mười trạm", upload=evidence)
    office.step(cast.leader, stations, "rework", reason="Thiếu biểu tổng hợp")
    again = SimpleUploadedFile("bieu.txt", "Biểu tổng hợp mười trạm".encode())
    office.step(cast.specialist, stations, "result", text="Đã bổ sung biểu", upload=again)
    office.step(cast.leader, stations, "verification")
    document.refresh_from_db()
    assert document.state == "in_progress"
    office.step(cast.second_division_head, devices, "result", text="Đã lập danh mục")
    office.step(cast.leader, devices, "verification")

    document.refresh_from_db()
    assert document.state == "settled"
    stations.refresh_from_db()
    assert (stations.state, f"{stations.original_due_at:%d/%m}", f"{stations.due_at:%d/%m}") == (
        "done",
        "14/03",
        "18/03",
    )
    assert [one.file.name for one in attachments(stations.subject)] == ["bao-cao.txt", "bieu.txt"]
    assert_told(office, document, cast)
    assert_printed(office, document, cast)
    assert_closed_to(cast.outsider, office, document, stations)
    assert list(verify()) == []
    assert balance() == []


def assert_told(office: Office, document: IncomingDocument, cast: Cast) -> None:
    """The timeline tells the whole in sentences, each by whom, the oldest last."""
    office.sit(cast.leader)
    entries = office.client.get(f"/incoming/{document.pk}/timeline/").context["entries"]
    told = [(entry.event.kind, entry.event.officer) for entry in reversed(entries)]
    order = [
        ("incoming.registered", cast.clerk),
        ("incoming.forwarded", cast.clerk),
        ("incoming.instructed", cast.leader),
        ("task.accepted", cast.division_head),
        ("task.passed_on", cast.division_head),
        ("task.reported", cast.specialist),
        ("task.extension_requested", cast.specialist),
        ("task.finished", cast.specialist),
        ("task.returned", cast.leader),
        ("task.verified", cast.leader),
        ("incoming.settled", None),
    ]
    walk = iter(told)
    for kind, who in order:
        assert any(one == (kind, who and who.officer) or (who is None and one[0] == kind) for one in walk), (kind, told)
    sentences = [str(entry.sentence) for entry in entries]
    assert all(len(sentence) > 5 and not sentence.startswith(("task.", "incoming.")) for sentence in sentences)
    assert any("Thiếu biểu tổng hợp" in sentence for sentence in sentences)
    moments = [entry.event.at for entry in reversed(entries)]
    assert all(before <= after for before, after in itertools.pairwise(moments))


def assert_printed(office: Office, document: IncomingDocument, cast: Cast) -> None:
    """Both books hold it, on screen, on paper and as files."""
    office.sit(cast.clerk)
    period = {"since": "01/03/2014", "until": "31/03/2014"}
    for sort in ("incoming", "follow-up"):
        address = f"/books/{document.book_id}/{sort}/"
        assert "275/UBND-VX" in office.get(address, **period)
        assert "275/UBND-VX" in office.get(address, **period, format="print")
        for form, begins in (("xlsx", b"PK"), ("pdf", b"%PDF")):
            answer: Any = office.client.get(address, {**period, "format": form})
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert content.startswith(begins)


def assert_closed_to(outsider: Actor, office: Office, document: IncomingDocument, task: Task) -> None:
    """Whoever has no part in it finds no trace of it."""
    files = [*attachments(document.subject), *attachments(task.subject)]
    office.sit(outsider)
    places = [f"/incoming/{document.pk}/{part}" for part in ("", "preview/", "timeline/", "stamp/", "instruction/")]
    places += [f"/tasks/{task.pk}/", f"/tasks/{task.pk}/deadline/", f"/tasks/{task.pk}/result/"]
    places += [f"/files/{one.file.pk}/{part}" for one in files for part in ("", "download/", "words/")]
    places += ["/intake/", f"/books/{document.book_id}/incoming/"]
    assert {place: code for place in places if (code := office.client.get(place).status_code) not in {403, 404}} == {}
    for slug in ("acceptance", "result", "verification", "cancellation"):
        assert office.client.post(f"/tasks/{task.pk}/{slug}/", {"text": "x", "reason": "x"}).status_code == 404
    assert office.client.post(f"/incoming/{document.pk}/filing/", {"reason": "x"}).status_code == 404
    for words in ("275/UBND-VX", "rà soát trạm truyền thanh", "ra soat cac tram"):
        page = office.get("/search/", q=words)
        assert "275/UBND-VX" not in page.replace(f'value="{words}"', "").replace(words, "")
        assert f"/incoming/{document.pk}/" not in page
        assert f"/tasks/{task.pk}/" not in page
    assert "275/UBND-VX" not in office.get("/incoming/") + office.get("/") + office.get("/notices/")


def assert_whole(summary: dict[str, Any]) -> None:
    """Assert that every registered document went to its end and that the records agree."""
    assert summary["registered"] > 0
    assert summary["settled"] == summary["registered"] == summary["book"]["rows"]
    assert summary["tasks_done"] == summary["tasks"]
    assert summary["registered"] + len(summary["refused"]) == summary["files"]
    assert [summary[name]["faults"] for name in ("journal", "numbering", "files_check")] == [[], [], []]


def test_a_folder_of_documents_goes_the_whole_way(tmp_path: Path) -> None:
    folder = tmp_path / "den"
    folder.mkdir()
    for number, matter in enumerate(MATTERS, 1):
        (folder / f"{number}.txt").write_text(LETTER.format(number=number, day=number, matter=matter))
    summary = play(folder, at=AT)
    assert_whole(summary)
    assert (summary["registered"], summary["refused"], summary["completed_by_hand"]) == (6, [], 0)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample documents are not beside this checkout")
def test_the_sample_documents_go_the_whole_way() -> None:
    assert_whole(play(SAMPLES, at=at_local(dt.date(2026, 11, 20), dt.time(8, 0))))
