"""What the portal sends us: the same service and fields as ours, with cases that were submitted there. Pure.

``isUpdating`` "False" is a new case; "True" with ``TrangThaiHoSo`` 7 says that the applicant took it back there.
``ThongTinKhac`` carries the filled-in form as JSON by our keys; ``MaDonVi`` is the unit for which it is meant.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lienthong.exchange.facts import Arrived, Paper, Submission, TakenBack
from lienthong.exchange.partners.contract import Answer, Record, UnreadableError
from lienthong.exchange.partners.dvcqg.messages import SYNC

MOST = 50
NEW, WITHDRAWN = "1", "7"
NEEDED = {
    "MaTTHC": "mã thủ tục hành chính", "ChuHoSo": "chủ hồ sơ", "LoaiDoiTuong": "loại đối tượng",
    "MaDonVi": "mã định danh đơn vị nhận",
}  # fmt: skip


def records(body: bytes) -> list[Record]:
    """Return the records of a call; refuses what is no call of this portal."""
    try:
        said: Any = json.loads(body)
        service, found, updating = said["service"], said["data"], str(said.get("isUpdating", "False"))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnreadableError("Không đọc được: cần JSON có service, isUpdating, data.") from None
    if service != SYNC:
        raise UnreadableError(f"Không có dịch vụ đó; ở đây nhận {SYNC}.")
    if not isinstance(found, list) or not 0 < len(found) <= MOST or not all(isinstance(one, dict) for one in found):
        raise UnreadableError(f"data phải là danh sách có từ 1 đến {MOST} hồ sơ.")
    return [_record(one, is_update=updating == "True") for one in found]


def _record(raw: Mapping[str, Any], *, is_update: bool) -> Record:
    their_id = _text(raw, "MaHoSo", 100)
    faults = [] if their_id else ["Thiếu mã hồ sơ (MaHoSo)."]
    if is_update:
        if raw.get("TrangThaiHoSo") not in (WITHDRAWN, int(WITHDRAWN)):
            faults.append("Hồ sơ đã nhận chỉ cập nhật được việc rút (TrangThaiHoSo 7).")
        return _made(their_id, raw, faults, lambda: TakenBack(their_id, _text(raw, "GhiChu", 1000)))
    faults += [f"Thiếu {name} ({key})." for key, name in NEEDED.items() if not _text(raw, key, 300)]
    if _text(raw, "LoaiDoiTuong", 2) not in ("", "1", "2"):
        faults.append("Loại đối tượng (LoaiDoiTuong) phải là 1 hoặc 2.")
    if not isinstance(_values(raw), dict):
        faults.append("Thông tin khai (ThongTinKhac) phải là một đối tượng JSON.")
    return _made(their_id, raw, faults, lambda: _submission(their_id, raw))


def _made(their_id: str, raw: Mapping[str, Any], faults: list[str], make: Any) -> Record:
    what: Arrived | None = None if faults else make()
    return Record(SYNC, their_id, raw, what, tuple(faults))


def _submission(their_id: str, raw: Mapping[str, Any]) -> Submission:
    return Submission(
        their_id=their_id,
        unit_code=_text(raw, "MaDonVi", 40),
        procedure_code=_text(raw, "MaTTHC", 40),
        applicant=_text(raw, "ChuHoSo", 300),
        is_citizen=_text(raw, "LoaiDoiTuong", 2) == "1",
        identity=_text(raw, "MaDoiTuong", 30),
        phone=_text(raw, "SoDienThoai", 20),
        email=_text(raw, "Email", 254),
        abstract=_text(raw, "TrichYeuHoSo", 500),
        by_post=_text(raw, "HinhThuc", 2) == "1",
        values=_values(raw),
        papers=_papers(raw),
    )


def _values(raw: Mapping[str, Any]) -> Any:
    said = raw.get("ThongTinKhac") or {}
    if not isinstance(said, str):
        return said
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return None


def _papers(raw: Mapping[str, Any]) -> tuple[Paper, ...]:
    found = raw.get("TaiLieuNop")
    rows = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    return tuple(
        Paper(_text(one, "MaThanhPhanHoSo", 40), _text(one, "TenTepDinhKem", 200), _text(one, "DuongDanTaiTepTin", 500))
        for one in rows
        if _text(one, "IsDeleted", 5).lower() not in ("true", "1")
    )


def _text(raw: Mapping[str, Any], name: str, longest: int) -> str:
    said = raw.get(name)
    return " ".join(str(said).replace("\0", "").split())[:longest] if isinstance(said, str | int) else ""


def reply(answers: list[Answer]) -> dict[str, Any]:
    """Return our answer in the portal's manner."""
    wrong = next((one for one in answers if one.code != "00"), None)
    lines = [
        {"MaHoSo": one.their_id, "MaHoSoDiaPhuong": one.number, "error_code": one.code, "message": one.sentence}
        for one in answers
    ]
    return {"error_code": wrong.code if wrong else "00", "message": wrong.sentence if wrong else "", "result": lines}
