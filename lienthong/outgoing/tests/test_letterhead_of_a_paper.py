"""Whose head a paper carries: the committee's, or its chairman's where nobody signs for the committee."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.organisation.models import SigningAuthority
from lienthong.organisation.operations import grant_signing_authority, rename_unit
from lienthong.outgoing.models import OutgoingDocument
from lienthong.outgoing.operations.issuing import issue
from lienthong.outgoing.operations.recipients import Line, set_recipients
from lienthong.outgoing.operations.reviewing import put_up
from lienthong.outgoing.operations.signing import sign
from lienthong.outgoing.pages import pages_of_document, pages_of_draft
from lienthong.outgoing.tests.builders import issued_document, make_draft, open_books
from lienthong.stationery.operations import set_letterhead
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db
COMMITTEE = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN"
BLOCK = ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]


@pytest.fixture(autouse=True)
def _books(cast: Cast) -> None:
    open_books(cast)


def decided(cast: Cast, authority: SigningAuthority) -> OutgoingDocument:
    """A decision of the province, issued."""
    draft = make_draft(cast.office_specialist, code="quyet-dinh")
    set_recipients(draft, [Line(line="Lưu: VT", way="file")], actor=cast.office_specialist, at=AT)
    put_up(draft, (), authority=authority, actor=cast.office_specialist, at=AT)
    draft.refresh_from_db()
    issuer = pages_of_draft(draft, on=MONDAY).issuer
    sign(draft, version=draft.version, actor=cast.province_deputy, at=AT)
    document = issue(draft, actor=cast.province_clerk, at=AT)
    assert document.issuer == issuer
    return document


def authority(cast: Cast, block: list[str]) -> SigningAuthority:
    return grant_signing_authority(
        cast.province_deputy.post,
        unit=cast.ubnd,
        form="kt",
        block=block,
        scope="riêng",
        valid_from=MONDAY,
        actor=None,
        at=AT,
    )


def test_what_the_chairman_decides_by_his_post_carries_the_head_of_the_post(cast: Cast) -> None:
    set_letterhead(
        cast.ubnd, valid_from=MONDAY, issuer="CHỦ TỊCH\nUBND TỈNH BÌNH THUẬN", place="Phan Thiết", contact="Số 1",
        in_person=True, actor=None, at=AT,
    )  # fmt: skip
    document = decided(cast, authority(cast, BLOCK))
    pages = pages_of_document(document)
    assert (pages.issuer, pages.place, pages.contact) == ("CHỦ TỊCH\nUBND TỈNH BÌNH THUẬN", "Phan Thiết", "Số 1")
    assert list(pages.signing) == BLOCK


def test_what_is_signed_for_the_committee_carries_the_committees_head(cast: Cast) -> None:
    document = decided(cast, authority(cast, ["TM. ỦY BAN NHÂN DÂN", *BLOCK]))
    assert pages_of_document(document).issuer == COMMITTEE


def test_without_a_head_of_its_own_the_post_stands_above_the_committee(cast: Cast) -> None:
    assert decided(cast, authority(cast, BLOCK)).issuer == f"CHỦ TỊCH\n{COMMITTEE}"


def test_a_renamed_unit_keeps_its_old_head_on_its_issued_papers(cast: Cast) -> None:
    document = issued_document(cast)
    before = pages_of_document(document)
    later = MONDAY + dt.timedelta(days=30)
    rename_unit(cast.stttt, name="Sở Khoa học và Công nghệ", on=later, source="01/NQ-HĐND", actor=None, at=AT)
    document.refresh_from_db()
    assert pages_of_document(document) == before
    assert pages_of_draft(make_draft(cast.specialist), on=later).issuer == "SỞ KHOA HỌC VÀ CÔNG NGHỆ"
