"""Every address with every role: nobody reaches what is not declared for them here, and nothing ever fails with a 500.

A page that answers 200 to a role must stand in ``EVERYBODY`` (any officer), ``PUBLIC`` (without signing in) or
``BY_RIGHT`` with the right that opens it. A new page is therefore refused by this test until somebody says for whom
it is. Roles with the very same rights are walked once.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from lienthong.organisation.roles import roles
from tests.cast import Cast, Login

ROLES = {  # role: who of the cast plays it
    "clerk": "clerk",
    "leader": "leader",
    "office_head": "office_head",
    "division_head": "division_head",
    "specialist": "outsider",
    "one_stop_officer": "one_stop_officer",
    "inspector": "inspector",
    "editor": "editor",
    "administrator": "administrator",
}
ALLOWED = {200, 204, 302, 403, 404, 405, 409, 422}

PUBLIC = {
    "account_confirm_email",
    "account_email_verification_sent",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",
    "mfa_login_webauthn",
    "online:home",
    "online:lookup",
    "online:procedures",
    "online:sign_in",
    "cases:results",
    "queueing:booking",
    "queueing:lookup",
    "site:health",
}
EVERYBODY = {
    "account_change_password",
    "account_email",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
    "usersessions_list",
    "administration:account",
    "administration:branch",
    "administration:communes",
    "administration:officer",
    "administration:officers",
    "administration:signing_authorities",
    "administration:unit",
    "administration:units",
    "calendars:calculator",
    "calendars:list",
    "calendars:report",
    "calendars:show",
    "cases:list",
    "catalogue:document_types",
    "documents:incoming",
    "exports:list",
    "notifications:count",
    "notifications:list",
    "notifications:preferences",
    "outgoing:documents",
    "outgoing:internal",
    "procedures:file",
    "procedures:list",
    "search:find",
    "stationery:form",
    "stationery:mended_file",
    "tasks:list",
    "tasks:mine",
}
ADMINISTER = (
    "import_template",
    "new_officer",
    "new_signing_authority",
    "new_unit",
    "officer_details",
    "officer_posts",
    "officers_export",
    "organisation_import",
    "post_absences",
    "post_delegations",
    "post_end",
    "post_take_over",
    "take_overs",
    "signing_authority_end",
    "unit_codes",
    "unit_end",
    "unit_name",
    "unit_place",
    "unit_successions",
    "units_export",
)
WORK_FILES = ("file_new", "files", "hand_over_new", "hand_overs", "plans", "unfiled")
BY_RIGHT: dict[str, str] = (
    {f"administration:{name}": "organisation.administer" for name in ADMINISTER}
    | {
        "administration:account_end": "identity.invite",
        "administration:officer_invitation": "identity.invite",
        "calendars:new": "calendars.administer",
        "registers:list": "registers.read",
        "cases:applicants": "cases.receive",
        "cases:choose": "cases.receive",
        "cases:stranded": "cases.rehouse",
        "cases:rules": "cases.regulate",
        "cases:unfiled": "workfiles.keep",
        "cases:statistics": "reports.read",
        "cases:statistics_list": "reports.read",
        "catalogue:document_type_end": "catalogue.administer",
        "catalogue:new_document_type": "catalogue.administer",
        "documents:book_opening": "books.open",
        "documents:books": "incoming.print_books",
        "documents:intake": "incoming.register",
        "documents:registration": "incoming.register",
        "documents:rule_new": "incoming.instruct",
        "documents:settings": "incoming.instruct",
        "documents:template_new": "incoming.instruct",
        "exchange:arrivals": "exchange.administer",
        "exchange:list": "exchange.administer",
        "notifications:outbox": "notifications.administer",
        "notifications:sandbox": "notifications.administer",
        "outgoing:book_opening": "books.open",
        "outgoing:books": "outgoing.print_books",
        "outgoing:drafts": "drafts.write",
        "outgoing:new": "drafts.write",
        "outgoing:pending": "outgoing.issue",
        "payments:reconciliation": "payments.reconcile",
        "payments:takings": "payments.read",
        "payments:takings_table": "payments.read",
        "procedures:competence": "procedures.administer",
        "procedures:competences": "procedures.administer",
        "procedures:copy": "procedures.administer",
        "procedures:new": "procedures.administer",
        "procedures:sectors": "procedures.administer",
        "queueing:appointments": "queueing.serve",
        "queueing:device_new": "queueing.arrange",
        "queueing:group_new": "queueing.arrange",
        "queueing:hall": "queueing.arrange",
        "queueing:point_new": "queueing.arrange",
        "queueing:queue": "queueing.serve",
        "queueing:slots_new": "queueing.arrange",
        "queueing:strip": "queueing.serve",
        "reports:processing": "reports.read",
        "stationery:letterhead": "stationery.keep",
        "stationery:letterhead_picture": "stationery.keep",
        "stationery:letterheads": "stationery.keep",
        "stationery:new_template": "stationery.keep",
        "stationery:templates": "stationery.keep",
        "tasks:board": "tasks.assign",
        "tasks:new": "tasks.assign",
        "tasks:programme_new": "programmes.manage",
        "tasks:programmes": "programmes.read",
        "tasks:unit": "tasks.assign",
        "workfiles:plan_new": "workfiles.plan",
    }
    | {f"workfiles:{name}": "workfiles.keep" for name in WORK_FILES}
    | dict.fromkeys(("workfiles:copies", "workfiles:copy_new"), "workfiles.archive")
)


Words = dict[str, bool]  # the words of an address, and whether each is a whole number


def _patterns(resolver: URLResolver, space: str = "", above: Words | None = None) -> Iterator[tuple[str, Words]]:
    for pattern in resolver.url_patterns:
        words = (above or {}) | _words(pattern)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space, words)
        elif pattern.name:
            yield f"{space}{pattern.name}", words


def _words(pattern: URLPattern | URLResolver) -> Words:
    route: Any = pattern.pattern
    plain = dict.fromkeys(getattr(route.regex, "groupindex", {}), False)
    return plain | {word: isinstance(how, IntConverter) for word, how in route.converters.items()}


def _arguments(name: str, words: Words, cast: Cast) -> dict[str, Any]:
    """Return arguments that lead to somebody else's record where there is one, so that a door left open is found."""
    app, _, page = name.rpartition(":")
    known: dict[str, Any] = {
        "unit": cast.district.pk,
        "branch": cast.district.pk,
        "officer": cast.district_specialist.officer.pk,
        "post": cast.district_specialist.post.pk,
        "account": cast.district_specialist.officer.pk,
        "signing": cast.leader.post.signing_authorities.values_list("pk", flat=True)[0],
    }
    special: dict[str, Any] = {"change": "letter", "uidb36": "1", "key": "1-set-password", "token": uuid.UUID(int=1)}
    special["ticket_token"] = special["token"]
    if name.startswith("online:filling"):
        special["key"] = special["token"]
    number = known.get(page.partition("_")[0], 1) if app == "administration" else 1
    return {word: special.get(word, number if is_whole or word == "pk" else "x") for word, is_whole in words.items()}


def _addresses(cast: Cast) -> dict[str, str]:
    found = dict(_patterns(get_resolver()))
    return {name: reverse(name, kwargs=_arguments(name, words, cast)) for name, words in sorted(found.items())}


def test_who_is_not_signed_in_sees_only_the_public_pages(cast: Cast, client: Client) -> None:
    open_doors = {}
    for name, address in _addresses(cast).items():
        status = client.get(address).status_code
        assert status in {*ALLOWED, 503}, f"{name}: {status}"
        if status == 200 and name not in PUBLIC and not name.startswith("ui:"):
            open_doors[name] = address
    assert not open_doors


def _different_roles() -> list[str]:
    """Return one role of each set of rights."""
    return list({(roles()[role].rights, roles()[role].reads_unit): role for role in reversed(ROLES)}.values())[::-1]


def test_every_role_is_played_by_somebody_of_the_cast(cast: Cast) -> None:
    assert set(ROLES) == set(roles())
    assert all(getattr(cast, name).post.role == role for role, name in ROLES.items())


@pytest.mark.parametrize("role", _different_roles())
def test_a_role_sees_only_what_is_declared_for_it(role: str, cast: Cast, client: Client, login: Login) -> None:
    login(client, getattr(cast, ROLES[role]))
    shut, open_doors = {}, {}
    for name, address in _addresses(cast).items():
        if name == "account_logout" or (":" not in name and role not in {"administrator", "specialist"}):
            continue
        status = client.get(address).status_code
        assert status in {*ALLOWED, 503}, f"{name}: {status}"
        may = name in PUBLIC | EVERYBODY or name.startswith("ui:") or BY_RIGHT.get(name) in roles()[role].rights
        if status == 200 and not may:
            open_doors[name] = address
        if status == 403 and may:
            shut[name] = address
    assert not open_doors, f"declare in tests/test_permissions.py for whom these are: {sorted(open_doors)}"
    assert not shut, f"declared for the role, but refused to it: {sorted(shut)}"


@pytest.mark.parametrize("role", ["administrator", "clerk", "specialist"])
def test_an_empty_form_sent_anywhere_is_answered_in_words(role: str, cast: Cast, client: Client, login: Login) -> None:
    login(client, getattr(cast, ROLES[role]))
    for name, address in _addresses(cast).items():
        if name.startswith(("account_logout", "ui:")):
            continue
        status = client.post(address, {}).status_code
        assert status in {*ALLOWED, 400, 413, 415, 503}, f"{name}: {status}"
