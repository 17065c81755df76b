"""A partner on loopback: it checks what the national portal requires, and fails as told. It touches no database."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from lienthong.exchange.partners.dvcqg import signing
from lienthong.kernel import clock

SECRET, UNIT = "bi-mat-chung", "H11"
REQUIRED = {  # written down here once more, from the description and not from our code
    "DongBoHoSoMC": [
        "MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "LoaiDoiTuong", "Email", "SoDienThoai",
        "TrichYeuHoSo", "NgayTiepNhan", "NgayHenTra", "TrangThaiHoSo", "HinhThuc", "DonViXuLy",
    ],
    "CapNhatTienDoHoSoMC": [
        "MaHoSo", "NguoiXuLy", "ChucDanh", "ThoiDiemXuLy", "PhongBanXuLy", "NoiDungXuLy", "TrangThai", "NgayBatDau",
        "NgayKetThucTheoQuyDinh",
    ],
}  # fmt: skip
MAY_BE_EMPTY = {"Email", "SoDienThoai", "NgayTiepNhan", "NgayHenTra", "ChucDanh", "PhongBanXuLy", "NgayBatDau",
                "NgayKetThucTheoQuyDinh"}  # fmt: skip


class Stub:
    """What the partner got, each key once, and how it answers now."""

    def __init__(self) -> None:
        self.address = ""
        self.calls = 0
        self.got: dict[str, dict[str, Any]] = {}
        self.mode = "well"
        self.refuses: dict[str, str] = {}
        """Code of a case → what the partner says when it comes."""
        self.crashes: set[str] = set()

    @property
    def records(self) -> list[dict[str, Any]]:
        """Return what was taken, in its order."""
        return [body["data"][0] | {"service": body["service"]} for body in self.got.values()]

    def of(self, code: str) -> list[str]:
        """Return what was taken of one case: its statuses, and "bước" for a hand-over."""
        mine = [one for one in self.records if one["MaHoSo"] == code]
        return [one.get("TrangThaiHoSo", "bước") for one in mine]

    def take(self, body: bytes, headers: Any) -> tuple[int, dict[str, Any]]:
        """Answer one call."""
        self.calls += 1
        if self.mode == "busy":
            return 503, {}
        signing.verify(body, dict(headers), SECRET, clock.now())
        said = json.loads(body)
        (record,) = said["data"]
        if record["MaHoSo"] in self.crashes:
            return 500, {}
        if record["MaHoSo"] in self.refuses:
            return 200, {"error_code": "07", "message": self.refuses[record["MaHoSo"]]}
        missing = [name for name in REQUIRED[said["service"]] if not _there(record, name)]
        if missing or headers[signing.UNIT] != UNIT:
            return 200, {"error_code": "01", "message": f"Thiếu {', '.join(missing)}"}
        self.got.setdefault(headers[signing.KEY], said)
        if self.mode == "silent":
            return 200, {}
        return 200, {"error_code": "00"}


def _there(record: dict[str, Any], name: str) -> bool:
    return isinstance(record.get(name), str) and (bool(record[name]) or name in MAY_BE_EMPTY)


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, said = stub.take(body, self.headers)
            answer = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running(stub: Stub | None = None, *, port: int = 0) -> Iterator[Stub]:
    """Serve a stub on a free port of loopback."""
    stub = stub or Stub()
    server = ThreadingHTTPServer(("127.0.0.1", port), _handler(stub))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    stub.address = f"http://127.0.0.1:{server.server_address[1]}/sync"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
