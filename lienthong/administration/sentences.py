"""What the timelines of units and officers say."""

from __future__ import annotations

import datetime as dt
from typing import Any

from lienthong.journal.models import Event
from lienthong.journal.sentences import declare
from lienthong.organisation.models import Succession, UnitCode
from lienthong.organisation.roles import roles

LABELS = {"full_name": "họ tên", "email": "thư điện tử", "phone": "điện thoại", "staff_code": "mã cán bộ"}


def declare_all() -> None:
    """Declare the sentence of each kind of event."""
    for kind, words in SENTENCES.items():
        declare(kind, _sentence(words))
    declare("unit.succeeded", _succeeded)
    declare("officer.amended", _amended)


def _sentence(words: str) -> Any:
    def say(event: Event) -> str:
        return _tidy(words.format_map(_Told(event.particulars)))

    return say


class _Told(dict[str, Any]):
    """The particulars of an event as words: days as people write them, codes by their names, nothing for nothing."""

    def __missing__(self, key: str) -> str:
        return ""

    def __getitem__(self, key: str) -> str:
        if key.endswith("?"):
            return f" ({text})" if (text := self[key[:-1]]) else ""
        value = super().__getitem__(key)
        if key in {"on", "from", "to"} and value:
            return _day(value)
        if key == "role":
            return roles()[value].name if value in roles() else str(value)
        if key == "kind":
            return str(UnitCode.Kind(value).label) if value in UnitCode.Kind.values else str(value)
        return "" if value is None else str(value)


def _day(value: str) -> str:
    """Return a day as people write it; who gave and who took stand under the same words and are said as they are."""
    try:
        return f"{dt.date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value


SENTENCES = {
    "unit.founded": "lập đơn vị {name} từ {from}{source?}",
    "unit.renamed": "đổi tên từ {former} thành {name} từ {on}{source?}",
    "unit.moved": "chuyển đơn vị về trực thuộc {parent} từ {on}, trước đó: {former}",
    "unit.coded": "gắn {kind}: {code}, từ {from}",
    "unit.closed": "đóng đơn vị từ {on}{source?}",
    "signing_authority.granted": "giao {signer} ({title}) ký {form} từ {from}{scope?}{source?}",
    "signing_authority.ended": "cho {signer} thôi ký {form} từ {on}{scope?}",
    "officer.added": "thêm cán bộ {full_name}",
    "officer.appointed": "ghi chức vụ {title}, {unit}, từ {from}, vai trò {role}",
    "officer.relieved": "cho thôi chức vụ {title}, {unit}, từ {on}{reason?}",
    "officer.reinstated": "để giữ tiếp chức vụ {title}, {unit}, đã thôi từ {on}",
    "officer.handed_over": "bàn giao việc của chức vụ {title} cho {to}: {what}{reason?}",
    "officer.took_over": "bàn giao việc của {from} cho người này: {what}{reason?}",
    "officer.handing_over_set": "định bàn giao việc của chức vụ {title} cho {to} từ {on}{reason?}",
    "officer.handing_over_cancelled": "bỏ lệnh bàn giao việc của chức vụ {title} cho {to}",
    "officer.substitute_changed": "chuyển người thay ở chức vụ {title} từ {from} sang {to}",
    "officer.absent": "khai vắng mặt từ {from} đến trước {to}; {substitute} thay ở chức vụ {title}{reason?}",
    "officer.returned": "bỏ khai vắng mặt (từ {from}) ở chức vụ {title}, từ {on}",
    "officer.delegated": "ủy quyền cho {receiver} ở chức vụ {title}, từ {from} đến trước {to}{source?}",
    "officer.undelegated": "thu hồi ủy quyền đã giao cho {receiver} ở chức vụ {title}",
    "officer.invited": "mời lập tài khoản {username}, thư gửi tới {email}",
    "officer.uninvited": "thu hồi thư mời lập tài khoản",
    "officer.account_closed": "khóa tài khoản",
    "officer.account_reopened": "mở lại tài khoản",
    "officer.signed_out": "đăng xuất người này khỏi mọi máy",
    "officer.password_link_issued": "tạo đường dẫn đặt lại mật khẩu",
    "officer.password_link_used": "mật khẩu được đặt lại bằng đường dẫn",
    "officer.factors_forgotten": "bỏ xác thực hai lớp của người này",
    "import.handed_in": "nộp tệp {file} để kiểm tra",
    "import.confirmed": "đồng ý nhập cả tệp",
    "import.cancelled": "bỏ tệp, không nhập",
    "import.tried": "kiểm tra xong tệp",
    "import.kept": "nhập xong tệp",
    "import.failed": "không làm được: {reason}",
}


def _succeeded(event: Event) -> str:
    told = _Told(event.particulars)
    kind = event.particulars["kind"]
    name = str(Succession.Kind(kind).label).lower() if kind in Succession.Kind.values else kind
    function = f" lĩnh vực {told['function']}" if told["function"] else ""
    return (
        f"ghi {told['successor']} kế thừa{function} từ {told['predecessor']} ({name}) từ {told['on']}{told['source?']}"
    )


def _amended(event: Event) -> str:
    changes = event.particulars["changed"].items()
    parts = [f"{LABELS.get(name, name)}: “{before}” thành “{after}”" for name, (before, after) in changes]
    return f"sửa {', '.join(parts)}"


def _tidy(text: str) -> str:
    return " ".join(text.split())
