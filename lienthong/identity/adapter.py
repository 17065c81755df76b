"""How django-allauth behaves here: accounts come by invitation only, and letters name this house."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No open sign-up; letters carry the name of the house in their subject."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Nobody signs up by themselves: see ``operations.invite``."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is sent."""
        return f"[Liên Thông] {' '.join(str(subject).split())}"


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Passkeys carry the name of the house."""

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        """Return the party that a passkey is made for: this host, under the name people know."""
        entity: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Liên Thông"}
