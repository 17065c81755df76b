"""Traps of single fields, each as it occurs in real papers; the papers themselves are invented."""

from __future__ import annotations

import pytest

from lienthong.documents.extraction import Extraction, extract, secrecy_mark

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
FREEDOM = "Độc lập - Tự do - Hạnh phúc"


def letter(
    *,
    left: str = "UBND TỈNH BÌNH THUẬN\nSỞ NỘI VỤ",
    number: str = "Số: 12/SNV-VP",
    date: str = "Bình Thuận, ngày 15 tháng 3 năm 2016",
    about: str = "V/v báo cáo công tác văn thư, lưu trữ",
    body: str = "Kính gửi: Các sở, ban, ngành.\n\nĐề nghị các đơn vị thực hiện./.",
    foot: str = "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nPhan Văn Đăng",
) -> Extraction:
    return extract(f"{left}\n{MOTTO}\n{FREEDOM}\n\n{number} {date}\n{about}\n\n{body}\n\n{foot}\n")


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("Số: 139/QĐ-UBND", "139/QĐ-UBND"), ("Só:2576 /QĐÐ-BGDĐT", "2576/QĐ-BGDĐT"),
        ("Số2624 /QĐ-BGDĐT", "2624/QĐ-BGDĐT"),
        ("Số: 86/QĐ UBND", "86/QĐ-UBND"), ("Số 2276 /VP-TH", "2276/VP-TH"),
        ("Số: 4532/UBND- KSTTHC", "4532/UBND-KSTTHC"),
        ("Số: 3176B/QĐ-SYT", "3176B/QĐ-SYT"), ("Số: 47/2007/QĐ-UBND", "47/2007/QĐ-UBND"),
        ("Sô: 30c/NQ-CP", "30c/NQ-CP"),
        ("Số 1203-CV/TU", "1203-CV/TU"), ("Số: 2081/SXD-PTĐT&HTKT", "2081/SXD-PTĐT&HTKT"),
        ("Số: O2/GM-SYT", "02/GM-SYT"),
        ("Số: 06/2016/TTLT-BTTTT-BNV", "06/2016/TTLT-BTTTT-BNV"), ("Luật số: 77/2015/QH13", "77/2015/QH13"),
        ("Số: 12/QD-UBND", "12/QĐ-UBND"), ("Số: 05/CT-BCA-V28", "05/CT-BCA-V28"), ("Số: 777/BYT-K2ĐT", "777/BYT-K2ĐT"),
    ],
)  # fmt: skip
def test_symbols_are_read(printed: str, symbol: str) -> None:
    found = letter(number=printed).so_ky_hieu
    assert found is not None
    assert found.value == symbol


@pytest.mark.parametrize(
    "printed", ["Số: //74//SNV-VP", "Số: ‡ox /QÐ- TTg", "Só:{f#J/SYT-NVY", "Số: 39 ? /SYT-VP", "Số:     /SNV-VP"]
)
def test_a_number_that_cannot_be_read_is_not_guessed(printed: str) -> None:
    assert letter(number=printed).so_ky_hieu is None


def test_a_number_that_cannot_be_read_is_taken_from_what_cites_it_in_the_same_file() -> None:
    found = letter(
        number="Số: //7//UBND-TH", date="Bình Thuận, ngày /ƒ tháng 3 năm 2016", left="ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN",
        body="Kính gửi: Các sở.\n\n" + "Đề nghị các đơn vị thực hiện nghiêm túc. " * 12,
        foot=f"{MOTTO}\nThực hiện Văn bản số 871/UBND-TH,\nngày 09/3/2016 của UBND tỉnh",
    )  # fmt: skip
    assert found.values()["so_ky_hieu"] == "871/UBND-TH"
    assert found.values()["ngay_ban_hanh"] == "2016-03-09"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("Bình Thuận, ngày 05 tháng 3 năm 2016", "2016-03-05"), ("Hà Nội, ngày ]] tháng 9 năm 2025", "2025-09-11"),
        ("Hà Nội, ngày 24 tháng9 năm 2025", "2025-09-24"), ("Hà Nội, ngày 03 tháng I0năm 2025", "2025-10-03"),
        ("Kiên Giang, ngày | 7 tháng 10 năm 2017", "2017-10-17"), ("Hà Nội, ngày 12/5/2020", "2020-05-12"),
        ("Hà Nội, ngày  6   tháng  5  năm 2021", "2021-05-06"),
        ("Bình Thuận, ngày 03 tháng 4\nnăm 2014", "2014-04-03"), ("Hà Nội, ngày82tháng 4 năm 2026", None),
        ("Kiên Giang, ngày 8| tháng 12 năm 2017", None), ("Kiên Giang, ngày *† tháng 10 năm 2017", None),
        ("Hà Nội, ngày 30 tháng 02 năm 2020", None), ("Hà Nội, ngày    tháng 02 năm 2020", None),
    ],
)  # fmt: skip
def test_dates_are_read_or_left_open(printed: str, day: str | None) -> None:
    assert letter(date=printed).values()["ngay_ban_hanh"] == day


@pytest.mark.parametrize(
    ("left", "issuer", "superior"),
    [
        ("UBND TỈNH NGHỆ AN\nSỞ XÂY DỰNG", "Sở Xây dựng tỉnh Nghệ An", "UBND tỉnh Nghệ An"),
        ("SỞ Y TẾ BẾN TRE\nTRUNG TÂM Y TẾ", "Trung tâm Y tế tỉnh Bến Tre", "Sở Y tế tỉnh Bến Tre"),
        ("UBND HUYỆN TUY PHONG\nPHÒNG TƯ PHÁP", "Phòng Tư pháp huyện Tuy Phong", "UBND huyện Tuy Phong"),
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG PHÚ THỦY", "Ủy ban nhân dân phường Phú Thủy", None),
        ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế", "Bộ Tài chính"),
        ("TỔNG CỤC THUẾ\nCỤC THUẾ TỈNH LÀO CAI", "Cục Thuế tỉnh Lào Cai", "Tổng cục Thuế"),
        ("BỘ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường", None),
        ("UBND TINH KIEN GIANG\nSƠ Y TE", "Sở Y tế tỉnh Kiên Giang", "UBND tỉnh Kiên Giang"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHÓ HÀ NỘI", "Ủy ban nhân dân thành phố Hà Nội", None),
        ("1 UBND TỈNH KIÊN GIANG\n' SG Y TẾ", "Sở Y tế tỉnh Kiên Giang", "UBND tỉnh Kiên Giang"),
        ("UBND TỈNH ĐỒNG THÁP\nSỞYTẾ", "Sở Y tế tỉnh Đồng Tháp", "UBND tỉnh Đồng Tháp"),
        ("TỈNH ỦY QUẢNG NAM\nBAN TUYÊN GIÁO", "Ban Tuyên giáo Tỉnh ủy Quảng Nam", "Tỉnh ủy Quảng Nam"),
        ("UBND TỈNH GIA LAI\nVĂN PHÒNG", "Văn phòng Ủy ban nhân dân tỉnh Gia Lai", "UBND tỉnh Gia Lai"),
    ],
)  # fmt: skip
def test_issuers_of_every_level_are_named_in_full(left: str, issuer: str, superior: str | None) -> None:
    found = letter(left=left, number="Số: 12/TB-ABC")
    assert found.values()["co_quan_ban_hanh"] == issuer
    assert found.values()["co_quan_chu_quan"] == superior


def test_an_issuer_that_is_not_in_the_heading_follows_from_who_decides() -> None:
    found = letter(
        left="ỦY BAN NHÂN DÂN |", number="Số: 63/2006/QĐ-UBND", date="Phan Thiết, ngày 26 tháng 7 năm 2006",
        about="BAN HÀNH QUY ĐỊNH VỀ CÔNG BÁO\nỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN",
        body="Căn cứ Luật Tổ chức;\nQUYẾT ĐỊNH:",
    )  # fmt: skip
    assert found.values()["co_quan_ban_hanh"] == "Ủy ban nhân dân tỉnh Bình Thuận"
    assert found.values()["loai_van_ban"] == "Quyết định"
    assert found.values()["trich_yeu"] == "Ban hành Quy định về công báo"


def test_an_issuer_that_is_nowhere_follows_from_symbol_and_place() -> None:
    found = letter(left="", number="Số: 63/QĐ-UBND", date="Phan Thiết, ngày 26 tháng 7 năm 2006")
    assert found.values()["co_quan_ban_hanh"] == "Ủy ban nhân dân tỉnh Bình Thuận"


def test_a_department_whose_line_was_lost_follows_from_the_symbol() -> None:
    found = letter(left="UBND TỈNH KIÊN GIANG\n,. -", number="Số: 02/SYT-NVY")
    assert found.values()["co_quan_ban_hanh"] == "Sở Y tế tỉnh Kiên Giang"


@pytest.mark.parametrize(
    ("title", "number", "kind"),
    [
        ("QUYÉT ĐỊNH", "Số: 1/QĐ-SNV", "Quyết định"), ("KÉ HOẠCH", "Số: 1/KH-SNV", "Kế hoạch"),
        ("BẢO CÁO", "Số: 1/BC-SNV", "Báo cáo"),
        ("GIÁY MỜI", "Số: 147/GM-TB", "Giấy mời"), ("THƯ MỜI", "Số: 155/TM-SYT", "Thư mời"),
        ("ĐIỀU LỆ", "Số: 01/ĐL-BTC", "Điều lệ"),
        ("CÔNG ĐIỆN", "Số: 3/CĐ-UBND", "Công điện"), ("", "Số: 9/TTr-SNV", "Tờ trình"),
        ("", "Số: 9/SNV-CCVC", "Công văn"),
        ("TT. ¬- h QUYẾT ĐỊNH", "Số: ‡ox /QÐ- TTg", "Quyết định"),
    ],
)  # fmt: skip
def test_types_are_read_from_the_title_or_the_symbol(title: str, number: str, kind: str) -> None:
    assert letter(number=number, about=f"\n{title}\nVề công tác năm 2016").values()["loai_van_ban"] == kind


def test_two_columns_that_ran_together_leave_no_dust_in_the_abstract() -> None:
    found = letter(
        about="V/V cơ chế đặc thù xây dựng công trình\nkhẩn cấp đối với Dự án kéo "
        "dài tuyến vàn =————————\nMetro Phú Hài đến "
        "Trung ỔNGTHÔNGTN BIỆN TỦ\ntâm hành chính tỉnh ĐẾN Giồ:....ẾC:.....",
        body="Kính gửi: Các Bộ.\n\nXét đề nghị về xây dựng công trình khẩn cấp đối "
        "với Dự án kéo dài tuyến Metro Phú Hài đến "
        "Trung tâm hành chính tỉnh, các Bộ có ý kiến./.",
    )
    assert found.values()["trich_yeu"] == (
        "V/v cơ chế đặc thù xây dựng công trình khẩn cấp đối với Dự án kéo dài "
        "tuyến Metro Phú Hài đến Trung tâm hành chính tỉnh"
    )


def test_lost_marks_are_put_back_only_where_certain() -> None:
    found = letter(about="V/v tô chức kiêm tra, đánh giá chât lượng bệnh viện và cơ số thuốc")
    assert found.values()["trich_yeu"] == "V/v tổ chức kiểm tra, đánh giá chất lượng bệnh viện và cơ số thuốc"


@pytest.mark.parametrize(
    ("foot", "posts", "signer"),
    [
        ("Nơi nhận: KT. BỌ TRƯỞNG\n- Như trên; THỨ TRƯỞNG\n- Lưu: VT.\n\nLê Quân", "KT. BỘ TRƯỞNG; THỨ TRƯỞNG",
         "Lê Quân"),
        ("Nơi nhận:\n- Như trên.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nHồ Thị Mai",
         "TM. ỦY BAN NHÂN DÂN; KT. CHỦ TỊCH; PHÓ CHỦ TỊCH", "Hồ Thị Mai"),
        ("Nơi nhận: TL.CHỦ TỊCH\n- Như trên; CHÁNH VĂN PHÒNG\n\nVõ Văn Tí", "TL. CHỦ TỊCH; CHÁNH VĂN PHÒNG",
         "Võ Văn Tí"),
        ("Nơi nhận:\n- Lưu: VT.\nPHÓ GIÁM ĐỚC\nBS.CKII. Trần Ngọc Ánh", "KT. GIÁM ĐỐC; PHÓ GIÁM ĐỐC", "Trần Ngọc Ánh"),
        ("| Nơi nhận:      |TỔNG THANH TRA     |\n|- Lưu: VT.      |Lý Văn Hòa – Đã ký |", "TỔNG THANH TRA",
         "Lý Văn Hòa"),
        ("Nơi nhận:\n- Thứ trưởng Phạm Ngọc Lan;\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG",
         "KT. BỘ TRƯỞNG; THỨ TRƯỞNG", None),
        ("Nơi nhận:\n- Lưu: VT.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nY Dun Niê", "T/M BAN THƯỜNG VỤ; PHÓ BÍ THƯ",
         "Y Dun Niê"),
        ("Nơi nhận:\n- UBND TP. Hồ Chí Minh;\n- Lưu: VT.", None, None),
    ],
)  # fmt: skip
def test_signature_blocks_are_read(foot: str, posts: str | None, signer: str | None) -> None:
    found = letter(foot=foot).values()
    assert (found["chuc_vu"], found["nguoi_ky"]) == (posts, signer)


@pytest.mark.parametrize(
    ("stamp", "urgency"), [("HỎA TÓC", "Hỏa tốc"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("KHẨN", "Khẩn"), ("", None)]
)
def test_the_stamp_of_urgency_is_read(stamp: str, urgency: str | None) -> None:
    found = letter(about=f"V/v ứng phó khẩn cấp với bão\n\n{stamp}")
    assert found.values()["do_khan"] == urgency
    assert found.values()["trich_yeu"] == "V/v ứng phó khẩn cấp với bão"


@pytest.mark.parametrize(
    ("stamp", "mark"), [("MẬT", "Mật"), ("TỐI MẬT", "Tối mật"), ("TUYỆT MẬT", "Tuyệt mật"), ("MẮT", None), ("", None)]
)
def test_a_mark_of_secrecy_warns(stamp: str, mark: str | None) -> None:
    text = f"UBND TỈNH X {MOTTO}\nCÔNG AN {FREEDOM}\n{stamp}\nSố: 1/BC-CA\nBÁO "
    "CÁO\nVề bảo vệ bí mật nhà nước\nCăn cứ Luật Bảo vệ bí mật;"
    assert secrecy_mark(text) == mark


def test_a_proposal_shows_where_it_was_found() -> None:
    found = letter()
    for proposal in (found.so_ky_hieu, found.co_quan_ban_hanh, found.ngay_ban_hanh, found.trich_yeu, found.nguoi_ky):
        assert proposal is not None
        assert found.text[proposal.start : proposal.end] == proposal.quote
        assert 0 < proposal.confidence <= 1
        assert proposal.how
    assert found.so_ky_hieu
    assert found.so_ky_hieu.quote == "Số: 12/SNV-VP"


def test_the_banner_of_a_digital_signature_is_no_heading() -> None:
    text = letter().text
    banner = "š&¿, Người ký: CÔNG THÔNG TIN ĐIỆN TỬ\nCơ quan: VĂN PHÒNG CHÍNH PHỦ\nThời gian ký: 28.04.2026 15:49\n\n"
    assert extract(banner + text).values() == extract(text).values()


def test_text_of_the_old_fonts_is_read() -> None:
    found = extract(
        "Uû ban nh©n d©n tØnh b×nh thuËn   Céng hßa x· héi chñ nghÜa ViÖt "
        "Nam\n§éc lËp - Tù do - H¹nh phóc\nSè: 123/UBND-NC  Phan ThiÕt, "
        "ngµy 12 th¸ng 5 n¨m 2003\nV/v t¨ng c­êng qu¶n lý nhµ n­íc\nKÝnh göi: C¸c së, ban, ngµnh\n"
    )
    assert found.encoding == "TCVN3"
    assert found.values()["ngay_ban_hanh"] == "2003-05-12"
    assert found.values()["trich_yeu"] == "V/v tăng cường quản lý nhà nước"


def test_a_post_with_what_it_heads_is_no_name() -> None:
    found = letter(foot="Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nTUQ. CHỦ TỊCH\nTRƯỞNG PHÒNG CHÍNH SÁCH\n\nLê Thị Hòa")
    assert found.nguoi_ky is not None
    assert found.nguoi_ky.value == "Lê Thị Hòa"


def test_an_annex_before_the_signature_does_not_hide_it() -> None:
    body = "Kính gửi: Các sở, ban, ngành.\n\nĐề nghị các đơn vị thực hiện theo phụ lục sau./."
    found = letter(body=body, foot="PHỤ LỤC\nSTT | Đơn vị | Số lượng\n1 | Sở Y tế | 5\n\nGIÁM ĐỐC\n\nPhan Văn Đăng")
    assert found.nguoi_ky is not None
    assert found.nguoi_ky.value == "Phan Văn Đăng"


def test_a_short_notice_without_recipients_is_read_whole() -> None:
    found = extract(
        f"UBND XÃ HÀM ĐỨC\n{MOTTO}\n{FREEDOM}\nSố: 08/TB-UBND\nHàm Đức, ngày 02 tháng 6 năm 2014\nTHÔNG BÁO\n"
        "Về việc tạm ngừng tiếp nhận hồ sơ\nỦy ban nhân dân xã tạm ngừng tiếp nhận hồ sơ chiều ngày 05/6/2014\n"
        "để sửa chữa trụ sở./.\nCHỦ TỊCH\nNguyễn Văn Tám\n"
    )
    assert found.trich_yeu is not None
    assert found.nguoi_ky is not None
    assert (found.trich_yeu.value, found.nguoi_ky.value) == ("Về việc tạm ngừng tiếp nhận hồ sơ", "Nguyễn Văn Tám")
