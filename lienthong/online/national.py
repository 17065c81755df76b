"""The national sign-in (OpenID Connect with code, state, nonce and PKCE), through Authlib; off until it is set up."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth, OAuthError
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from joserfc.errors import JoseError
from requests import RequestException

from lienthong.kernel.clock import local_date
from lienthong.kernel.refusal import Refusal
from lienthong.online.claims import Identified, has_number, identified, mapping

logger = logging.getLogger("lienthong.national")
PATIENCE, LEEWAY = 10, 60
"""Seconds: how long the provider is waited for, and by how much its clock may differ from ours."""
SAFE = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
DOWN = "Cổng {name} đang không trả lời. Hãy thử lại sau ít phút, hoặc đăng nhập bằng mã gửi tới điện thoại."
DENIED = "Bạn chưa đồng ý đăng nhập ở {name}. Có thể thử lại, hoặc dùng mã gửi tới điện thoại."
BAD = "Không xác nhận được câu trả lời của {name}, nên chưa đăng nhập. Hãy bấm đăng nhập lại từ đầu."


def is_on() -> bool:
    """Tell whether issuer and client are set."""
    return bool(settings.NATIONAL_ISSUER and settings.NATIONAL_CLIENT)


def provider() -> str:
    """Return the name people know it by, empty where it is off."""
    return settings.NATIONAL_NAME if is_on() else ""


def begin(request: HttpRequest, back: str, *, at: dt.datetime) -> HttpResponse:
    """Send somebody to the provider, to come back at the address ``back``. Refuses where it does not answer."""
    try:
        response: HttpResponse = _client(at).authorize_redirect(request, back)
    except (RequestException, ValueError, KeyError, RuntimeError, AuthlibBaseError) as error:
        raise _refusal(DOWN, error) from error
    return response


def finish(request: HttpRequest, *, at: dt.datetime) -> Identified:
    """Return who came back. Refuses whatever is not proved: state, nonce, signature, issuer, audience, time, claims.

    The provider's own words go to the log, never to the page.
    """
    try:
        return _who(request, at)
    except OAuthError as error:
        raise _refusal(DENIED if error.error == "access_denied" else BAD, error) from error
    except RequestException as error:
        raise _refusal(DOWN, error) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError) as error:
        raise _refusal(BAD, error) from error


def _who(request: HttpRequest, at: dt.datetime) -> Identified:
    client, mapped = _client(at), mapping(local_date(at))
    wanted = {
        "iss": {"essential": True, "value": settings.NATIONAL_ISSUER},
        "aud": {"essential": True, "value": settings.NATIONAL_CLIENT},
    }
    token: dict[str, Any] = client.authorize_access_token(request, claims_options=wanted, leeway=LEEWAY)
    claims = dict(token.get("userinfo") or {})
    if not claims:
        raise ValueError("no ID token")
    if not has_number(claims, mapped) and client.server_metadata.get("userinfo_endpoint"):
        more = dict(client.userinfo(token=token))
        if more.get("sub") != claims.get("sub"):
            raise ValueError("userinfo of another subject")
        claims = more | claims
    return identified(claims, settings.NATIONAL_ISSUER, mapped)


def _client(at: dt.datetime) -> Any:
    """Return the client with what the provider says of itself, which must be the issuer that was set."""
    issuer = settings.NATIONAL_ISSUER
    client = OAuth().register(
        "national",
        client_id=settings.NATIONAL_CLIENT,
        client_secret=settings.NATIONAL_SECRET or None,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": mapping(local_date(at)).scope, "code_challenge_method": "S256", "default_timeout": PATIENCE,
        },
    )  # fmt: skip
    said = client.load_server_metadata()
    if said.get("issuer") != issuer:
        raise ValueError(f"the provider calls itself {said.get('issuer')!r}")
    algorithms = set(said.get("id_token_signing_alg_values_supported") or ["RS256"]) & SAFE
    said["id_token_signing_alg_values_supported"] = sorted(algorithms)
    return client


def _refusal(words: str, error: Exception) -> Refusal:
    logger.warning("national sign-in: %s: %s", type(error).__name__, error)
    return Refusal(words.format(name=settings.NATIONAL_NAME))
