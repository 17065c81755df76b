"""What a partner was told is held against what the cases are, and what is missing is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django import Settings

from lienthong.cases import operations
from lienthong.cases.tests.builders import a_case
from lienthong.exchange.models import Message
from lienthong.exchange.operations import deliver_due
from lienthong.exchange.tests.conftest import partner
from lienthong.exchange.tests.stub import Stub
from tests.cast import AT, Cast

__all__ = ["partner"]
pytestmark = pytest.mark.usefixtures("coded", "on_monday")
HOUR = dt.timedelta(hours=1)
Said = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """What the command said since it was last asked."""
    return lambda: "".join(capsys.readouterr())


def test_without_a_partner_there_is_nothing_to_hold_against(cast: Cast, said: Said) -> None:
    a_case(cast)
    call_command("cases", "told")
    assert "Chưa kết nối" in said()


def test_what_was_there_before_the_partner_is_told_when_asked(
    cast: Cast, settings: Settings, said: Said, request: pytest.FixtureRequest
) -> None:
    first = a_case(cast)
    ended = a_case(cast, applicant=first.applicant)
    operations.withdraw(ended, reason="Đổi ý", actor=cast.commune_desk_officer, at=AT)
    stub: Stub = request.getfixturevalue("partner")
    with pytest.raises(CommandError, match="--mend"):
        call_command("cases", "told")
    words = said()
    assert "0 hồ sơ khác trạng thái đã báo, 1 hồ sơ chưa báo" in words
    assert first.code in words
    assert ended.code not in words
    call_command("cases", "told", "--mend")
    assert "đã đưa vào hàng chờ" in said()
    assert deliver_due(clock=lambda: AT) == 1
    assert stub.of(first.code) == ["2"]
    assert next(iter(stub.got.values()))["isUpdating"] == "False"
    call_command("cases", "told")
    assert "mọi hồ sơ đã được báo đúng" in said()


def test_a_status_that_got_lost_is_found_and_told(cast: Cast, partner: Stub, said: Said) -> None:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT + HOUR)
    call_command("cases", "told")
    Message.objects.filter(topic="case", mark="4").delete()
    with pytest.raises(CommandError):
        call_command("cases", "told")
    assert "1 hồ sơ khác trạng thái đã báo" in said()
    for _ in range(2):
        call_command("cases", "told", "--mend")
    assert deliver_due(clock=lambda: AT + HOUR) == 4
    assert partner.of(case.code) == ["2", "bước", "bước", "4"]
