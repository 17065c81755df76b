"""What was written wrong of an applicant is put right, and letters go where they should."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.applicants.queries import particulars_of
from lienthong.cases.models import Case
from lienthong.cases.operations import correct, withdraw
from lienthong.cases.tests.builders import a_case, citizen
from lienthong.cases.tests.test_pages import FILLED, NEWCOMER, _new
from lienthong.journal.queries import timeline
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.search.queries import find
from tests.cast import AT, Cast, Login

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]


def _corrected(
    cast: Cast, case: Case, *, phone: str = "", email: str = "", reason: str = "Ghi nhầm", **said: str
) -> Case:
    known = replace(particulars_of(case.applicant), **said)
    return correct(case, known, phone=phone, email=email, reason=reason, actor=cast.commune_desk_officer, at=AT)


def test_a_wrong_name_is_right_everywhere_and_nothing_else_is_lost(cast: Cast) -> None:
    case = a_case(cast)
    before = particulars_of(case.applicant)
    assert case.abstract.endswith(before.name)
    _corrected(cast, case, name="Trần Văn Năm", phone="0912 345 678")
    case.refresh_from_db()
    case.applicant.refresh_from_db()
    assert particulars_of(case.applicant) == replace(before, name="Trần Văn Năm")
    assert case.abstract.endswith(" - Trần Văn Năm")
    assert case.contact_phone == "0912345678"
    found = [hit.subject for hit in find(cast.commune_desk_officer, "Trần Văn Năm").hits]
    assert case.subject in found
    sentences = [entry.sentence for entry in timeline(case.subject)]
    assert "Nông Thị Xuân sửa điện thoại báo tin, thông tin người nộp: Ghi nhầm" in sentences


def test_a_correction_is_refused_to_others_without_reason_without_change_and_at_the_end(cast: Cast) -> None:
    case = a_case(cast)
    same = {"phone": case.contact_phone, "email": case.contact_email}
    with pytest.raises(Refusal, match="Chưa có thông tin nào thay đổi"):
        _corrected(cast, case, **same)
    with pytest.raises(Refusal, match="lý do"):
        _corrected(cast, case, reason=" ")
    with pytest.raises(Refusal, match="10 chữ số") as refused:
        _corrected(cast, case, phone="12345")
    assert refused.value.field == "contact_phone"
    other = citizen(cast.commune_desk_officer, number="260999111", name="Người khác")
    with pytest.raises(Refusal, match="đã là của Người khác"):
        _corrected(cast, case, **same, paper_number=other.papers.get().number)
    with pytest.raises(Forbidden):
        correct(
            case, particulars_of(case.applicant), phone="0900000000", email="", reason="x",
            actor=cast.district_desk_officer, at=AT,
        )  # fmt: skip
    withdraw(case, reason="Thôi", actor=cast.commune_desk_officer, at=AT)
    with pytest.raises(Forbidden):
        _corrected(cast, case, phone="0900000000")


def test_the_desk_corrects_on_the_page(desk: Client, cast: Cast, client: Client, login: Login) -> None:
    case = a_case(cast)
    page = reverse("cases:correct", args=[case.pk])
    assert page in desk.get(reverse("cases:show", args=[case.pk])).content.decode()
    shown = desk.get(page).content.decode()
    assert case.applicant.name in shown
    said = {"name": case.applicant.name, "paper_kind": "cmnd", "paper_number": "260123456", "reason": "Ghi nhầm số"}
    refused = desk.post(page, said | {"contact_phone": "9"})
    assert refused.status_code == 422
    assert "10 chữ số" in refused.content.decode()
    assert desk.post(page, said | {"contact_phone": "0987.654.321"}, follow=True).status_code == 200
    case.refresh_from_db()
    assert case.contact_phone == "0987654321"
    login(client, cast.commune_leader)
    assert client.get(page).status_code in {302, 403}


def test_a_telephone_typed_with_blanks_finds_its_case_and_letters(desk: Client) -> None:
    said = {**FILLED, **NEWCOMER, "key": str(uuid.uuid4()), "do": "receive"}
    refused = desk.post(_new(), said | {"phone": "khong phai so"})
    assert refused.status_code == 422
    assert "10 chữ số" in refused.content.decode()
    assert desk.post(_new(), said | {"phone": "0918 222 333"}).status_code == 302
    assert Case.objects.get().contact_phone == "0918222333"
