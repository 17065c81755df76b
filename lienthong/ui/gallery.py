"""What the gallery shows: an invented officer, deadlines in every state, a form, a timeline. Nothing is stored."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest

from lienthong.kernel import clock
from lienthong.ui import deadlines, looks
from lienthong.ui.forms import DayField, DongField, ManyFilesInput
from lienthong.ui.menu import Shown
from lienthong.ui.queries import Shortcut, Shortcuts

NOW = clock.at_local(dt.date(2014, 1, 20), dt.time(14, 5))
HOUR = dt.timedelta(hours=1)
PAGES = ("list", "preview", "record", "form", "board", "entrance", "public", "substitute", "paper")
INITIAL = {"symbol": "139/QĐ-UBND", "issued": dt.date(2014, 1, 16), "deposit": 1_200_000_000}


class SampleForm(forms.Form):
    """Every kind of control."""

    symbol = forms.CharField(label="Số, ký hiệu", help_text="Ghi đúng như trên văn bản, ví dụ 139/QĐ-UBND.")
    issued = DayField(label="Ngày ban hành")
    kind = forms.ChoiceField(
        label="Loại văn bản", choices=[("qd", "Quyết định"), ("cv", "Công văn"), ("tb", "Thông báo")]
    )
    abstract = forms.CharField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 3}))
    deposit = DongField(label="Tiền ký quỹ", required=False)
    urgency = forms.ChoiceField(
        label="Độ khẩn",
        widget=forms.RadioSelect,
        choices=[("", "Thường"), ("k", "Khẩn"), ("tk", "Thượng khẩn")],
        required=False,
    )
    sent_by_mail = forms.BooleanField(label="Gửi thư điện tử cho người nhận", required=False)
    papers = forms.FileField(
        label="Tệp văn bản", widget=ManyFilesInput, required=False, help_text="PDF, DOCX, ảnh; mỗi tệp tới 100 MB."
    )


def wrong_form() -> SampleForm:
    """Return a form with each kind of error, what was typed kept."""
    form = SampleForm(
        {"symbol": "", "issued": "30/02/2014", "kind": "xx", "abstract": "V/v giao chỉ tiêu", "deposit": "một tỷ"}
    )
    form.auto_id = "wrong_%s"
    return form


SAVED = Shortcuts(
    "gallery",
    [
        Shortcut(1, "Quá hạn của phòng tôi", "?state=late", chosen=True),
        Shortcut(2, "Văn bản mới", "?state=new", chosen=False),
    ],
    "unit=1",
)


def everything() -> dict[str, Any]:
    """Return the data of every sample."""
    return {
        "now": NOW,
        "badges": list(_badges()),
        "badge_of": dict(zip(("far", "hours", "today", "late"), _badges(), strict=False)),
        "timeline": TIMELINE,
        "steps": STEPS,
        "tabs": TABS,
        "rows": _rows(),
        "saved": SAVED,
        "chart": {
            "type": "bar",
            "labels": ["Tháng 10", "Tháng 11", "Tháng 12", "Tháng 1"],
            "series": [{"name": "Trễ hạn", "tone": "late", "values": [42, 37, 25, 12]}],
        },
    }


def dress(request: HttpRequest, *, substitute: bool = False) -> None:
    """Give the request an invented officer and a full rail, so that the frame is seen as officers see it."""
    unit = SimpleNamespace(name="Sở Thông tin và Truyền thông")
    lan = SimpleNamespace(full_name="Nguyễn Thị Lan")
    minh = SimpleNamespace(full_name="Trần Quang Minh")
    own = SimpleNamespace(pk=1, officer=lan, unit=unit, title="Chuyên viên Phòng Bưu chính Viễn thông")
    other = SimpleNamespace(pk=2, officer=minh, unit=unit, title="Phó Giám đốc")
    mine = SimpleNamespace(officer=lan, post=own, own_post=own, is_substitute=False)
    stand_in = SimpleNamespace(officer=lan, post=other, own_post=own, is_substitute=True)
    request.frame = SimpleNamespace(  # type: ignore[attr-defined]
        actor=stand_in if substitute else mine,
        actors=[mine, stand_in],
        rail=RAIL,
        foot=[Shown("admin", "Quản trị", "settings", "#quan-tri", None)],
        top=[Shown("notices", "Thông báo", "bell", "#thong-bao", 3)],
        me=[Shown("me", "Tài khoản và bảo mật", "shield-lock", "#tai-khoan", None)],
        new=[
            Shown("incoming", "Văn bản đến", "file-import", "#van-ban-den", None),
            Shown("task", "Nhiệm vụ", "subtask", "#nhiem-vu", None),
        ],
        current="incoming",
        demo=True,
        demo_url="#doi-vai",
        theme=looks.theme(request.COOKIES),
        rail_is_small=looks.rail_is_small(request.COOKIES),
        preview_is_open=looks.preview_is_open(request.COOKIES),
        search_url="/_ui/list/",
        switch_url="/_ui/",
    )


def _badges() -> list[deadlines.Badge]:
    due = NOW + dt.timedelta(days=2)
    tonight = clock.at_local(dt.date(2014, 1, 20), dt.time(17))
    ago = NOW - dt.timedelta(days=1)
    return [
        deadlines.badge(due, NOW, 19 * HOUR),
        deadlines.badge(tonight, NOW, 3 * HOUR),
        deadlines.badge(clock.at_local(dt.date(2014, 1, 20), dt.time(23)), NOW, 5 * HOUR),
        deadlines.badge(ago, NOW, -8 * HOUR),
        deadlines.badge(due, NOW, 19 * HOUR, suspended=True),
        deadlines.badge(due, NOW, HOUR, done_at=NOW),
        deadlines.badge(due, NOW, 16 * HOUR, done_at=NOW),
        deadlines.badge(ago, NOW, -8 * HOUR, done_at=NOW),
        deadlines.badge(None, NOW),
    ]


def _rows() -> list[dict[str, Any]]:
    late, soon, far = _badges()[3], _badges()[1], _badges()[0]
    return [
        {
            "group": "Quá hạn",
            "late": True,
            "rows": [
                {
                    "symbol": "139/QĐ-UBND",
                    "title": LONG_TITLE,
                    "from": "UBND tỉnh Bình Thuận",
                    "who": "Phòng Bưu chính Viễn thông",
                    "state": "Đang xử lý",
                    "badge": late,
                }
            ],
        },
        {
            "group": "Hôm nay",
            "late": False,
            "rows": [
                {
                    "symbol": "27/TB-UBND",
                    "title": "Kết luận của Phó Chủ tịch UBND tỉnh tại cuộc họp về vùng lõm sóng di động",
                    "from": "Văn phòng UBND tỉnh",
                    "who": "Lê Thu Hà",
                    "unread": True,
                    "state": "Mới đến",
                    "badge": soon,
                }
            ],
        },
        {
            "group": "Tuần này",
            "late": False,
            "rows": [
                {
                    "symbol": "119/QĐ-UBND",
                    "title": "Ban hành Kế hoạch ứng dụng công nghệ thông tin trong cơ quan nhà nước năm 2014",
                    "from": "UBND tỉnh Bình Thuận",
                    "who": "Nguyễn Thị Lan",
                    "state": "Đã giao",
                    "badge": far,
                }
            ],
        },
    ]


LONG_TITLE = (
    "Giao chỉ tiêu kế hoạch phát triển kinh tế – xã hội và dự toán thu, chi ngân sách nhà nước năm 2014 "
    "cho Sở Thông tin và Truyền thông, các phòng Văn hóa và Thông tin cấp huyện"
)
RAIL = [
    Shown("home", "Việc của tôi", "checklist", "#viec-cua-toi", 12),
    Shown(
        "documents",
        "Văn bản",
        "files",
        "#van-ban",
        None,
        (
            Shown("incoming", "Đến", "file-import", "#den", 5),
            Shown("outgoing", "Đi", "file-export", "#di", None),
            Shown("books", "Sổ", "book", "#so", None),
        ),
    ),
    Shown("tasks", "Nhiệm vụ", "subtask", "#nhiem-vu", 7),
    Shown("reports", "Báo cáo", "report-analytics", "#bao-cao", None),
]
TIMELINE = [
    {
        "sentence": "Nguyễn Thị Lan báo cáo tiến độ 60%.",
        "at": NOW,
        "note": "Còn chờ số liệu của ba huyện.",
        "icon": "progress",
    },
    {
        "sentence": "Trần Quang Minh giao cho Nguyễn Thị Lan, hạn 17:00 22/01/2014.",
        "at": NOW - HOUR * 20,
        "note": "Tham mưu trước ngày 20.",
        "icon": "arrow-right",
    },
    {"sentence": "Lê Thu Hà vào sổ văn bản đến số 45.", "at": NOW - HOUR * 26, "icon": "book"},
]
STEPS = [
    {"label": "Tiếp nhận", "state": "done", "note": "08:10 20/01/2014"},
    {"label": "Thẩm định", "state": "here", "note": "Nguyễn Thị Lan"},
    {"label": "Trình ký", "state": "next", "note": ""},
    {"label": "Trả kết quả", "state": "next", "note": ""},
]
TABS = [
    {"label": "Nội dung", "url": "#noi-dung", "here": True, "count": None},
    {"label": "Nhiệm vụ", "url": "#nhiem-vu", "count": 8},
    {"label": "Diễn biến", "url": "#dien-bien", "count": None},
]
PEOPLE = [
    ("11", "Nguyễn Thị Lan", "Chuyên viên, Phòng Bưu chính Viễn thông"),
    ("12", "Trần Quang Minh", "Phó Giám đốc, Sở Thông tin và Truyền thông"),
    ("13", "Phòng Bưu chính Viễn thông", "Đơn vị"),
]
