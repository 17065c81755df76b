"""A draft for tests: a household business at a district, filled in from home."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lienthong.cases.tests.two_levels import DAY as TWO_LEVELS
from lienthong.cases.tests.two_levels import MORNING, NEW_CODE
from lienthong.files.operations import receive
from lienthong.online.models import Citizen, Filling
from lienthong.online.operations import filling as operations
from lienthong.online.operations.filling import Said
from lienthong.online.operations.filling_files import add_file
from lienthong.procedures.queries import published
from tests.cast import AT, COMMUNE_CODE, MONDAY

HOUSEHOLD = "1.001612"
ME = {
    "name": "Trần Văn Nam",
    "birth": "1985",
    "paper_kind": "cmnd",
    "paper_number": "260123456",
    "phone": "0918123456",
    "commune_code": COMMUNE_CODE,
    "street": "Thôn Hà Thủy 1",
}
VALUES: dict[str, Any] = {
    "ten_ho": "Quán Hòa",
    "dia_diem": {"commune": COMMUNE_CODE, "street": "Thôn Hà Thủy 1"},
    "chu_the": "ca_nhan",
    "chu_ho": {"name": "Trần Văn Nam", "id_kind": "cmnd", "id_number": "260123456"},
    "nganh": "Bán tạp hóa",
    "von": "50000000",
    "lao_dong": "1",
}


def a_filling(citizen: Citizen, code: str = HOUSEHOLD) -> Filling:
    """Begin an empty draft."""
    version = published(code, MONDAY)
    assert version is not None
    return operations.begin(citizen, version, at=AT)


def filled(citizen: Citizen, *, photo: bool = True, **changes: Any) -> Filling:
    """Return a draft that may be handed in."""
    said = Said(values=VALUES, who={"a": ME}, writer="w")
    row = operations.keep(a_filling(citizen), Said(**{**_parts(said), **changes}), at=AT)
    if photo:
        send(row, "giay_to")
    return row


def filled_after_the_change(citizen: Citizen) -> Filling:
    """Return a draft of the day after communes came under the province (``abolish``), by the version of that day."""
    version = published(HOUSEHOLD, TWO_LEVELS)
    assert version is not None
    owner = {"name": "Trần Văn Nam", "id_kind": "cccd", "id_number": "060085001234", "phone": "0918123456"}
    place = {"commune": NEW_CODE, "street": "Thôn 1"}
    values = {**VALUES, "dia_diem": place, "chu_ho": owner, "nganh": [{"ten": "Bán tạp hóa"}]}
    said = Said(values=values, who={"a": {**ME, "commune_code": NEW_CODE}}, writer="w")
    return operations.keep(operations.begin(citizen, version, at=MORNING), said, at=MORNING)


def _parts(said: Said) -> dict[str, Any]:
    return {name: getattr(said, name) for name in Said.__slots__}


def send(row: Filling, paper: str, name: str = "cmnd.png", colour: str = "white") -> int:
    """Send a picture for a paper of a draft; returns the key of the file."""
    file = receive([picture(colour)], name=name, actor=None, account=row.citizen.user, at=AT)
    add_file(row, paper, file, at=AT)
    return file.pk


def picture(colour: str = "white") -> bytes:
    """Return a small picture; each colour is other bytes."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def photo(name: str = "cmnd.png", colour: str = "white") -> SimpleUploadedFile:
    """Return a picture as a browser sends it."""
    return SimpleUploadedFile(name, picture(colour), content_type="image/png")


def posted(**changes: str) -> dict[str, str]:
    """Return the form as a browser sends it."""
    said = {
        "writer": uuid.uuid4().hex,
        "seen": "0",
        "acting": "self",
        **{f"a-{name}": value for name, value in ME.items()},
        "ten_ho": "Quán Hòa",
        "dia_diem.commune": COMMUNE_CODE,
        "dia_diem.street": "Thôn Hà Thủy 1",
        "chu_the": "ca_nhan",
        "chu_ho.name": "Trần Văn Nam",
        "chu_ho.id_kind": "cmnd",
        "chu_ho.id_number": "260123456",
        "nganh": "Bán tạp hóa",
        "von": "50.000.000",
        "lao_dong": "1",
    }
    return {**said, **changes}
