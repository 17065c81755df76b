"""The file with which a new procedure begins."""

from __future__ import annotations

import datetime as dt

SKELETON = """# Thủ tục mới. Hướng dẫn từng mục, kèm một ví dụ trọn vẹn: docs/guide/procedures.md.
code = ""                     # mã quốc gia, ví dụ 1.001193
version = 1
valid_from = {day}
name = ""
sector = ""                   # một lĩnh vực, ví dụ ho-tich
subjects = ["citizen"]        # citizen | enterprise | organisation
keywords = []                 # những từ người dân hay dùng
summary = ""
source = ""                   # lấy từ đâu, ngày nào
verified = false
online = "none"               # full | partial | none
legal_basis = []

[competence]
level = "commune"             # commune | district | department | province
area = "receiving"            # applicant | receiving | field:<mã trường địa chỉ>

[supplement]
rounds = 1
answer_within = "30 ngày"

[[limits]]
amount = "3 ngày làm việc"

[[components]]
key = "don"
name = "Đơn đề nghị"
originals = 1

[[fields]]
key = "noi_dung"
kind = "paragraph"
label = "Nội dung đề nghị"
required = true

[[results]]
key = "ket_qua"
name = ""

[[steps]]
key = "tiep_nhan"
name = "Tiếp nhận hồ sơ"
phase = "intake"
place = "receiving.desk"
role = "one_stop_officer"
limit = "4 giờ làm việc"
[[steps.moves]]
action = "accept"
to = "xu_ly"
needs = ["papers"]
[[steps.moves]]
action = "request_supplement"
[[steps.moves]]
action = "decline"
to = "declined"

[[steps]]
key = "xu_ly"
name = "Thẩm định, lập kết quả"
place = "competent.division"
role = "specialist"
limit = "1 ngày làm việc"
[[steps.moves]]
action = "propose"
to = "ky"
[[steps.moves]]
action = "decline"
to = "stopped"

[[steps]]
key = "ky"
name = "Ký"
place = "competent.leader"
role = "leader"
limit = "4 giờ làm việc"
[[steps.moves]]
action = "sign"
to = "tra"
[[steps.moves]]
action = "send_back"
to = "xu_ly"

[[steps]]
key = "tra"
name = "Trả kết quả"
phase = "result"
place = "receiving.desk"
role = "one_stop_officer"
[[steps.moves]]
action = "hand_over"
to = "handed_over"
"""


def skeleton(on: dt.date) -> str:
    """Return the text of a file to be filled in, holding from a day on."""
    return SKELETON.format(day=on.isoformat())
