"""Facts as the national portal's fields. Pure. Text fields that have nothing to say are empty, never left out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.exchange.facts import Asked, CaseFacts, Fee, Paper, StepFacts
from lienthong.kernel.clock import local

SYNC, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
LASTING = (
    "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "ChuHoSo", "LoaiDoiTuong", "Email", "SoDienThoai", "TrichYeuHoSo",
    "HinhThuc", "DonViXuLy",
)  # fmt: skip
"""Fields that do not depend on the moment of which a message speaks."""
MOMENT = "%Y%m%d%H%M%S"


def moment(at: dt.datetime | None) -> str:
    """Return a moment as the portal writes it: ``yyyyMMddHHmmss`` in Asia/Ho_Chi_Minh; empty for none."""
    return local(at).strftime(MOMENT) if at is not None else ""


def envelope(service: str, record: dict[str, Any], *, is_update: bool) -> dict[str, Any]:
    """Return the body of a call with one record."""
    return {"service": service, "isUpdating": "True" if is_update else "False", "data": [record]}


def case(facts: CaseFacts) -> dict[str, Any]:
    """Return a case at a status (``DongBoHoSoMC``)."""
    return {
        "MaHoSo": facts.code,
        "MaTTHC": facts.procedure_code,
        "TenTTHC": facts.procedure,
        "MaLinhVuc": facts.sector_code,
        "TenLinhVuc": facts.sector,
        "ChuHoSo": facts.applicant,
        "LoaiDoiTuong": "1" if facts.is_citizen else "2",
        "Email": facts.email,
        "SoDienThoai": facts.phone,
        "TrichYeuHoSo": facts.abstract,
        "NgayTiepNhan": moment(facts.received_at),
        "NgayHenTra": moment(facts.promised_at),
        "TrangThaiHoSo": str(facts.status),
        "NgayTra": moment(facts.handed_over_at),
        "ThongTinTra": facts.handed_over_to,
        "HinhThuc": "1" if facts.by_post else "0",
        "NgayKetThucXuLy": moment(facts.finished_at),
        "DonViXuLy": facts.unit,
        "GhiChu": facts.note,
        "DanhSachLePhi": [_fee(one) for one in facts.fees],
        "DanhSachTepDinhKemKhac": [],
        "DanhSachHoSoBoSung": [_asked(one) for one in facts.asked],
        "DanhSachGiayToKetQua": [_result(one) for one in facts.results],
        "TaiLieuNop": [_paper(one) for one in facts.papers],
    }


def step(facts: StepFacts) -> dict[str, Any]:
    """Return a hand-over (``CapNhatTienDoHoSoMC``)."""
    return {
        "MaHoSo": facts.code,
        "NguoiXuLy": facts.officer,
        "ChucDanh": facts.title,
        "ThoiDiemXuLy": moment(facts.at),
        "PhongBanXuLy": facts.unit,
        "NoiDungXuLy": facts.said,
        "TrangThai": str(facts.status),
        "NgayBatDau": moment(facts.begun_at),
        "NgayKetThucTheoQuyDinh": moment(facts.due_at),
    }


def _fee(fee: Fee) -> dict[str, str]:
    return {
        "TenPhiLePhi": fee.name,
        "MaPhiLePhi": fee.key,
        "HinhThucThu": "1",
        "Gia": str(fee.amount),
        "LoaiPhiLePhi": "1" if fee.is_charge else "2",
    }


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "HoSoBoSungId": str(asked.number),
        "NguoiYeuCauBoSung": asked.by,
        "NoiDungBoSung": asked.text,
        "NgayBoSung": moment(asked.at),
        "NguoiTiepNhanBoSung": asked.answered_to,
        "ThongTinTiepNhan": asked.answer,
        "NgayTiepNhanBoSung": moment(asked.answered_at),
        "TrangThaiBoSung": "1" if asked.answered_at else "0",
        "DanhSachGiayToBoSung": [{"TenGiayTo": name} for name in asked.papers],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": moment(asked.promised_before),
        "NgayHenTraMoi": moment(asked.promised_after),
    }


def _result(paper: Paper) -> dict[str, str]:
    return {
        "TenGiayTo": paper.name,
        "MaThanhPhanHoSo": paper.key,
        "GiayToId": paper.number,
        "DuongDanTepTinKetQua": paper.address,
    }


def _paper(paper: Paper) -> dict[str, str]:
    return {
        "TepDinhKemId": paper.key,
        "TenTepDinhKem": paper.name,
        "MaThanhPhanHoSo": paper.key,
        "DuongDanTaiTepTin": paper.number,
        "IsDeleted": "False",
    }
