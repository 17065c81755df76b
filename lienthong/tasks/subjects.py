"""The kinds of subject that tasks declares: how a task or a programme is shown where it is only mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.kernel.addresses import address_of
from lienthong.kernel.subjects import Described, Subject, SubjectKind, declare, describe, is_visible
from lienthong.notifications import kinds as notices
from lienthong.tasks.models import Programme, Task

NOTICES = {
    "assigned": ("Việc mới được giao", True),
    "co_worker": ("Được mời phối hợp", False),
    "informed": ("Việc gửi để biết", False),
    "sent_back": ("Việc bị trả lại", True),
    "forwarded": ("Việc chuyển đi đơn vị khác", False),
    "reported": ("Báo cáo tiến độ", False),
    "finished": ("Kết quả chờ xác nhận", False),
    "verified": ("Kết quả được xác nhận", False),
    "returned": ("Yêu cầu làm lại", True),
    "contributed": ("Ý kiến phối hợp", False),
    "extension_requested": ("Đề nghị gia hạn", False),
    "extended": ("Được gia hạn", False),
    "extension_refused": ("Không được gia hạn", False),
    "suspended": ("Tạm dừng", False),
    "resumed": ("Tiếp tục", False),
    "cancelled": ("Hủy việc", False),
    "nudged": ("Đôn đốc", True),
    "reminded": ("Nhắc việc", True),
    "escalated": ("Việc quá hạn", True),
}


def declare_all() -> None:
    """Declare both kinds of subject and every kind of notice."""
    declare(SubjectKind("task", "Nhiệm vụ", _describe_tasks, _task_is_visible))
    declare(SubjectKind("programme", "Chương trình nhiệm vụ", _describe_programmes, _programme_is_visible))
    for kind, (name, by_email) in NOTICES.items():
        notices.declare(f"task.{kind}", name, by_email=by_email)


def _describe_tasks(pks: Iterable[int]) -> dict[int, Described]:
    tasks = list(Task.objects.filter(pk__in=list(pks)).only("title", "is_routed", "subject_kind", "subject_id"))
    threads = describe({task.thread for task in tasks if task.is_routed})
    return {task.pk: Described(task.title, _address(task, threads)) for task in tasks}


def _address(task: Task, threads: Mapping[Subject, Described]) -> str:
    """Return where a task is done: a step of a procedure on the page of its subject."""
    about = threads.get(task.thread) if task.is_routed else None
    return about.url if about else address_of("tasks:show", task.pk)


def _task_is_visible(actor: Any, pk: int) -> bool:
    if Task.objects.visible_to(actor).filter(pk=pk).exists():
        return True
    routed = Task.objects.filter(pk=pk, is_routed=True).only("subject_kind", "subject_id").first()
    return routed is not None and is_visible(actor, routed.thread)


def _describe_programmes(pks: Iterable[int]) -> dict[int, Described]:
    titles = Programme.objects.filter(pk__in=list(pks)).values_list("pk", "title")
    return {pk: Described(title, address_of("tasks:programme", pk)) for pk, title in titles}


def _programme_is_visible(actor: Any, pk: int) -> bool:
    return Programme.objects.visible_to(actor).filter(pk=pk).exists()
