"""By which authority a document may be signed on a day."""

from __future__ import annotations

import datetime as dt

from lienthong.kernel.refusal import Refusal
from lienthong.organisation.models import SigningAuthority, Unit


def checked_authority(authority: SigningAuthority, agency: Unit, *, on: dt.date) -> SigningAuthority:
    """Return the authority when it holds for an agency on a day (NĐ 30/2020 Điều 13).

    Refuses one of another agency, one that has not begun, one that ended, and one whose post was given up.
    """
    name = authority.post.officer
    if authority.unit_id != agency.pk:
        raise Refusal(f"{name} không có thẩm quyền ký cho {agency}. Hãy chọn người ký khác.", field="authority")
    if on < authority.valid_from:
        raise Refusal(
            f"Thẩm quyền ký của {name} có hiệu lực từ {authority.valid_from:%d/%m/%Y}. Hãy chờ đến ngày đó "
            "hoặc chọn người ký khác.",
            field="authority",
        )
    ended = min((day for day in (authority.valid_to, authority.post.valid_to) if day), default=None)
    if ended is not None and ended <= on:
        raise Refusal(
            f"Thẩm quyền ký của {name} đã thôi từ {ended:%d/%m/%Y}. Hãy chọn người ký khác.", field="authority"
        )
    return authority


def refuse_gone_agency(agency: Unit, *, on: dt.date) -> None:
    """Refuse to go on in the name of an agency that is no more; its successor adopts the draft first."""
    if agency.valid_to is not None and agency.valid_to <= on:
        raise Refusal(
            f"{agency} đã thôi hoạt động từ {agency.valid_to:%d/%m/%Y}. Hãy tiếp nhận dự thảo về cơ quan kế thừa "
            "rồi trình ký.",
            field="authority",
        )
