from __future__ import annotations

from lienthong.kernel.rights import declared
from lienthong.organisation.roles import roles


def test_every_right_of_a_role_is_declared_by_an_app_and_every_declared_right_is_somebodys() -> None:
    given = {right for role in roles().values() for right in role.rights}
    assert given == set(declared())
