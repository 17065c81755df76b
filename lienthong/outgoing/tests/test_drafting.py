"""Writing a draft: begun, worded by several, its stale page refused, given up and taken up again."""

from __future__ import annotations

import uuid

import pytest

from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.outgoing.models import Draft
from lienthong.outgoing.operations.commenting import comment, resolve
from lienthong.outgoing.operations.drafting import begin, drop, restore, save, take_up_again
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.tests.builders import WORDING, document_type, make_draft
from lienthong.outgoing.wording import Wording
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
NEWER = Wording(abstract="Kết quả rà soát", body="Nội dung mới./.")


def test_a_specialist_begins_a_draft_and_colleagues_read_it(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    assert (draft.agency, draft.state, draft.version) == (cast.stttt, "writing", 1)
    assert all(Draft.objects.visible_to(one).exists() for one in (cast.specialist, cast.division_head))
    assert not Draft.objects.visible_to(cast.outsider).exists()
    (entry,) = timeline(draft.subject)
    assert "bắt đầu soạn Báo cáo" in entry.sentence


def test_a_page_sent_twice_begins_one_draft(cast: Cast) -> None:
    key = uuid.uuid4()
    first = begin(document_type(), WORDING, request_key=key, actor=cast.specialist, at=AT)
    assert begin(document_type(), WORDING, request_key=key, actor=cast.specialist, at=AT) == first
    assert first.versions.count() == 1


def test_who_holds_no_right_begins_nothing(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        make_draft(cast.administrator)


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording(abstract="  "), "abstract"),
        (Wording(abstract="x" * 501), "abstract"),
        (Wording(abstract="Về việc", body="y" * 2_000_001), "body"),
        (Wording(abstract="Về việc", body="SỞ THÔNG TIN\nMẬT\nKính gửi: Ủy ban"), "body"),
    ],
)
def test_what_cannot_be_a_wording_is_refused_at_its_field(cast: Cast, wording: Wording, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        make_draft(cast.specialist, wording=wording)
    assert refused.value.field == field
    assert not Draft.objects.exists()


def test_the_same_author_saves_over_and_a_colleague_makes_a_version(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    save(draft, NEWER, number=1, revision=1, actor=cast.specialist, at=AT)
    draft.refresh_from_db()
    assert (draft.version, draft.versions.count(), draft.abstract) == (1, 1, NEWER.abstract)
    save(draft, WORDING, number=1, revision=2, actor=cast.division_head, at=AT)
    draft.refresh_from_db()
    assert draft.version == 2
    assert [one.post for one in draft.versions.order_by("number")] == [cast.specialist.post, cast.division_head.post]
    assert draft.versions.get(number=1).closed_at == AT


def test_a_stale_page_writes_nothing_over(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    save(draft, NEWER, number=1, revision=1, actor=cast.second_specialist, at=AT)
    with pytest.raises(Refusal, match="Võ Đình Đức lưu lúc 10:00"):
        save(draft, WORDING, number=1, revision=1, actor=cast.specialist, at=AT)
    assert draft.versions.get(number=2).body == NEWER.body


def test_an_earlier_wording_comes_back_as_a_version_of_its_own(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    save(draft, NEWER, number=1, revision=1, actor=cast.division_head, at=AT)
    restore(draft, draft.versions.get(number=1), actor=cast.specialist, at=AT)
    draft.refresh_from_db()
    assert (draft.version, draft.abstract) == (3, WORDING.abstract)
    assert draft.versions.get(number=3).note == "Lấy lại phiên bản 1"


def test_who_is_not_of_the_drafting_unit_does_not_write(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Forbidden):
        save(draft, NEWER, number=1, revision=1, actor=cast.second_division_head, at=AT)
    with pytest.raises(Forbidden):
        set_recipients(draft, [Line(line="Lưu: VT", way="file")], actor=cast.outsider, at=AT)


def test_remarks_stand_until_somebody_dealt_with_them(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    remark = comment(draft, text="Nêu rõ số liệu năm 2013", line=2, actor=cast.division_head, at=AT)
    with pytest.raises(Forbidden):
        resolve(remark, actor=cast.outsider, at=AT)
    assert resolve(remark, actor=cast.specialist, at=AT).resolved_by == cast.specialist.post
    with pytest.raises(Refusal):
        comment(draft, text=" ", actor=cast.division_head, at=AT)
    with pytest.raises(Forbidden):
        comment(draft, text="Tôi cũng xem", actor=cast.outsider, at=AT)


def test_a_draft_is_given_up_with_a_reason_and_taken_up_again(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Refusal):
        drop(draft, reason="", actor=cast.specialist, at=AT)
    with pytest.raises(Forbidden):
        drop(draft, reason="Không cần", actor=cast.division_head, at=AT)
    assert drop(draft, reason="Không cần nữa", actor=cast.specialist, at=AT).state == "dropped"
    assert take_up_again(draft, actor=cast.specialist, at=AT).state == "writing"


@pytest.mark.parametrize(
    "line",
    [
        {"line": " ", "way": "file"},
        {"line": "Ai đó", "way": "pigeon"},
        {"line": "Ai đó", "way": "post"},
        {"line": "Ai đó", "way": "email", "email": "khong-phai-thu"},
        {"line": "Ai đó", "way": "system"},
        {"line": "Ai đó", "way": "hand", "copies": 0},
    ],
)
def test_a_recipient_that_cannot_be_reached_is_refused(cast: Cast, line: dict[str, object]) -> None:
    draft = make_draft(cast.specialist)
    with pytest.raises(Refusal) as refused:
        set_recipients(draft, [Line(**line)], actor=cast.specialist, at=AT)  # type: ignore[arg-type]
    assert refused.value.field == "recipients"


def test_a_unit_stands_once_among_the_recipients_and_the_issuer_not_at_all(cast: Cast) -> None:
    draft = make_draft(cast.specialist)
    twice = [Line(line=name, way="system", unit=cast.ubnd) for name in ("UBND tỉnh", "UBND tỉnh (báo cáo)")]
    with pytest.raises(Refusal, match="hai lần"):
        set_recipients(draft, twice, actor=cast.specialist, at=AT)
    with pytest.raises(Refusal, match="cơ quan ban hành"):
        set_recipients(draft, [Line(line="Sở", way="system", unit=cast.stttt)], actor=cast.specialist, at=AT)
