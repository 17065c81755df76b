"""Cases for tests, made by calling operations."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

from lienthong.applicants.models import Applicant
from lienthong.applicants.operations import enter
from lienthong.applicants.particulars import Particulars
from lienthong.cases.models import Case
from lienthong.cases.operations import Given, Reception, receive
from lienthong.organisation.actor import Actor
from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.queries import published
from tests.cast import AT, COMMUNE_CODE, MONDAY, Cast

BIRTH = "1.001193"
MOTHER = {"name": "Nguyễn Thị Hòa", "birth": "1985"}
VALUES: Mapping[str, Any] = {
    "tre": {"name": "Trần Minh Khang", "birth": "01/03/2014", "sex": "male"},
    "noi_sinh": "Bệnh viện đa khoa Bắc Bình Thuận",
    "co_chung_sinh": True,
    "qua_han": False,
    "me": MOTHER,
    "noi_cu_tru_me": {"commune": COMMUNE_CODE, "street": "Thôn Hà Thủy 1"},
    "nguoi_khai": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"},
    "quan_he": "cha_me",
    "can_xac_minh": False,
}
PAPERS = {"to_khai": Given(originals=1), "chung_sinh": Given(originals=1), "ho_khau": Given(copies=1)}


def version(code: str = BIRTH, on: dt.date = MONDAY) -> ProcedureVersion:
    """Return the version of a procedure on a day."""
    found = published(code, on)
    assert found is not None
    return found


def citizen(actor: Actor, *, number: str = "260123456", name: str = "Trần Văn Nam") -> Applicant:
    """Enter a citizen of the commune."""
    said = Particulars("citizen", name, phone="0918123456", commune_code=COMMUNE_CODE, street="Thôn Hà Thủy 1",
                       paper_kind="cmnd", paper_number=number)  # fmt: skip
    return enter(said, actor=actor, at=AT)


def reception(cast: Cast, **changes: Any) -> Reception:
    """Return a birth handed in at the commune's desk, whole."""
    known: dict[str, Any] = {
        "version": version(),
        "desk": cast.commune_desk,
        "key": uuid.uuid4(),
        "values": VALUES,
        "papers": PAPERS,
        **changes,
    }
    known.setdefault("applicant", None)
    known["applicant"] = known["applicant"] or citizen(cast.commune_desk_officer)
    return Reception(**known)


def a_case(cast: Cast, *, at: dt.datetime = AT, **changes: Any) -> Case:
    """Receive a birth at the commune's desk."""
    return receive(reception(cast, **changes), actor=cast.commune_desk_officer, at=at)
