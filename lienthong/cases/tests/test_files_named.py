"""A form names a file by its number: only whoever may open the file is told its name, or may hand it in."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from lienthong.cases.lookups import Known
from lienthong.files.models import StoredFile
from lienthong.files.operations import receive
from lienthong.files.operations.attaching import attach
from lienthong.identity.models import User
from lienthong.kernel.subjects import Subject
from lienthong.organisation.actor import Actor
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    default = {
        "BACKEND": "lienthong.files.storage.DurableFileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = settings.STORAGES | {"default": default}


def sent(name: str, *, actor: Actor | None = None, account: User | None = None) -> StoredFile:
    return receive([b"%s\n" % name.encode()], name=name, actor=actor, account=account, at=AT)


def account(name: str) -> User:
    user = User(username=name, email=f"{name}@example.com")
    user.set_unusable_password()
    user.save()
    return user


def test_an_officer_is_told_the_names_of_what_they_may_open(cast: Cast) -> None:
    own, others = sent("so.txt", actor=cast.registrar), sent("khac.txt", actor=cast.outsider)
    known = Known(actor=cast.registrar)
    assert (known.file(own.pk), known.file(others.pk)) == ("so.txt", None)
    attach(others, Subject("applicant", 1), actor=None, at=AT, tell=False)
    assert Known().file(own.pk) is None


def test_an_account_is_told_the_names_of_what_it_sent_itself(cast: Cast) -> None:
    nam, hoa = account("nam"), account("hoa")
    own, others, office = sent("nam.txt", account=nam), sent("hoa.txt", account=hoa), sent("s.txt", actor=cast.clerk)
    known = Known(account=nam)
    assert [known.file(one.pk) for one in (own, others, office)] == ["nam.txt", None, None]
    assert known.file(0) is None


def test_a_reader_of_a_record_is_told_the_names_of_what_hangs_on_it(cast: Cast) -> None:
    hanging, loose = sent("kem.txt", actor=cast.clerk), sent("roi.txt", actor=cast.clerk)
    about = Subject("applicant", 1)
    attach(hanging, about, actor=None, at=AT, tell=False)
    known = Known(of=about)
    assert (known.file(hanging.pk), known.file(loose.pk)) == ("kem.txt", None)
