"""Telling the officer that a long file is ready, or why it is not."""

from __future__ import annotations

import datetime as dt

from lienthong.exports.models import Export
from lienthong.kernel.clock import local_date
from lienthong.notifications.operations import tell

READY, FAILED = "export.ready", "export.failed"
KINDS = {READY: "Bản kết xuất đã xong", FAILED: "Bản kết xuất không lập được"}


def tell_ready(export: Export, *, at: dt.datetime) -> None:
    """Say that it can be fetched, and until when."""
    until = f" Tệp được giữ đến ngày {local_date(export.expires_at):%d/%m/%Y}." if export.expires_at else ""
    text = f"{export} đã lập xong, mời tải về.{until}"
    tell([export.ordered_by_id], about=export.subject, text=text, at=at, kind=READY)


def tell_failed(export: Export, *, at: dt.datetime) -> None:
    """Say why there is none."""
    text = f"{export} không lập được. {export.error}"
    tell([export.ordered_by_id], about=export.subject, text=text, at=at, kind=FAILED)
