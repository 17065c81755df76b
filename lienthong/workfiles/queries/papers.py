"""The papers of the archive, filled from rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from lienthong.kernel.clock import local, local_date
from lienthong.organisation.models import Unit
from lienthong.organisation.queries import name_on
from lienthong.stationery.queries import letterhead_on
from lienthong.ui.formats import day
from lienthong.workfiles.metadata import DocumentFacts, FileFacts, StoredFacts
from lienthong.workfiles.models import FilePlan, HandOver, HandOverItem, PlannedFile, WorkFile
from lienthong.workfiles.papers import (
    CONTENTS_COLUMNS,
    CONTENTS_WIDTHS,
    FILES_COLUMNS,
    FILES_WIDTHS,
    PLAN_COLUMNS,
    PLAN_WIDTHS,
    Head,
    Paper,
    Signer,
)
from lienthong.workfiles.queries.checks import filings_of
from lienthong.workfiles.queries.particulars import stored_of
from lienthong.workfiles.queries.record import Line


def plan_paper(plan: FilePlan) -> Paper:
    """Return the list of files of a year as it is signed and sent round."""
    planned = PlannedFile.objects.filter(heading__plan=plan).select_related("heading", "unit", "post__officer")
    rows: list[list[str]] = []
    last = 0
    for one in planned.order_by("heading__order", "heading", "number"):
        if one.heading_id != last:
            last = one.heading_id
            rows.append([f"{one.heading.abbreviation}. {one.heading.title}"])
        keeper = one.post.officer.full_name if one.post else one.unit.short_name if one.unit else ""
        rows.append([one.code, one.title, one.maintenance, keeper, one.note])
    on = local_date(plan.approved_at or plan.created_at)
    name = plan.approved_by.officer.full_name if plan.approved_by else ""
    count = sum(len(row) > 1 for row in rows)
    return Paper(
        title="Danh mục hồ sơ",
        name=f"danh-muc-ho-so-{plan.year}",
        under=(f"Năm {plan.year}",),
        columns=PLAN_COLUMNS,
        widths=PLAN_WIDTHS,
        rows=rows,
        after=(f"Bản danh mục hồ sơ này có {count} hồ sơ.",),
        signers=(Signer("Người lập", plan.author.officer.full_name), Signer("Người đứng đầu cơ quan", name)),
        flipped=True,
        head=_head(plan.agency, on, dated=plan.approved_at),
    )


def files_paper(hand_over: HandOver) -> Paper:
    """Return the list of files that a hand-over brings (Mục lục hồ sơ, tài liệu nộp lưu), without those returned."""
    items = _items(hand_over)
    rows = [
        [
            place,
            item.file.code,
            item.file.title,
            _period(item.file),
            item.file.maintenance,
            item.file.pages_total or "",
            item.file.description,
        ]
        for place, item in enumerate(items, start=1)
    ]
    permanent = sum(item.file.is_permanent for item in items)
    timed = len(items) - permanent
    after = (f"Mục lục này gồm {len(items)} hồ sơ: {permanent} vĩnh viễn, {timed} có thời hạn.",)
    return Paper(
        title="Mục lục hồ sơ, tài liệu nộp lưu",
        name=f"muc-luc-ho-so-nop-luu-{hand_over.pk}",
        under=(f"Đơn vị nộp: {hand_over.unit.name}",),
        columns=FILES_COLUMNS,
        widths=FILES_WIDTHS,
        rows=rows,
        after=after,
        signers=_signers(hand_over),
        flipped=True,
        head=_head(hand_over.agency, local_date(_moment(hand_over)), dated=_moment(hand_over)),
    )


def minutes_paper(hand_over: HandOver) -> Paper:
    """Return the minutes of a hand-over (Biên bản giao nhận hồ sơ, tài liệu), to be made in two copies."""
    items = _items(hand_over)
    day_of = local(_moment(hand_over))
    files = [item.file for item in items]
    years = sorted({file.started_on.year for file in files} | {file.ended_on.year for file in files if file.ended_on})
    period = f"từ năm {years[0]} đến năm {years[-1]}" if len(years) > 1 else f"năm {years[0]}" if years else ""
    giver, receiver = hand_over.giver, hand_over.receiver
    taker = f"Ông (bà): {receiver.officer.full_name}" if receiver else "Ông (bà): ……………………"
    title = f", chức vụ: {receiver.title}" if receiver else ""
    documents, pages = sum(file.documents_total for file in files), sum(file.pages_total for file in files)
    before = (
        f"Hôm nay, {_dated(day_of)}, chúng tôi gồm:",
        f"BÊN GIAO ({hand_over.unit.name}): Ông (bà): {giver.officer.full_name}, chức vụ: {giver.title}.",
        f"BÊN NHẬN (Lưu trữ cơ quan): {taker}{title}.",
        "Thống nhất lập biên bản giao nhận hồ sơ, tài liệu với những nội dung như sau:",
        f"1. Tên khối tài liệu giao nộp: hồ sơ công việc của {hand_over.unit.name}.",
        f"2. Thời gian của hồ sơ, tài liệu: {period}.",
        f"3. Thành phần và số lượng: {len(files)} hồ sơ, {documents} văn bản, tài liệu điện tử, {pages} trang.",
        "4. Tình trạng tài liệu giao nộp: đầy đủ, mở được trên hệ thống; các hồ sơ đã kết thúc và kiểm tra.",
        "5. Mục lục hồ sơ, tài liệu nộp lưu kèm theo.",
        "Biên bản này được lập thành hai bản; bên giao giữ một bản, bên nhận giữ một bản.",
    )
    return Paper(
        title="Biên bản giao nhận hồ sơ, tài liệu",
        name=f"bien-ban-giao-nhan-{hand_over.pk}",
        before=before,
        signers=_signers(hand_over),
        head=_head(hand_over.agency, local_date(_moment(hand_over)), dated=_moment(hand_over)),
    )


def contents_paper(file: WorkFile, lines: Sequence[Line]) -> Paper:
    """Return the list of documents in a file as its reader may see it (Mục lục văn bản, tài liệu trong hồ sơ)."""
    rows = [
        [line.number, "", "", line.title, "", line.filing.pages, ""]
        if line.is_hidden
        else [
            line.number,
            line.filing.symbol,
            day(line.filing.date) if line.filing.date else "",
            line.title,
            line.filing.issuer,
            line.filing.pages,
            line.filing.note,
        ]
        for line in lines
    ]
    return Paper(
        title="Mục lục văn bản, tài liệu trong hồ sơ",
        name=f"muc-luc-van-ban-{file.code}-{file.year}",
        under=(f"Hồ sơ {file.code} năm {file.year}: {file.title}",),
        columns=CONTENTS_COLUMNS,
        widths=CONTENTS_WIDTHS,
        rows=rows,
        after=(f"Hồ sơ này gồm {len(rows)} văn bản, tài liệu; thời hạn bảo quản: {file.maintenance}.",),
        signers=(Signer("Người lập hồ sơ", file.post.officer.full_name),),
        flipped=True,
        head=_head(file.agency, local_date(file.closed_at or file.opened_at), dated=file.closed_at),
    )


def facts_of(file: WorkFile, lines: Sequence[Line]) -> FileFacts:
    """Return what the metadata of a file say to its reader."""
    organ = file.agency.codes.filter(kind="edoc").order_by("-valid_from").values_list("code", flat=True).first()
    stored = stored_of([line.filing for line in lines if not line.is_hidden])
    documents = tuple(
        DocumentFacts(
            symbol="" if line.is_hidden else line.filing.symbol,
            date=None if line.is_hidden else line.filing.date,
            issuer="" if line.is_hidden else line.filing.issuer,
            title=line.title,
            pages=line.filing.pages,
            files=tuple(
                StoredFacts(one.name, one.blob.sha256, one.blob.size) for one in stored.get(line.filing.pk, ())
            ),
        )
        for line in lines
    )
    return FileFacts(
        organ_id=organ or "",
        year=file.year,
        notation=file.code,
        title=file.title,
        maintenance=file.maintenance,
        rights=file.get_access_display(),
        creator=file.post.officer.full_name,
        language=file.language,
        start_date=file.started_on,
        end_date=file.ended_on,
        documents=documents,
        pages=sum(one.pages or 0 for one in filings_of(file)),
        description=file.description,
    )


def items_of(hand_over: HandOver) -> list[HandOverItem]:
    """Return the files of a hand-over in their order (one query)."""
    return list(hand_over.items.select_related("file__post__officer", "file__unit").order_by("order"))


def _items(hand_over: HandOver) -> list[HandOverItem]:
    return [item for item in items_of(hand_over) if item.state != HandOverItem.State.RETURNED]


def _moment(hand_over: HandOver) -> dt.datetime:
    return hand_over.decided_at or hand_over.submitted_at


def _period(file: WorkFile) -> str:
    return f"{day(file.started_on)} - {day(file.ended_on)}" if file.ended_on else day(file.started_on)


def _signers(hand_over: HandOver) -> tuple[Signer, ...]:
    receiver = hand_over.receiver.officer.full_name if hand_over.receiver else ""
    return (Signer("Đại diện bên giao", hand_over.giver.officer.full_name), Signer("Đại diện bên nhận", receiver))


def _head(agency: Unit, on: dt.date, *, dated: dt.datetime | None) -> Head:
    head = letterhead_on(agency, on)
    place = f"{head.place}, {_dated(local(dated))}" if dated and head.place else ""
    issuer = head.issuer.replace("\n", " ") or name_on(agency, on)
    return Head(superior=head.superior.replace("\n", " "), issuer=issuer, place=place)


def _dated(then: dt.datetime) -> str:
    """Return ``ngày 05 tháng 3 năm 2014``: days below ten and January, February with a zero (Phụ lục I)."""
    month = f"{then.month:02}" if then.month < 3 else str(then.month)
    return f"ngày {then:%d} tháng {month} năm {then:%Y}"
