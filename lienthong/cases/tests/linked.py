"""Two procedures that are linked, for tests: a birth that opens a residence with it, and a card after it."""

from __future__ import annotations

import datetime as dt

from lienthong.procedures.models import ProcedureVersion
from lienthong.procedures.operations import draft, publish
from lienthong.procedures.queries import versions
from tests.cast import AT, FOUNDED, MONDAY, Cast

FIRST, RESIDENCE, CARD, NOTE = "9.000001", "9.000002", "9.000003", "9.000004"
FOLLOWING = """
code = "{code}"
version = 1
valid_from = {since}
name = "{name}"
sector = "ho-tich"
subjects = ["citizen"]
keywords = []
summary = "Cho bài thử."
source = "Bài thử"
verified = false
online = "none"
legal_basis = ["Bài thử"]

[competence]
level = "commune"
area = "field:noi_cu_tru_me"

[supplement]
rounds = 1
answer_within = "30 ngày"

[[limits]]
amount = "2 ngày làm việc"

[[components]]
key = "{paper}"
name = "{paper_name}"
originals = 1
{more}

[[fields]]
key = "tre"
kind = "person"
label = "Trẻ"
required = true

[[fields]]
key = "noi_cu_tru_me"
kind = "address"
label = "Nơi cư trú"
required = true
{fields}

[[steps]]
key = "nhan"
name = "Tiếp nhận hồ sơ"
phase = "intake"
place = "receiving.desk"
role = "one_stop_officer"
limit = "4 giờ làm việc"
[[steps.moves]]
action = "accept"
to = "lam"
needs = ["papers"]
[[steps.moves]]
action = "decline"
to = "declined"

[[steps]]
key = "lam"
name = "Giải quyết"
place = "competent.division"
role = "specialist"
limit = "1 ngày làm việc"
[[steps.moves]]
action = "propose"
to = "tra"

[[steps]]
key = "tra"
name = "Trả kết quả"
phase = "result"
place = "receiving.desk"
role = "one_stop_officer"
[[steps.moves]]
action = "hand_over"
to = "handed_over"

[[results]]
key = "ket_qua"
name = "Kết quả"
"""
BIRTH_PAPER = ("giay_khai_sinh", "Giấy khai sinh")
FIELD = '\n[[fields]]\nkey = "chu_ho"\nkind = "text"\nlabel = "Chủ hộ"\nrequired = true\n'
LINKS = f"""
[[links]]
procedure = "{RESIDENCE}"
name = "Đăng ký thường trú"
opens = "with"
needs = ["giay_khai_sinh"]

[[links]]
procedure = "{CARD}"
name = "Cấp thẻ bảo hiểm y tế"
opens = "after"
needs = ["giay_khai_sinh"]

[[links]]
procedure = "{NOTE}"
name = "Báo tin cho trạm y tế"
opens = "with"
"""


def linked_birth(cast: Cast, *, links: str = LINKS, card_fields: str = "") -> ProcedureVersion:
    """Publish a birth with its linked procedures and return its version."""
    text = versions(MONDAY).get(procedure__code="1.001193").text
    text = text.replace('code = "1.001193"', f'code = "{FIRST}"', 1)
    first = _published(cast, text + links)
    _following(cast, RESIDENCE, "Đăng ký thường trú", *BIRTH_PAPER)
    _following(cast, CARD, "Cấp thẻ bảo hiểm y tế", *BIRTH_PAPER, fields=card_fields)
    _following(cast, NOTE, "Báo tin cho trạm y tế", "chung_sinh", "Giấy chứng sinh")
    return first


def _following(cast: Cast, code: str, name: str, paper: str, paper_name: str, *, fields: str = "") -> None:
    text = FOLLOWING.format(
        code=code, name=name, paper=paper, paper_name=paper_name, since=FOUNDED.isoformat(), more="", fields=fields
    )
    _published(cast, text)


def _published(cast: Cast, text: str, at: dt.datetime = AT) -> ProcedureVersion:
    row = draft(text, actor=cast.administrator, at=at)
    publish(row, actor=cast.administrator, at=at)
    return versions(MONDAY).get(pk=row.pk)
