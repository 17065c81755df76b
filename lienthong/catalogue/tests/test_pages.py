"""The page of document types: read by all, changed by the administrator."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lienthong.catalogue.models import DocumentType
from tests.cast import Cast


def test_everybody_reads_the_types_with_their_sources(
    client: Client, cast: Cast, login: Any, django_assert_max_num_queries: Any
) -> None:
    login(client, cast.specialist).get(reverse("catalogue:document_types"))
    with django_assert_max_num_queries(12):
        page = client.get(reverse("catalogue:document_types")).content.decode()
    assert "Công văn" in page
    assert "Chưa đối chiếu" in page
    assert "Thêm loại" not in page


def test_an_administrator_adds_a_type_and_ends_it(client: Client, cast: Cast, login: Any) -> None:
    login(client, cast.administrator)
    assert client.get(reverse("catalogue:new_document_type")).status_code == 200
    facts = {"name": "Thông tri", "abbreviation": "TTri", "valid_from": "01/01/2014", "source": "12-TTri/TU"}
    page = client.post(reverse("catalogue:new_document_type"), facts, follow=True).content.decode()
    assert "Đã thêm loại “Thông tri”" in page
    row = DocumentType.objects.get(name="Thông tri")
    assert (row.code, row.origin, row.verified) == ("thong-tri", "screen", True)
    again = client.post(reverse("catalogue:new_document_type"), facts)
    assert again.status_code == 422
    assert "Đã có loại “Thông tri”" in again.content.decode()
    end = reverse("catalogue:document_type_end", args=[row.pk])
    too_early = client.post(end, {"valid_to": "01/01/2013", "source": "x"})
    assert "phải sau ngày bắt đầu 01/01/2014" in too_early.content.decode()
    page = client.post(end, {"valid_to": "01/01/2020", "source": "Quyết định 1"}, follow=True).content.decode()
    assert "Loại “Thông tri” thôi dùng từ 01/01/2020" in page
    assert "đã kết thúc" in client.post(end, {"valid_to": "01/01/2021", "source": "x"}).content.decode()


@pytest.mark.parametrize("name", ["new_document_type", "document_type_end"])
def test_others_change_nothing(client: Client, cast: Cast, login: Any, name: str) -> None:
    arguments = [DocumentType.objects.in_order()[0].pk] if name.endswith("end") else []
    answer = login(client, cast.clerk).post(reverse(f"catalogue:{name}", args=arguments), {})
    assert answer.status_code == 403
