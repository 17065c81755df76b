"""What happened to a case, in words for its timeline."""

from __future__ import annotations

import datetime as dt

from lienthong.journal.models import Event
from lienthong.journal.sentences import Sentence, declare
from lienthong.kernel.clock import local
from lienthong.ui.formats import dong

APPLICANT = "Người nộp"
CORRECTED = {
    "applicant": "thông tin người nộp", "contact_phone": "điện thoại báo tin", "contact_email": "thư điện tử báo tin",
}  # fmt: skip


def declare_sentences() -> None:
    """Declare the sentence of every kind of event that this app records."""
    declare("case.received", lambda e: f"tiếp nhận hồ sơ {e.particulars['code']}{_promised(e)}")
    _declare_of_both("case.submitted", _handed_in)
    declare("case.taken", lambda e: f"nhận hồ sơ ở bước {e.particulars['step']}")
    declare("case.assigned", lambda e: f"phân công {e.particulars['person']}{_said(e, 'note')}")
    for action in ("accept", "forward", "propose", "sign", "send_back"):
        declare(f"case.{action}", _moved)
    declare("case.declined", _declined)
    declare("case.supplement_requested", _asked)
    _declare_of_both("case.supplied", lambda e: f"{_by(e, 'nhận', 'gửi')} bổ sung{_list(e)}{_said(e, 'text')}")
    declare("case.lapsed", lambda _: "hết hạn bổ sung mà người nộp chưa bổ sung, dừng hồ sơ")
    declare("case.suspended", lambda e: f"tạm dừng tính thời hạn ({e.particulars['why']}){_said(e, 'reason')}")
    declare("case.resumed", lambda e: f"tính tiếp thời hạn{_said(e, 'note')}")
    declare("case.apologised", lambda e: f"xin lỗi, hẹn trả lại {_moment(e.particulars['until'])}{_said(e, 'reason')}")
    declare("case.extended", lambda e: f"gia hạn thêm {e.particulars['limit']}{_said(e, 'reason')}")
    declare("case.result_written", _result)
    declare("case.result_drafted", lambda e: f"soạn văn bản kết quả {e.particulars['name']}")
    declare("case.result_dropped", lambda e: f"bỏ dự thảo {e.particulars['name']}{_said(e, 'reason')}")
    declare("case.result_issued", _issued)
    declare("case.result_recalled", lambda e: f"thu hồi kết quả {_named(e)}{_said(e, 'reason')}")
    declare("case.handed_over", lambda e: f"trả kết quả cho {e.particulars['receiver']}{_said(e, 'note')}")
    _declare_of_both("case.withdrawn", lambda e: f"{_by(e, 'ghi nhận người nộp rút', 'rút')} hồ sơ{_said(e, 'reason')}")
    declare("case.consulted", lambda e: f"lấy ý kiến {', '.join(e.particulars['units'])}{_said(e, 'question')}")
    declare("case.answered", lambda e: f"ghi ý kiến của {e.particulars['unit']}{_said(e, 'text')}")
    declare("case.consultation_cancelled", lambda e: f"thôi hỏi {e.particulars['unit']}{_said(e, 'reason')}")
    _declare_of_both("case.return_chosen", lambda e: f"chọn nhận kết quả: {e.particulars['way']}{_said(e, 'address')}")
    _declare_of_both("case.talked", lambda e: f"nhắn tin{_files(e)}")
    _declare_of_both("case.talk_taken_back", lambda _: "thu hồi tin nhắn chưa được xem")
    _declare_of_both("case.rated", lambda e: f"đánh giá sự phục vụ: {e.particulars['level']}")
    _declare_of_both("case.complained", lambda e: f"gửi phản ánh, kiến nghị tới {e.particulars['agency']}")
    declare("case.complaint_answered", lambda _: "trả lời phản ánh, kiến nghị của người nộp")
    declare("case.corrected", _corrected)
    declare("case.undone", lambda e: f"hoàn tác, đưa hồ sơ về bước {e.particulars['step']}")
    declare("case.passed_on", _passed_on)
    declare("case.rehoused", _rehoused)
    declare("case.receipt_anew", lambda e: f"lập lại giấy tiếp nhận hồ sơ lần {e.particulars['issue']}")
    declare("case.taken_over", lambda e: f"bàn giao hồ sơ từ {e.particulars['from']} cho {e.particulars['to']}")


def _declare_of_both(kind: str, sentence: Sentence) -> None:
    """Declare what officers do and applicants too; where no officer did it, the applicant did."""
    declare(kind, sentence, doer=APPLICANT)


def _by(event: Event, office: str, applicant: str) -> str:
    return applicant if event.officer_id is None else office


def _handed_in(event: Event) -> str:
    return f"{_by(event, 'ghi nhận', 'nộp')} hồ sơ {event.particulars['code']}, chưa tiếp nhận"


def _files(event: Event) -> str:
    return f" kèm {event.particulars['files']} tệp" if event.particulars.get("files") else ""


def _corrected(event: Event) -> str:
    return f"sửa {', '.join(CORRECTED[one] for one in event.particulars['changed'])}{_said(event, 'reason')}"


def _moved(event: Event) -> str:
    said = event.particulars
    to = f"{said['person']}, {said['unit']}" if said.get("person") else said["unit"]
    late = " (bước này trễ hạn)" if said.get("late") else ""
    verb = {"case.send_back": "trả lại", "case.sign": "ký duyệt, chuyển", "case.propose": "trình"}.get(
        event.kind, "chuyển"
    )
    return f"{verb} “{said['to']}” cho {to}{late}{_said(event, 'note')}"


def _declined(event: Event) -> str:
    verb = "từ chối tiếp nhận" if event.particulars.get("door") else "từ chối giải quyết"
    return f"{verb}{_said(event, 'reason')}"


def _asked(event: Event) -> str:
    return f"yêu cầu bổ sung lần {event.particulars['round']}{_list(event)}{_said(event, 'text')}"


def _result(event: Event) -> str:
    said = event.particulars
    if not said.get("symbol"):
        return f"lập dự thảo {said['name']}"
    return f"ghi kết quả {said['name']} số {said['symbol']}, {said['signer']} ký{_entered(event)}"


def _named(event: Event) -> str:
    return f"{event.particulars['name']} số {event.particulars['symbol']}"


def _entered(event: Event) -> str:
    return f", vào sổ số {event.particulars['entry']}" if event.particulars.get("entry") else ""


def _issued(event: Event) -> str:
    instead = f", thay {event.particulars['was']}" if event.particulars.get("was") else ""
    return f"phát hành kết quả {_named(event)}, {event.particulars['signer']} ký{instead}{_entered(event)}"


def _passed_on(event: Event) -> str:
    said = event.particulars
    return f"chuyển hồ sơ từ {said['from']} tới {said['to']} đúng thẩm quyền{_said(event, 'reason')}"


def _rehoused(event: Event) -> str:
    said = event.particulars
    return f"chuyển hồ sơ từ {said['from']} (không còn người nhận) tới {said['to']}{_said(event, 'reason')}"


def _promised(event: Event) -> str:
    promised = event.particulars.get("promised")
    fees = event.particulars.get("fees")
    owed = f", phí, lệ phí {dong(fees)}" if fees else ""
    return f", hẹn trả {_moment(promised)}{owed}" if promised else owed


def _moment(text: str) -> str:
    return f"{local(dt.datetime.fromisoformat(text)):%H:%M %d/%m/%Y}"


def _list(event: Event) -> str:
    papers = event.particulars.get("papers") or []
    return f": {'; '.join(papers)}" if papers else ""


def _said(event: Event, name: str) -> str:
    words = event.particulars.get(name)
    return f": {words}" if words else ""
