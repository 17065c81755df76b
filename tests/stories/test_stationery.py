"""A department writes its own template and is renamed: old papers stay as they were, new ones bear the new name."""

from __future__ import annotations

import datetime as dt

from lienthong.catalogue.models import DocumentType
from lienthong.formatting import setting
from lienthong.formatting.official import Official
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.organisation.operations import rename_unit
from lienthong.organisation.queries import signing_block
from lienthong.stationery import operations, papers, queries
from lienthong.stationery.models import DocumentTemplate
from lienthong.stationery.words import incoming_values, signer_values
from tests.cast import Cast

RENAMED = dt.date(2014, 7, 1)
LATER = dt.date(2014, 7, 14)


def test_a_renamed_department_keeps_its_old_head_on_its_old_papers(cast: Cast, at: dt.datetime, on: dt.date) -> None:
    operations.load_stationery(at=at)
    usual = next(row for row in queries.templates_for(cast.clerk, "cong-van", on) if row.code == "cong-van-tra-loi")
    own = operations.copy_template(usual, owner=cast.stttt, name="Trả lời UBND tỉnh", actor=cast.clerk, at=at)
    operations.publish(own.versions.get(), actor=cast.leader, at=at)
    operations.set_letterhead(
        cast.stttt,
        valid_from=on,
        superior="UBND TỈNH BÌNH THUẬN",
        issuer="SỞ THÔNG TIN\nVÀ TRUYỀN THÔNG",
        place="Phan Thiết",
        actor=cast.clerk,
        at=at,
    )

    chosen = queries.templates_for(cast.specialist, "cong-van", on)[0]
    assert chosen == own
    old = paper(chosen, cast.specialist, cast.deputy_leader, cast.stttt, on)
    assert old.issuer == "SỞ THÔNG TIN\nVÀ TRUYỀN THÔNG"
    assert old.abstract == "trả lời Công văn số 275/UBND-VX về rà soát trạm truyền thanh"
    assert old.recipients[-1] == "Lưu: VT, CNTT"
    assert old.signing == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    printed = setting.set_pages(old, created=at)

    rename_unit(cast.stttt, name="Sở Khoa học và Công nghệ", on=RENAMED, source="01/NQ-HĐND", actor=None, at=at)
    cast.stttt.refresh_from_db()

    again = paper(chosen, cast.specialist, cast.deputy_leader, cast.stttt, on)
    assert again == old
    assert setting.set_pages(again, created=at) == printed
    new = paper(chosen, cast.specialist, cast.deputy_leader, cast.stttt, LATER)
    assert (new.superior, new.issuer, new.place) == ("UBND TỈNH BÌNH THUẬN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "Phan Thiết")
    assert "Sở Khoa học và Công nghệ nhận được Công văn số 275/UBND-VX ngày 05/3/2014" in new.body


def paper(template: DocumentTemplate, drafter: Actor, signer: Actor, agency: Unit, on: dt.date) -> Official:
    """An answer begun from a template, as it would be issued on a day."""
    assert template.current is not None
    told = queries.office_values(drafter, unit=agency, on=on)
    told |= incoming_values(
        symbol="275/UBND-VX",
        document_date=dt.date(2014, 3, 5),
        type_name="Công văn",
        issuer="Ủy ban nhân dân tỉnh Bình Thuận",
        abstract="rà soát trạm truyền thanh",
    )
    told |= signer_values(
        name=signer.officer.full_name, title=signer.post.title, lines=signing_block(signer.post, agency, on) or []
    )
    told |= {"tra_loi": "Toàn tỉnh có 127 trạm."}
    filled = operations.fill(template.current, told)
    head = queries.letterhead_on(agency, on)
    assert DocumentType.objects.get(code="cong-van") == template.document_type
    return papers.official(filled, heading="", head=head, told=told, symbol="12/STTTT-CNTT", date=on)
