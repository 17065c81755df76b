from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, Login


@pytest.mark.parametrize("name", ["units", "officers", "signing_authorities", "account", "organisation_import"])
def test_an_administrator_opens_the_lists(name: str, cast: Cast, client: Client, login: Login) -> None:
    page = login(client, cast.administrator).get(reverse(f"administration:{name}"))
    assert page.status_code == 200
    assert b"<c-" not in page.content


def test_an_administrator_opens_every_form_of_a_unit(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    for name in ("unit", "unit_name", "unit_place", "unit_codes", "unit_end", "unit_successions", "branch"):
        page = client.get(reverse(f"administration:{name}", args=[cast.stttt.pk]))
        assert page.status_code == 200, name
        assert b"<c-" not in page.content


def test_an_administrator_opens_every_form_of_a_person(cast: Cast, client: Client, login: Login) -> None:
    login(client, cast.administrator)
    person, post = cast.specialist.officer, cast.specialist.post
    for name in ("officer", "officer_details", "officer_posts", "officer_invitation"):
        assert client.get(reverse(f"administration:{name}", args=[person.pk])).status_code == 200, name
    for name in ("post_end", "post_absences", "post_delegations"):
        assert client.get(reverse(f"administration:{name}", args=[post.pk])).status_code == 200, name
