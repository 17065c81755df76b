"""The types of documents: their data file, loading it, adding and ending on screen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from lienthong.catalogue.models import DocumentType
from lienthong.catalogue.operations import entries, load_document_types

DECREE_30 = dt.date(2020, 3, 5)


@pytest.mark.parametrize("entry", entries(), ids=lambda entry: f"{entry['code']}-{entry['valid_from']}")
def test_every_entry_is_complete(entry: dict[str, Any]) -> None:
    assert {"code", "abbreviation", "name", "is_normative", "valid_from", "source", "verified", "order"} <= set(entry)
    assert entry["code"].isascii()
    assert entry["name"]
    assert entry["source"]
    assert entry.get("valid_to", dt.date.max) > entry["valid_from"]


def test_codes_do_not_overlap_in_time() -> None:
    ends: dict[str, dt.date] = {}
    for entry in sorted(entries(), key=lambda entry: entry["valid_from"]):
        assert ends.get(entry["code"], dt.date.min) <= entry["valid_from"]
        ends[entry["code"]] = entry.get("valid_to", dt.date.max)


def test_the_decree_knows_29_types_and_27_abbreviations() -> None:
    known = [entry for entry in entries() if "NĐ 30/2020" not in entry["source"] and "Điều 7" in entry["source"]]
    assert len(known) == 29
    assert len([entry for entry in known if entry["abbreviation"]]) == 27
    assert len({entry["abbreviation"] for entry in known if entry["abbreviation"]}) == 27


def test_the_circular_of_2011_knew_32_types() -> None:
    circular = [entry for entry in entries() if entry["source"].startswith("Thông tư 01/2011")]
    assert len(circular) == 32


@pytest.mark.django_db
def test_loading_twice_changes_nothing_the_second_time(django_assert_max_num_queries: Any) -> None:
    DocumentType.objects.all().delete()
    assert load_document_types() == len(entries())
    with django_assert_max_num_queries(4):
        assert load_document_types() == 0


@pytest.mark.django_db
def test_the_command_loads_types_and_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalogue")
    said = capsys.readouterr().out
    assert "Loại văn bản" in said
    assert "Lịch làm việc" in said
    call_command("load_catalogue")
    assert "không có gì mới" in capsys.readouterr().out


@pytest.mark.django_db
def test_types_hold_for_their_time() -> None:
    load_document_types()
    before = set(DocumentType.objects.in_force(dt.date(2014, 1, 15)).values_list("code", flat=True))
    after = set(DocumentType.objects.in_force(DECREE_30).values_list("code", flat=True))
    assert "giay-di-duong" in before - after
    assert "phieu-bao" in after - before
    assert DocumentType.objects.in_force(DECREE_30).in_order()[0].name == "Công văn"


@pytest.mark.django_db
def test_what_was_ended_on_screen_stays_ended() -> None:
    load_document_types()
    DocumentType.objects.filter(code="thu-cong").update(valid_to=dt.date(2026, 1, 1), origin=DocumentType.Origin.SCREEN)
    assert load_document_types() == 0
    assert DocumentType.objects.get(code="thu-cong").valid_to == dt.date(2026, 1, 1)
