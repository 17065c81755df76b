"""Which fields the national portal requires, checked on our side before anything is sent. Pure.

A field without an asterisk in the portal's description must be there; those of ``FILLED`` must also say something.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from lienthong.exchange.partners.dvcqg.messages import MOMENT, PROGRESS, SYNC

NAMES = {
    "MaHoSo": "mã hồ sơ", "MaTTHC": "mã thủ tục hành chính", "TenTTHC": "tên thủ tục", "MaLinhVuc": "mã lĩnh vực",
    "TenLinhVuc": "tên lĩnh vực", "LoaiDoiTuong": "loại đối tượng", "Email": "thư điện tử",
    "SoDienThoai": "số điện thoại", "TrichYeuHoSo": "trích yếu", "NgayTiepNhan": "ngày tiếp nhận",
    "NgayHenTra": "ngày hẹn trả", "TrangThaiHoSo": "trạng thái hồ sơ", "HinhThuc": "hình thức trả kết quả",
    "DonViXuLy": "đơn vị xử lý", "NguoiXuLy": "người xử lý", "ChucDanh": "chức danh",
    "ThoiDiemXuLy": "thời điểm xử lý", "PhongBanXuLy": "phòng ban xử lý", "NoiDungXuLy": "nội dung xử lý",
    "TrangThai": "trạng thái", "NgayBatDau": "ngày bắt đầu", "NgayKetThucTheoQuyDinh": "ngày kết thúc theo quy định",
    "NgayTra": "ngày trả", "NgayKetThucXuLy": "ngày kết thúc xử lý",
}  # fmt: skip
THERE = {
    SYNC: (
        "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "LoaiDoiTuong", "Email", "SoDienThoai",
        "TrichYeuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "HinhThuc", "DonViXuLy",
    ),
    PROGRESS: (
        "MaHoSo", "NguoiXuLy", "ChucDanh", "ThoiDiemXuLy", "PhongBanXuLy", "NoiDungXuLy", "TrangThai", "NgayBatDau",
        "NgayKetThucTheoQuyDinh",
    ),
}  # fmt: skip
FILLED = {
    SYNC: (
        "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "LoaiDoiTuong", "TrichYeuHoSo", "TrangThaiHoSo",
        "HinhThuc", "DonViXuLy",
    ),
    PROGRESS: ("MaHoSo", "NguoiXuLy", "ThoiDiemXuLy", "NoiDungXuLy", "TrangThai"),
}  # fmt: skip
DATES = ("NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "ThoiDiemXuLy", "NgayBatDau",
         "NgayKetThucTheoQuyDinh")  # fmt: skip
CHOICES = {"LoaiDoiTuong": {"1", "2"}, "HinhThuc": {"0", "1"}}
STATUSES = {str(number) for number in range(1, 11)}
RECEIVED = {"2", "4", "6", "9", "10"}
"""Statuses that a case has only once it was received."""


def faults(service: str, body: Mapping[str, Any]) -> list[str]:
    """Return what is missing or wrong, each a whole sentence; none: it may be sent."""
    records = body.get("data")
    if service not in THERE or not isinstance(records, list) or not records:
        return [f"Thông điệp {service} không có dữ liệu. Báo người quản trị hệ thống."]
    return [fault for record in records for fault in record_faults(service, record)]


def record_faults(service: str, record: Mapping[str, Any]) -> list[str]:
    """Return what is missing or wrong in one record."""
    missing = [name for name in THERE[service] if not isinstance(record.get(name), str)]
    missing += [name for name in FILLED[service] if record.get(name, None) == ""]
    return [_said(name, record) for name in missing] + _wrong(service, record)


def _said(name: str, record: Mapping[str, Any]) -> str:
    if name == "MaLinhVuc" and record.get("TenLinhVuc"):
        return f"Lĩnh vực “{record['TenLinhVuc']}” chưa có mã quốc gia (MaLinhVuc). Ghi mã ở trang Mã lĩnh vực."
    return f"Thiếu {NAMES[name]} ({name})."


def _wrong(service: str, record: Mapping[str, Any]) -> list[str]:
    said = [
        f"{NAMES[name].capitalize()} ({name}) phải là {' hoặc '.join(sorted(allowed))}."
        for name, allowed in CHOICES.items()
        if record.get(name) and record[name] not in allowed
    ]
    said += [
        f"{NAMES[name].capitalize()} ({name}) phải viết dạng yyyyMMddHHmmss." for name in DATES if _bad(record, name)
    ]
    name = "TrangThaiHoSo" if service == SYNC else "TrangThai"
    status = record.get(name)
    if status and status not in STATUSES:
        said.append(f"{NAMES[name].capitalize()} ({name}) phải từ 1 đến 10.")
    if service == SYNC and status in RECEIVED and not record.get("NgayTiepNhan"):
        said.append("Hồ sơ đã tiếp nhận phải có ngày tiếp nhận (NgayTiepNhan).")
    if service == SYNC and status == "10" and not record.get("NgayTra"):
        said.append("Hồ sơ đã trả kết quả phải có ngày trả (NgayTra).")
    return said


def _bad(record: Mapping[str, Any], name: str) -> bool:
    text = record.get(name)
    if not text:
        return False
    try:
        dt.datetime.strptime(text, MOMENT)  # noqa: DTZ007 - only whether it is one
    except (TypeError, ValueError):
        return True
    return len(text) != 14
