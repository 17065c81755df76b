"""The marks by which a paper is read by machines: a bar code of the case's code, a QR code of its public address."""

from __future__ import annotations

import io

import barcode
import segno
from barcode.writer import SVGWriter


def code128(text: str) -> str:
    """Return a Code 128 bar code as SVG, without words below it."""
    out = io.BytesIO()
    drawn = barcode.get("code128", text, writer=SVGWriter())
    drawn.write(out, options={"write_text": False, "module_height": 7.0, "module_width": 0.22, "quiet_zone": 2.0})
    return out.getvalue().decode()


def qr(text: str) -> str:
    """Return a QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", xmldecl=False, scale=4, border=2)
    return out.getvalue().decode()
