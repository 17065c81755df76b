"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.exports import books
from lienthong.kernel import rights, subjects
from lienthong.kernel.subjects import SubjectKind
from lienthong.notifications import kinds as notice_kinds
from lienthong.search import sources
from lienthong.tasks import desk
from lienthong.ui import menu, record_actions
from lienthong.workfiles import holdings, notices, policies, sentences
from lienthong.workfiles import subjects as here
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.operations import readers
from lienthong.workfiles.printing import BOOKS
from lienthong.workfiles.queries.particulars import declare_kinds

RIGHTS = {
    policies.KEEP: "Lập hồ sơ công việc",
    policies.PLAN: "Lập danh mục hồ sơ của cơ quan",
    policies.APPROVE: "Phê duyệt danh mục hồ sơ",
    policies.ARCHIVE: "Nhận hồ sơ giao nộp vào lưu trữ cơ quan",
}


def declare() -> None:
    """Declare subjects, rights, sentences, notices, what is found, corners of the desk and the menu."""
    sentences.declare_sentences()
    holdings.declare_all()
    declare_kinds()
    subjects.declare(SubjectKind("file_plan", "Danh mục hồ sơ", here.describe_plans, here.sees_plan))
    subjects.declare(SubjectKind("work_file", "Hồ sơ công việc", here.describe_files, here.sees_file))
    subjects.declare(SubjectKind("hand_over", "Giao nộp hồ sơ", here.describe_hand_overs, here.sees_hand_over))
    sources.declare("work_file", readers.entries, states=dict(WorkFile.State.choices))
    for right, meaning in RIGHTS.items():
        rights.declare(right, meaning)
    for kind, meaning in notices.KINDS.items():
        notice_kinds.declare(kind, meaning)
    desk.declare(desk.Corner("due_files", "Đến hạn nộp lưu", policies.KEEP, here.due_files, here.due_address))
    desk.declare(desk.Corner("offered_files", "Chờ nhận lưu trữ", policies.ARCHIVE, here.offered, here.offered_address))
    action = record_actions.RecordAction
    record_actions.declare(action("work_file", "Đưa vào hồ sơ", "folder-plus", here.filing_address, here.may_be_filed))
    record_actions.declare(action("kept_copy", "Cho sử dụng bản lưu", "file-export", here.copy_address, here.may_copy))
    for book in BOOKS:
        books.declare(book)
    _declare_menu()


def _declare_menu() -> None:
    entry = menu.MenuEntry
    anyone = (policies.KEEP, policies.PLAN, policies.APPROVE, policies.ARCHIVE)
    menu.declare(
        entry(
            key="work_files",
            label="Hồ sơ công việc",
            icon="folders",
            url_name="workfiles:files",
            right=anyone,
            order=28,
        )
    )
    menu.declare(
        entry(
            key="file_plans",
            label="Danh mục hồ sơ",
            icon="list-details",
            url_name="workfiles:plans",
            right=anyone,
            order=10,
            parent="work_files",
        )
    )
    menu.declare(
        entry(
            key="hand_overs",
            label="Giao nộp lưu trữ",
            icon="archive",
            url_name="workfiles:hand_overs",
            right=anyone,
            order=20,
            parent="work_files",
        )
    )
    menu.declare(
        entry(
            key="copies",
            label="Bản lưu",
            icon="file-export",
            url_name="workfiles:copies",
            right=policies.ARCHIVE,
            order=30,
            parent="work_files",
        )
    )
