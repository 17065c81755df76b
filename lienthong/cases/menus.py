"""What the menu shows of cases, and to whom."""

from __future__ import annotations

from lienthong.cases import stranding
from lienthong.ui import menu
from lienthong.workfiles.policies import KEEP

BELOW = (  # key, label, icon, address, right, order
    ("case_reception", "Tiếp nhận hồ sơ", "file-plus", "choose", "cases.receive", 10),
    ("case_book", "Sổ theo dõi hồ sơ", "book-2", "books", "cases.receive", 30),
    ("case_book_read", "Sổ theo dõi hồ sơ", "book-2", "books", "reports.read", 30),
    ("case_unfiled", "Đã xong, chưa lưu", "folder-plus", "unfiled", KEEP, 35),
    ("case_statistics", "Thống kê hồ sơ", "report-analytics", "statistics", "reports.read", 40),
    ("case_stranded", "Hồ sơ chưa có nơi nhận", "alert-triangle", "stranded", stranding.RIGHT, 50),
    ("case_rules", "Quy tắc tiếp nhận", "clipboard-list", "rules", "cases.regulate", 60),
)


def declare() -> None:
    """Declare the entry of cases, those below it, and that of the + menu."""
    menu.declare(menu.MenuEntry(key="cases", label="Hồ sơ một cửa", icon="folders", url_name="cases:list", order=35))
    for key, label, icon, page, right, order in BELOW:
        menu.declare(
            menu.MenuEntry(
                key=key, label=label, icon=icon, url_name=f"cases:{page}", right=right, order=order, parent="cases"
            )
        )
    menu.declare_new(
        menu.NewEntry(
            key="case",
            label="Tiếp nhận hồ sơ một cửa",
            icon="folder-plus",
            url_name="cases:choose",
            right="cases.receive",
            order=5,
        )
    )
