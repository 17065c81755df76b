"""Following a case without an account: what is shown, what is not, how often one may guess."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lienthong.cases import operations
from lienthong.cases.models import Case, Rating
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tracking import token_of
from lienthong.kernel import clock
from lienthong.online import limits
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
LOOKUP = "/tra-cuu/"


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(clock, "now", lambda: AT)


def test_a_case_is_found_by_its_code_and_telephone(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    answer = client.post(LOOKUP, {"code": f" {case.code.lower()} ", "phone": "0918 123 456"})
    assert answer["Location"] == reverse("online:track", args=[token_of(case)])
    page = client.get(answer["Location"]).content.decode()
    for words in (case.code, "Được tiếp nhận", "UBND xã Chí Công", "Ghi sổ và lập giấy khai sinh", "Ký giấy khai sinh"):
        assert words in page, words
    for hidden in ("Trần Minh Khang", "Trần Văn Nam", "260123456", "Quách Văn Lợi", "0918123456"):
        assert hidden not in page, hidden
    assert "Trần *** Nam" in page


def test_a_wrong_pair_says_nothing_and_is_counted(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    for pair in ({"code": case.code, "phone": "0918000000"}, {"code": "H11-1", "phone": "0918123456"}):
        answer = client.post(LOOKUP, pair)
        assert answer.status_code == 422
        assert "Không có hồ sơ nào khớp" in answer.content.decode()
    for _ in range(limits.BY_CODE):
        client.post(LOOKUP, {"code": case.code, "phone": "0918000000"})
    barred = client.post(LOOKUP, {"code": case.code, "phone": "0918123456"})
    assert barred.status_code == 429
    assert "đợi 10 phút" in barred.content.decode()


def test_tokens_are_not_guessed(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    for token in ("1", "x", f"{case.pk}.aaaa", token_of(case)[:-1]):
        assert client.get(f"/tra-cuu/{token}/").status_code == 404


def test_what_is_asked_for_is_shown_and_what_is_done(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    address = reverse("online:track", args=[token_of(case)])
    operations.request_supplement(case, papers={"chung_sinh": "Bản chụp mờ"}, actor=cast.registrar, at=AT)
    page = client.get(address).content.decode()
    assert "Bản chụp mờ" in page
    assert "Tạm dừng" in page
    operations.supply(case, papers={}, text="Đã rõ", actor=cast.commune_desk_officer, at=AT)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    assert "Đã có kết quả" in client.get(address).content.decode()


def test_following_takes_few_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = a_case(cast)
    address = reverse("online:track", args=[token_of(case)])
    client.get(address)
    with django_assert_max_num_queries(4):
        client.get(address)


def ended(cast: Cast) -> Case:
    case = a_case(cast)
    operations.act(case, "propose", actor=cast.registrar, at=AT)
    operations.act(case, "sign", actor=cast.commune_leader, at=AT)
    desk = cast.commune_desk_officer
    operations.write_result(case, "giay_khai_sinh", symbol="1", signer="Đinh Công Tráng", actor=desk, at=AT)
    return operations.hand_over(case, receiver="Trần Văn Nam", actor=desk, at=AT)


def test_a_case_is_rated_once_without_an_account(client: Client, cast: Cast) -> None:
    case = ended(cast)
    page = reverse("online:track", args=[token_of(case)])
    address = reverse("online:track_rating", args=[token_of(case)])
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    said = {"phone": "0918 123 456", "level": "good"}
    assert client.post(address, {**said, "level": ""}).status_code == 422
    assert client.post(address, {**said, "level": "poor"}).status_code == 422
    assert client.post(address, said)["Location"] == page
    assert Rating.objects.get().level == "good"
    again = client.post(address, {**said, "level": "very_good"})
    assert again.status_code == 422
    assert "đã được đánh giá" in again.content.decode()
    assert Rating.objects.get().level == "good"
    assert address not in client.get(page).content.decode()
    assert client.get(address)["Location"] == page


def test_rating_asks_for_the_telephone_and_counts_wrong_ones(client: Client, cast: Cast) -> None:
    case = ended(cast)
    address = reverse("online:track_rating", args=[token_of(case)])
    for _ in range(limits.BY_CODE):
        answer = client.post(address, {"phone": "0918000000", "level": "good"})
        assert answer.status_code == 422
        assert "không khớp" in answer.content.decode()
    assert client.post(address, {"phone": "0918123456", "level": "good"}).status_code == 429
    assert not Rating.objects.exists()
    assert client.get("/tra-cuu/x/danh-gia/").status_code == 404


def test_what_goes_on_is_not_rated(client: Client, cast: Cast) -> None:
    case = a_case(cast)
    address = reverse("online:track_rating", args=[token_of(case)])
    assert client.get(address).status_code == 302
    answer = client.post(address, {"phone": "0918123456", "level": "good"})
    assert "chưa kết thúc" in answer.content.decode()
