"""Deadlines and assignments as letters and decisions word them."""

from __future__ import annotations

import datetime as dt

import pytest

from lienthong.documents.extraction import Extraction, extract, tasks

HEADING = """UBND TỈNH BÌNH THUẬN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: 12/SNV-VP Bình Thuận, ngày 01 tháng 12 năm 2011
V/v báo cáo

Kính gửi: Các đơn vị.

"""


def read(sentence: str) -> Extraction:
    return extract(f"{HEADING}{sentence}\n\nNơi nhận:\n- Lưu: VT.\n")


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("gửi trước ngày 05/01/2012 để tổng hợp", "2012-01-05"), ("gửi trước ngày 22/ 12/ 2011", "2011-12-22"),
        ("chậm nhất ngày 18/10/2017", "2017-10-18"), ("hạn chót 13/10/2017", "2017-10-13"),
        ("chậm nhất đến hết ngày 25/10/2017", "2017-10-25"), ("chậm nhất ngày 16/12", "2011-12-16"),
        ("trước ngày 10 tháng\n5 năm 2026", "2026-05-10"), ("trước ngày 20/12/2013 (Thứ sáu)", "2013-12-20"),
        ("trước 16 giờ 30 ngày 09/12/2011", "2011-12-09"), ("trước 17h00, thứ sáu ngày 09/12/2011", "2011-12-09"),
        ("trước ngày 10/01 để kịp họp", "2012-01-10"), ("không muộn hơn ngày 12/12/2011", "2011-12-12"),
        ("Hạn cuối gửi báo cáo: ngày 20/12/2011", "2011-12-20"), ("Thời hạn gửi: 15/12/2011", "2011-12-15"),
        ("chậm nhất là ngày 31 tháng 12 năm 2011", "2011-12-31"),
        ("báo cáo trước ngày 15 hàng tháng", None), ("treo cờ từ ngày 10/5/2012 đến hết ngày 14/5/2012", None),
        ("đã yêu cầu báo cáo trước ngày 20/10/2011, đến nay chưa có", None), ("trước ngày 31/02/2012", None),
    ],
)  # fmt: skip
def test_the_main_deadline_is_read(sentence: str, due: str | None) -> None:
    assert read(f"Các đơn vị {sentence}.").values()["han_xu_ly"] == due


def test_each_deadline_is_named_with_its_unit() -> None:
    found = read(
        "Trước ngày 15/12/2011, Sở Tài chính gửi dự thảo; Sở Tư pháp thẩm định "
        "trước ngày 20/12/2011; UBND các huyện có ý kiến trước 25/12/2011."
    )
    assert [(deadline.unit_text, deadline.due) for deadline in found.deadlines] == [
        ("Sở Tài chính", dt.date(2011, 12, 15)),
        ("Sở Tư pháp", dt.date(2011, 12, 20)),
        ("UBND các huyện", dt.date(2011, 12, 25)),
    ]
    assert found.values()["han_xu_ly"] == "2011-12-15"
    assert all(found.text[deadline.start : deadline.end] == deadline.phrase for deadline in found.deadlines)


def test_a_deadline_counted_from_another_day_is_named_without_a_date() -> None:
    [deadline] = read("Sở Y tế trả lời trong thời hạn 05 ngày làm việc kể từ ngày nhận được công văn này.").deadlines
    assert deadline.due is None
    assert deadline.phrase.startswith("trong thời hạn 05 ngày làm việc")


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("trong quý I năm 2012", dt.date(2012, 3, 31)),
        ("trước tháng 6/2012", dt.date(2012, 5, 31)),
        ("trong tháng 2/2012", dt.date(2012, 2, 29)),
    ],
)
def test_a_month_or_quarter_ends_on_its_last_day(sentence: str, due: dt.date) -> None:
    [deadline] = read(f"Sở Y tế hoàn thành {sentence}.").deadlines
    assert deadline.due == due


def test_legal_norms_set_no_deadline_for_the_receiver() -> None:
    text = HEADING.replace("12/SNV-VP", "12/2011/TT-BNV") + "Các bộ báo cáo trước ngày 31/12/2012.\n"
    assert extract(text).han_xu_ly is None


ORDER = f"""{HEADING}Chủ tịch UBND tỉnh yêu cầu:

1. Sở Thông tin và Truyền thông chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ và UBND các huyện xây dựng kế hoạch ứng
dụng công nghệ thông tin năm 2012, trình UBND tỉnh trước ngày 15/12/2011.

2. Giao Sở Kế hoạch và Đầu tư tổng hợp, báo cáo kết quả trong tháng 12/2011.

3. UBND các huyện, thị xã, thành phố:
- Rà soát các điểm truy nhập Internet công cộng trên địa bàn; báo cáo trước ngày 20/12/2011.
- Bố trí kinh phí thực hiện.

4. Chánh Văn phòng UBND tỉnh theo dõi, đôn đốc việc thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
"""


def test_assignments_become_proposed_tasks() -> None:
    found = tasks.items(ORDER)
    assert [(task.number, task.lead_text, task.due) for task in found] == [
        ("1", "Sở Thông tin và Truyền thông", dt.date(2011, 12, 15)),
        ("2", "Sở Kế hoạch và Đầu tư", dt.date(2011, 12, 31)),
        ("", "UBND các huyện, thị xã, thành phố", dt.date(2011, 12, 20)),
        ("", "UBND các huyện, thị xã, thành phố", None),
        ("4", "Chánh Văn phòng UBND tỉnh", None),
    ]
    first = found[0]
    assert first.co_names == ("Sở Tài chính", "Sở Nội vụ", "UBND các huyện")
    assert first.product == "kế hoạch ứng dụng công nghệ thông tin năm 2012"
    assert ORDER[first.start : first.end] == first.quote


def test_a_text_without_assignments_proposes_none() -> None:
    assert tasks.items("") == []
    assert tasks.items(HEADING + "Trân trọng cảm ơn./.") == []
