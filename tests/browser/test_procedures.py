"""The catalogue of procedures in a real browser: every page passes; the form answers, a fault leads to its line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from lienthong.kernel.clock import local_date, now
from lienthong.procedures import operations
from lienthong.procedures.models import ProcedureVersion
from tests.browser.checks import look
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OpenPage = Callable[..., Page]
HOUSE = "1.013225"


@pytest.fixture
def drafted(cast: Cast) -> ProcedureVersion:
    at = now()
    newest = ProcedureVersion.objects.filter(procedure__code=HOUSE, state="published").latest("number")
    later = max(newest.valid_from, local_date(at)) + dt.timedelta(days=30)
    row = operations.copy(newest, valid_from=later, actor=cast.administrator, at=at)
    wrong = row.text.replace('role = "leader"', 'role = "chu_tich"')
    operations.keep(row, wrong, actor=cast.administrator, at=at)
    return row


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_the_pages_of_procedures_pass(
    cast: Cast, open_page: OpenPage, drafted: ProcedureVersion, *, phone: bool
) -> None:
    page = open_page(cast.administrator.officer.user, phone=phone)
    version = ProcedureVersion.objects.filter(procedure__code=HOUSE).earliest("number")
    record = f"/procedures/{HOUSE}/?version={version.number}"
    addresses = (
        "/procedures/",
        record,
        *(f"{record}&tab={tab}" for tab in ("form", "papers", "flow", "versions")),
        f"/procedures/{HOUSE}/?tab=versions&version={version.number}&against={drafted.number}",
        f"/procedures/{HOUSE}/?version={drafted.number}",
        f"/procedures/versions/{version.pk}/copy/",
        f"/procedures/versions/{drafted.pk}/text/",
        *(
            f"/procedures/versions/{drafted.pk}/parts/{part}/"
            for part in ("facts", "limits", "fees", "papers", "steps")
        ),
        "/procedures/new/",
        "/procedures/competences/",
        f"/procedures/competences/{cast.district.pk}/",
    )
    faults = []
    for place, address in enumerate(addresses):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        try:
            look(page, f"procedures-{phone}-{place:02}")
        except AssertionError as fault:
            faults.append(str(fault))
    assert not faults, "\n\n".join(faults)


def test_a_fault_leads_to_its_line_and_the_form_answers(
    cast: Cast, open_page: OpenPage, drafted: ProcedureVersion
) -> None:
    page = open_page(cast.administrator.officer.user)
    page.goto(f"/procedures/versions/{drafted.pk}/text/")
    line = drafted.text.splitlines().index('role = "leader"') + 1
    page.get_by_role("button", name=f"Dòng {line}").click()
    chosen = page.evaluate("() => { const a = document.querySelector('[data-lines] textarea');"
                           " return a.value.slice(a.selectionStart, a.selectionEnd); }")  # fmt: skip
    assert chosen == 'role = "chu_tich"'
    expect(page.locator(".pr-gutter .is-wrong")).to_have_text([str(line)])
    area = page.locator("[data-lines] textarea")
    area.fill(area.input_value().replace("chu_tich", "leader"))
    page.get_by_role("button", name="Lưu bản soạn").click()
    expect(page.get_by_text("Đã lưu, không còn chỗ sai.")).to_be_visible()
    page.goto(f"/procedures/{HOUSE}/?version={drafted.number}")
    page.get_by_role("button", name="Công bố").click()
    page.get_by_role("dialog").get_by_role("button", name="Công bố").click()
    expect(page.get_by_text(f"Đã công bố phiên bản {drafted.number}")).to_be_visible()
