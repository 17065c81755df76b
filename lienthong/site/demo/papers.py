"""Invented papers: the letters of the demo as PDF, and those that wait at the counter."""

from __future__ import annotations

import datetime as dt
import random

from django.conf import settings

from lienthong.documents.operations.intake import read_at_once, take_in
from lienthong.documents.particulars import Particulars
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.kernel.clock import local_date
from lienthong.kernel.typesetting import typeset
from lienthong.organisation.actor import Actor
from lienthong.site.demo.content import documents_file, invented_names
from lienthong.site.demo.province import Office

FRESH = dt.timedelta(days=9)
"""Documents that arrived in these last days of the demo have their paper; older ones have none, for a quick start."""


def letter_file(particulars: Particulars, *, rng: random.Random, actor: Actor, at: dt.datetime) -> StoredFile:
    """Set a letter and receive it as a file."""
    kind = particulars.document_type.name if particulars.document_type else "Công văn"
    date = particulars.document_date or local_date(at)
    of_committee = particulars.issuer.startswith("Ủy ban")
    wish = (
        f"Để thực hiện nhiệm vụ năm 2014, {particulars.issuer} đề nghị cơ quan phối hợp thực hiện nội dung nêu trên, "
        f"báo cáo kết quả trước ngày {date + dt.timedelta(days=14):%d/%m/%Y}."
    )
    data = {
        "superior": "UBND tỉnh Bình Thuận" if particulars.issuer.startswith("Sở") else "",
        "issuer": particulars.issuer,
        "symbol": particulars.symbol,
        "place": "Bình Thuận",
        "day": f"{date.day:02}",
        "month": f"{date.month:02}" if date.month < 3 else str(date.month),
        "year": str(date.year),
        "kind": "" if kind == "Công văn" else kind,
        "abstract": particulars.abstract,
        "to": actor.post.unit.agency.name if kind == "Công văn" and actor.post.unit.agency else "",
        "body": [
            wish,
            "Trong quá trình thực hiện nếu có vướng mắc, đề nghị phản ánh kịp thời để được hướng dẫn./.",
        ],
        "posts": ["TM. Ủy ban nhân dân", "Chủ tịch"] if of_committee else ["Thủ trưởng cơ quan"],
        "signer": next(invented_names(rng)),
    }
    pdf = typeset(settings.BASE_DIR / "data" / "demo" / "letter.typ", data)
    name = f"{particulars.symbol.replace('/', '-')}.pdf"
    return receive([pdf], name=name, actor=actor, at=at)


def lay_at_the_counter(office: Office, letters: list[Particulars], *, rng: random.Random, at: dt.datetime) -> None:
    """Drop some letters at an office's counter; they are read and wait for the clerk."""
    for particulars in letters:
        file = letter_file(particulars, rng=rng, actor=office.clerk, at=at)
        read_at_once(take_in(file, actor=office.clerk, at=at), at=at)


def waiting_letters(on: dt.date) -> list[Particulars]:
    """Return the letters that lie at the counter when the demo begins."""
    return [
        Particulars(
            symbol=entry["symbol"],
            issuer=entry["issuer"],
            document_date=on - dt.timedelta(days=entry["days_ago"]),
            abstract=entry["abstract"],
        )
        for entry in documents_file()["counter"]
    ]
