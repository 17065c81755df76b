"""What the apps below learn of applicants when the house starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from lienthong.applicants.models import Applicant
from lienthong.journal import sentences
from lienthong.kernel import rights, subjects
from lienthong.kernel.subjects import Described, SubjectKind

CHANGED = {
    "kind": "loại", "name": "họ tên", "birth": "ngày sinh", "sex": "giới tính", "nationality": "quốc tịch",
    "ethnicity": "dân tộc", "representative": "người đại diện", "phone": "điện thoại", "email": "thư điện tử",
    "commune_code": "xã, phường", "street": "số nhà, đường", "address": "địa chỉ", "paper": "giấy tờ",
}  # fmt: skip


def declare() -> None:
    """Declare the subject, the rights and the sentences of the journal."""
    subjects.declare(SubjectKind("applicant", "Người nộp hồ sơ", _describe, _is_visible))
    rights.declare("applicants.read", "Tra cứu người nộp hồ sơ")
    rights.declare("applicants.keep", "Nhập, sửa thông tin người nộp hồ sơ")
    sentences.declare("applicant.entered", lambda event: f"nhập người nộp hồ sơ {event.particulars['name']}")
    sentences.declare("applicant.amended", lambda event: f"sửa {_changed(event.particulars)}")


def _changed(particulars: Mapping[str, Any]) -> str:
    reason = f": {particulars['reason']}" if particulars.get("reason") else ""
    return ", ".join(CHANGED.get(name, name) for name in particulars["changed"]) + reason


def _describe(pks: Iterable[int]) -> dict[int, Described]:
    return {
        pk: Described(name, "") for pk, name in Applicant.objects.filter(pk__in=list(pks)).values_list("pk", "name")
    }


def _is_visible(actor: Any, pk: int) -> bool:
    return Applicant.objects.visible_to(actor).filter(pk=pk).exists()
