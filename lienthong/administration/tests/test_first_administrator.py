"""An empty house gets its first administrator by one command."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client

from lienthong.organisation.models import Post

pytestmark = pytest.mark.django_db
WHO = {"username": "quantri", "name": "Ngô Văn Khởi"}


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("mot-mat-khau-dai\n"))


@pytest.fixture
def _empty_house(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE organisation_unit, organisation_officer CASCADE")


@pytest.mark.usefixtures("typed", "_empty_house")
def test_the_first_administrator_signs_in() -> None:
    call_command("administrator", **WHO, agency="Ủy ban nhân dân tỉnh Thử Nghiệm")
    post = Post.objects.get(role="administrator")
    assert post.unit.is_agency
    assert Client().login(username="quantri", password="mot-mat-khau-dai")


@pytest.mark.usefixtures("typed", "_empty_house")
def test_without_any_unit_the_agency_must_be_named() -> None:
    with pytest.raises(CommandError, match="--agency"):
        call_command("administrator", **WHO)


@pytest.mark.usefixtures("typed", "_empty_house")
def test_a_second_one_is_refused() -> None:
    call_command("administrator", **WHO, agency="Ủy ban nhân dân tỉnh Thử Nghiệm")
    with pytest.raises(CommandError, match="Đã có quản trị viên"):
        call_command("administrator", username="haihai", name="Người Thứ Hai")


@pytest.mark.usefixtures("_empty_house")
def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("123\n"))
    with pytest.raises(CommandError):
        call_command("administrator", **WHO, agency="Ủy ban nhân dân tỉnh Thử Nghiệm")
    assert not Post.objects.exists()
