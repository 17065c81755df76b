"""The national sign-in against a real provider in a process of its own: there and back, and every fault."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from authlib.integrations.django_client import OAuth
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import Settings

from lienthong.applicants.models import Applicant
from lienthong.cases.tests.builders import a_case
from lienthong.cases.tests.builders import citizen as an_applicant
from lienthong.kernel.refusal import Refusal
from lienthong.online.claims import Identified, identified, mapping
from lienthong.online.models import Citizen, NationalIdentity, OwnCase
from lienthong.online.operations import national as operations
from lienthong.online.tests.builders import a_citizen
from lienthong.online.tests.test_sign_in import CODE, NAME, SIGN_IN, ask
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db
START, BACK = "/dich-vu-cong/dinh-danh/", "/dich-vu-cong/dinh-danh/ve/"
LINK = "/dich-vu-cong/dinh-danh/lien-ket/"
NUMBER = "260123456"
CLIENT = "lien-thong"
WHO = Identified("http://issuer", "nam", NUMBER, "Trần Văn Nam", "1980-05-20")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A provider that runs while this file is tested; its address."""
    command = [sys.executable, "-W", "ignore", "-m", "lienthong.online.tests.provider"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        port = process.stdout.readline().strip()
        assert port, "the provider did not start; it says why above"
        yield f"http://127.0.0.1:{port}"
        process.stdin.close()


@pytest.fixture(autouse=True)
def _on(settings: Settings, provider: str) -> None:
    settings.NATIONAL_ISSUER, settings.NATIONAL_CLIENT, settings.NATIONAL_SECRET = provider, CLIENT, "bi-mat"
    settings.SMS_GATEWAY = "lienthong.notifications.gateways.LogGateway"
    claims = {"name": "Trần Văn Nam", "birthdate": "1980-05-20", "identity_number": NUMBER}
    requests.put(f"{provider}/users/nam", json=claims, timeout=5).raise_for_status()


def go(client: Client) -> tuple[str, dict[str, str]]:
    """Begin; return the provider's page and what it was asked."""
    answer = client.get(START)
    assert answer.status_code == 302, answer
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
    return answer["Location"], asked


def agree(page: str, *, action: str = "authorize") -> str:
    """Say yes (or no) at the provider; return the way back to us."""
    answer = requests.post(page, data={"sub": "nam", "action": action}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    assert parts.path == BACK
    return f"{parts.path}?{parts.query}"


def come_back(client: Client) -> Any:
    return client.get(agree(go(client)[0]))


def said(answer: Any) -> str:
    return " ".join(str(one) for one in get_messages(answer.wsgi_request))


def refused(client: Client, answer: Any, words: str) -> None:
    assert answer["Location"] == SIGN_IN
    assert words in said(answer)
    assert "citizen_national" not in client.session
    assert not client.session.get("_auth_user_id")


def test_it_is_off_until_it_is_set_up(client: Client, settings: Settings) -> None:
    assert "Đăng nhập bằng VNeID" in client.get(SIGN_IN).content.decode()
    settings.NATIONAL_ISSUER = ""
    assert client.get(START).status_code == client.get(BACK).status_code == 404
    assert "VNeID" not in client.get(SIGN_IN).content.decode()


def test_the_request_has_state_nonce_and_pkce(client: Client) -> None:
    _, asked = go(client)
    kept = next(value["data"] for key, value in client.session.items() if key.startswith("_state_national_"))
    digest = hashlib.sha256(kept["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert asked["code_challenge_method"] == "S256"
    assert asked["nonce"] == kept["nonce"]
    assert len(asked["state"]) >= 20
    assert asked["redirect_uri"] == f"http://testserver{BACK}"


def test_somebody_new_proves_a_telephone_agrees_and_sees_their_cases(client: Client, cast: Cast) -> None:
    case = a_case(cast, applicant=an_applicant(cast.commune_desk_officer))
    stranger = a_case(cast, applicant=an_applicant(cast.commune_desk_officer, number="260999999", name="Lê Thị Tư"))
    answer = come_back(client)
    assert answer["Location"] == SIGN_IN
    assert client.post(CODE, {"code": ask(client)})["Location"] == NAME
    assert client.post(NAME, {"name": "Nam"})["Location"] == LINK
    assert not NationalIdentity.objects.exists()
    page = client.get(LINK).content.decode()
    assert "Trần Văn Nam" in page
    assert NUMBER not in page
    assert client.post(LINK, {"agree": ""}).status_code == 422
    assert not OwnCase.objects.exists()
    assert client.post(LINK, {"agree": "on"})["Location"] == "/ho-so-cua-toi/"
    citizen = Citizen.objects.get()
    assert (citizen.name, citizen.assurance, citizen.applicant) == ("Trần Văn Nam", "national", case.applicant)
    listed = client.get("/ho-so-cua-toi/").content.decode()
    assert case.code in listed
    assert stranger.code not in listed
    assert OwnCase.objects.get().right == OwnCase.Right.NATIONAL


def test_the_next_time_it_leads_in_and_newer_cases_open(client: Client, cast: Cast, settings: Settings) -> None:
    citizen = a_citizen()
    operations.link(citizen, Identified(settings.NATIONAL_ISSUER, "nam", NUMBER, "Trần Văn Nam"), at=AT)
    applicant = Applicant.objects.get()
    assert applicant.papers.get().number == NUMBER
    case = a_case(cast, applicant=applicant)
    assert not OwnCase.objects.filter(case=case).exists()
    client.get(f"{SIGN_IN}?next=/ho-so-cua-toi/")
    assert come_back(client)["Location"] == "/ho-so-cua-toi/"
    assert OwnCase.objects.filter(citizen=citizen, case=case).exists()
    assert int(client.session["_auth_user_id"]) == citizen.user_id


def test_an_account_that_is_signed_in_is_linked_only_with_consent(client: Client) -> None:
    citizen = a_citizen()
    client.force_login(citizen.user)
    assert come_back(client)["Location"] == LINK
    citizen.refresh_from_db()
    assert citizen.assurance == "declared"
    client.post(LINK, {"agree": "on"})
    citizen.refresh_from_db()
    assert citizen.assurance == "national"
    page = client.post("/dich-vu-cong/dinh-danh/bo-lien-ket/", {"sure": "on"})
    assert page.status_code == 302
    assert not NationalIdentity.objects.exists()


def test_one_person_has_one_account_and_one_account_one_person() -> None:
    operations.link(a_citizen(), WHO, at=AT)
    with pytest.raises(Refusal, match="tài khoản khác"):
        operations.link(a_citizen("0977123456"), WHO, at=AT)
    with pytest.raises(Refusal, match="một người khác"):
        operations.link(a_citizen(), Identified("http://issuer", "tu", "260999999", "Lê Thị Tư"), at=AT)
    with pytest.raises(Refusal, match="đã đổi"):
        operations.recognise(Identified("http://issuer", "nam", "260999999", "Trần Văn Nam"), at=AT)
    assert operations.recognise(Identified("http://khac", "nam", NUMBER, "Trần Văn Nam"), at=AT) is None


def test_a_wrong_state_is_refused(client: Client) -> None:
    way = agree(go(client)[0])
    refused(client, client.get(way.replace("state=", "state=x")), "Không xác nhận được")
    other = Client()
    refused(other, other.get(way), "Không xác nhận được")


def test_an_answer_is_good_once(client: Client) -> None:
    way = agree(go(client)[0])
    assert client.get(way)["Location"] == SIGN_IN
    client.session.flush()
    again = client.get(way)
    assert "Không xác nhận được" in said(again)


def test_a_wrong_nonce_is_refused(client: Client) -> None:
    way = agree(go(client)[0])
    session = client.session
    key = next(key for key in session.keys() if key.startswith("_state_national_"))  # noqa: SIM118 - a session
    session[key] = session[key] | {"data": session[key]["data"] | {"nonce": "khac"}}
    session.save()
    refused(client, client.get(way), "Không xác nhận được")


def test_a_token_too_old_is_refused(client: Client) -> None:
    way = agree(go(client)[0])
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=8), tick=True):  # noqa: TID251 - the provider's clock
        refused(client, client.get(way), "Không xác nhận được")


def test_a_token_for_another_client_is_refused(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = agree(go(client)[0])
    register = OAuth.register

    def for_another(self: object, name: str, **kwargs: object) -> object:
        found = register(self, name, **kwargs)
        settings.NATIONAL_CLIENT = "khac"
        return found

    monkeypatch.setattr(OAuth, "register", for_another)
    refused(client, client.get(way), "Không xác nhận được")


def test_a_provider_with_another_name_is_refused(client: Client, settings: Settings, provider: str) -> None:
    settings.NATIONAL_ISSUER = provider.replace("127.0.0.1", "localhost") + "/"
    answer = client.get(START)
    refused(client, answer, "không trả lời")


def test_who_does_not_agree_is_told_so(client: Client) -> None:
    refused(client, client.get(agree(go(client)[0], action="deny")), "chưa đồng ý")


def test_a_provider_that_is_down_is_said_in_plain_words(client: Client, settings: Settings) -> None:
    way = agree(go(client)[0])
    settings.NATIONAL_ISSUER = "http://127.0.0.1:9"
    refused(client, client.get(START), "đang không trả lời")
    refused(client, client.get(way), "đang không trả lời")


def test_claims_without_a_number_open_nothing(client: Client, provider: str) -> None:
    requests.put(f"{provider}/users/nam", json={"name": "Trần Văn Nam"}, timeout=5)
    refused(client, come_back(client), "số định danh")


@pytest.mark.parametrize("claims", [{}, {"sub": "a"}, {"sub": "a", "cccd": "12"}, {"sub": "a", "cccd": "079123456789"}])
def test_claims_that_do_not_say_who_it_is_are_refused(claims: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        identified(claims, "x", mapping(MONDAY))


def test_claims_are_read_by_data() -> None:
    found = identified(
        {"sub": "a", "cccd": "079 123 456 789", "name": " Lê  Tư ", "birthdate": "0000"}, "x", mapping(MONDAY)
    )
    assert (found.number, found.name, found.birth) == ("079123456789", "Lê Tư", "0000")
