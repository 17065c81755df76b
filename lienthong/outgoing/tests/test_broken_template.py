"""A template that was broken after it was published: drafting says so in plain words, and nothing typed is lost."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client

from lienthong.outgoing.models import Draft
from lienthong.outgoing.tests.builders import document_type
from lienthong.stationery.models import DocumentTemplate, TemplateVersion
from tests.cast import AT, Cast, Login

pytestmark = pytest.mark.django_db


def broken_template(cast: Cast, **texts: Any) -> DocumentTemplate:
    """A published template as an older programme or a hand in the database may have left it."""
    template = DocumentTemplate.objects.create(document_type=document_type(), owner=cast.stttt, name="Báo cáo nhanh")
    version = TemplateVersion.objects.create(
        template=template, number=1, edited_at=AT, published_at=AT, **({"body": "Nội dung."} | texts)
    )
    template.current = version
    template.save(update_fields=["current"])
    return template


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"body": "Dòng một.\n{{ khong_co_truong_nay }}"}, "Nội dung, dòng 2: không có trường “khong_co_truong_nay”"),
        ({"body": "{% for muc in noi_dung_chi_tiet %}\n- {{ muc }}"}, "không có trường “noi_dung_chi_tiet”"),
        ({"body": "{% if co_quan %}\nA"}, "“if” chưa được đóng"),
        ({"body": "{{ co_quan"}, "Nội dung, dòng 1"),
        ({"body": "{{ co_quan.name }}"}, "không phải tên trường"),
        ({"abstract": "{% endif %}"}, "Trích yếu, dòng 1"),
    ],
)
def test_a_broken_template_is_told_in_words_and_keeps_what_was_typed(
    cast: Cast, client: Client, login: Login, texts: dict[str, str], said: str
) -> None:
    template = broken_template(cast, **texts)
    login(client, cast.specialist)
    given = {
        "scope": "outgoing", "template": template.pk, "document_type": document_type().pk, "urgency": "normal",
        "abstract": "Tình hình tháng Ba", "request_key": uuid.uuid4(),
    }  # fmt: skip
    answer = client.post("/drafts/new/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert "Hãy chọn mẫu khác hoặc soạn không theo mẫu" in page
    assert "Tình hình tháng Ba" in page
    assert not Draft.objects.exists()
    assert client.post("/drafts/new/", given | {"template": ""}).status_code == 302
    assert Draft.objects.get().abstract == "Tình hình tháng Ba"
