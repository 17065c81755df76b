"""What happened to a list, a file or a hand-over, in words for its timeline."""

from __future__ import annotations

from lienthong.journal.models import Event
from lienthong.journal.sentences import Sentence, declare

LABELS = {
    "title": "tiêu đề",
    "access": "chế độ sử dụng",
    "language": "ngôn ngữ",
    "description": "chú giải",
    "is_construction": "loại hồ sơ",
    "started_on": "ngày bắt đầu",
    "ended_on": "ngày kết thúc",
    "settled_on": "ngày quyết toán",
    "is_permanent": "thời hạn bảo quản",
    "retention_years": "thời hạn bảo quản",
    "retention_rule": "mức thời hạn",
    "unit": "đơn vị",
    "post": "người lập",
    "note": "ghi chú",
}


def declare_sentences() -> None:
    """Declare the sentence of each kind."""
    for kind, words in _PLAIN.items():
        declare(kind, _plain(words))
    declare("file_plan.begun", _begun)
    declare("file_plan.heading_amended", _heading_amended)
    declare("file_plan.file_amended", lambda e: f"sửa {e.particulars['file']} ({_changed(e)}){_why(e)}")
    declare("work_file.amended", lambda e: f"sửa {_changed(e)}")
    declare("work_file.closed", _closed)
    declare("hand_over.submitted", lambda e: f"giao nộp {len(e.particulars['files'])} hồ sơ")
    declare("hand_over.decided", _decided)


_PLAIN = {
    "file_plan.heading_added": "thêm đề mục {heading}",
    "file_plan.heading_dropped": "bỏ đề mục {heading}",
    "file_plan.file_added": "thêm hồ sơ {file}",
    "file_plan.file_dropped": "bỏ hồ sơ {file}",
    "file_plan.submitted": "trình danh mục {files} hồ sơ để phê duyệt",
    "file_plan.approved": "phê duyệt danh mục hồ sơ",
    "file_plan.given_back": "trả lại danh mục",
    "work_file.opened": "mở hồ sơ {code}, người lập: {keeper}",
    "work_file.taken_over": "bàn giao hồ sơ từ {from} cho {to}",
    "file_plan.file_taken_over": "bàn giao hồ sơ dự kiến {code} từ {from} cho {to}",
    "work_file.passed": "chuyển hồ sơ từ {from} cho {to}",
    "work_file.shared": "cho {with} xem hồ sơ",
    "work_file.filed": "đưa vào hồ sơ: {document}",
    "work_file.taken_out": "đưa ra khỏi hồ sơ: {document}",
    "work_file.put_back": "đưa trở lại hồ sơ: {document}",
    "work_file.described": "sửa thông tin: {document}",
    "work_file.reordered": "sắp xếp lại: {document}",
    "work_file.retention_checked": "soát lại thời hạn bảo quản: {maintenance}",
    "work_file.reopened": "mở lại hồ sơ",
    "work_file.offered": "giao nộp hồ sơ vào lưu trữ",
    "work_file.returned": "trả lại hồ sơ giao nộp",
    "work_file.archived": "nhận hồ sơ vào lưu trữ",
    "kept_copy.given": "cho {user} sử dụng bản lưu, {allowed_by} cho phép",
    "kept_copy.returned": "nhận lại bản lưu từ {user}",
    "hand_over.withdrawn": "rút lại lần giao nộp",
}


def _plain(words: str) -> Sentence:
    return lambda event: words.format(**event.particulars) + _why(event)


def _why(event: Event) -> str:
    reason = event.particulars.get("reason", "")
    return f". Lý do: {reason}" if reason else ""


def _begun(event: Event) -> str:
    told = event.particulars
    copied = f", sao chép {told['files']} hồ sơ từ năm {told['from']}" if told["from"] else ""
    return f"lập danh mục hồ sơ năm {told['year']}{copied}"


def _heading_amended(event: Event) -> str:
    told = event.particulars
    stood, place = told["moved"]
    renamed = f"sửa đề mục {told['from']} thành {told['to']}" if told["from"] != told["to"] else ""
    moved = f"chuyển đề mục {told['to']} tới vị trí {place}" if stood != place else ""
    return "; ".join(words for words in (renamed, moved) if words) + _why(event)


def _changed(event: Event) -> str:
    return ", ".join(dict.fromkeys(LABELS.get(name, name) for name in event.particulars["changes"]))


def _closed(event: Event) -> str:
    told = event.particulars
    words = f"kết thúc hồ sơ: {told['documents']} văn bản, {told['pages']} trang"
    return f"{words}, còn {len(told['overruled'])} điểm lưu ý{_why(event)}" if told["overruled"] else words


def _decided(event: Event) -> str:
    accepted, returned = event.particulars["accepted"], event.particulars["returned"]
    return f"nhận {accepted} hồ sơ vào lưu trữ" + (f", trả lại {returned} hồ sơ" if returned else "")
