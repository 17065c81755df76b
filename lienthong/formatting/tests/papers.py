"""Five invented papers, as an office writes them every week."""

from __future__ import annotations

import datetime as dt

from lienthong.formatting.official import Appendix, Official

CREATED = dt.datetime(2020, 3, 5, 2, 30, tzinfo=dt.UTC)

LETTER = Official(
    superior="UBND tỉnh Bình Thuận",
    issuer="Sở Thông tin\nvà Truyền thông",
    symbol="275/STTTT-CNTT",
    place="Bình Thuận",
    date=dt.date(2020, 3, 5),
    abstract="rà soát hạ tầng mạng của các cơ quan",
    addressees=("Văn phòng Ủy ban nhân dân tỉnh",),
    body=(
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 10 tháng 01 năm 2020 của Ủy ban nhân dân tỉnh về ứng dụng công nghệ "
        "thông tin, Sở Thông tin và Truyền thông đề nghị Quý cơ quan rà soát hạ tầng mạng nội bộ.\n"
        "Kết quả gửi về Sở trước ngày 20 tháng 3 năm 2020 để tổng hợp./."
    ),
    signing=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    signer="Trần Thị Bích Hằng",
    recipients=("Như trên", "Lưu: VT, CNTT"),
)

DECISION = Official(
    issuer="Ủy ban nhân dân\ntỉnh Bình Thuận",
    symbol="139/QĐ-UBND",
    place="Bình Thuận",
    date=dt.date(2020, 3, 5),
    type_name="Quyết định",
    abstract="Về việc ban hành Quy chế quản lý hệ thống thông tin",
    body="""ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;
Căn cứ Nghị định số 64/2007/NĐ-CP ngày 10 tháng 4 năm 2007 của Chính phủ;
Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý hệ thống thông tin.
Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.
Điều 3. Chánh Văn phòng Ủy ban nhân dân tỉnh và các cơ quan có liên quan chịu trách nhiệm thi hành./.""",
    signing=("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    signer="Nguyễn Đức Hòa",
    recipients=("Như Điều 3", "Bộ Thông tin và Truyền thông (b/c)", "Lưu: VT, KGVX"),
    urgency="express",
    drafter="NTL",
    copies=15,
    appendices=(
        Appendix(
            caption="Quy chế quản lý", body="Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Một.\n2. Hai."
        ),
        Appendix(caption="Danh mục", body="| TT | Tên |\n|---|---|\n| 1 | Một cửa |"),
    ),
)

PROPOSAL = Official(
    superior="UBND tỉnh Bình Thuận",
    issuer="Sở Nội vụ",
    symbol="08/TTr-SNV",
    place="Bình Thuận",
    date=dt.date(2020, 2, 7),
    type_name="Tờ trình",
    abstract="Về việc giao biên chế năm 2020",
    addressees=("Ủy ban nhân dân tỉnh", "Ban Tổ chức Tỉnh ủy"),
    body="Sở Nội vụ kính trình Ủy ban nhân dân tỉnh:\nI. SỰ CẦN THIẾT\n1. Cơ sở pháp lý.\na) Nghị định.\n- Một./.",
    signing=("GIÁM ĐỐC",),
    signer="Lê Văn Quang",
    recipients=("Như trên", "Lưu: VT"),
    circulation="Lưu hành nội bộ",
)

INVITATION = Official(
    superior="UBND tỉnh Bình Thuận",
    issuer="Văn phòng",
    symbol="      /GM-VP",
    place="Bình Thuận",
    date=None,
    type_name="Giấy mời",
    abstract="Họp giao ban công tác văn thư",
    body=(
        "Văn phòng Ủy ban nhân dân tỉnh trân trọng kính mời: **đại diện** các sở, *ban*, __ngành__.\n"
        "1. Thời gian: 14 giờ 00.\n2. Địa điểm: Phòng họp B./."
    ),
    signing=("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    signer="Đỗ Minh Kính",
    recipients=("Các sở, ban, ngành", "Lưu: VT, HC"),
    is_draft=True,
    contact="Địa chỉ: 04 Hải Thượng Lãn Ông, thành phố Phan Thiết",
)

REPORT = Official(
    superior="UBND tỉnh Bình Thuận",
    issuer="Sở Thông tin\nvà Truyền thông",
    symbol="31/BC-STTTT",
    place="Bình Thuận",
    date=dt.date(2020, 12, 15),
    type_name="Báo cáo",
    abstract="Kết quả công tác năm 2020 và phương hướng, nhiệm vụ năm 2021",
    body="I. KẾT QUẢ THỰC HIỆN\n"
    + "\n".join(
        f"{number}. Trong năm, Sở đã tham mưu cấp có thẩm quyền ban hành văn bản, tổ chức triển khai và kiểm tra, "
        "đôn đốc các cơ quan, địa phương thực hiện; kết quả được tổng hợp trong bảng kèm theo báo cáo này."
        for number in range(1, 13)
    )
    + "\n| TT | Nhiệm vụ | Đơn vị chủ trì | Kết quả |\n|:-:|---|---|:-:|\n"
    + "\n".join(
        f"| {number} | Nhiệm vụ thứ {number} theo kế hoạch của tỉnh | Phòng Công nghệ thông tin | Đạt |"
        for number in range(1, 61)
    )
    + "\nII. PHƯƠNG HƯỚNG\nTiếp tục thực hiện các nhiệm vụ đã đề ra."
    + "\nTrên đây là báo cáo của Sở Thông tin và Truyền thông./.",
    signing=("GIÁM ĐỐC",),
    signer="Phạm Hoàng Nam",
    recipients=("UBND tỉnh (b/c)", "Lưu: VT, VP"),
)

ALL = {"letter": LETTER, "decision": DECISION, "proposal": PROPOSAL, "invitation": INVITATION, "report": REPORT}
