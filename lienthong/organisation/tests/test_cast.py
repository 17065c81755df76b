from __future__ import annotations

from tests.cast import Cast


def test_the_cast_is_built_by_operations_and_has_its_rights(cast: Cast) -> None:
    assert cast.clerk.can("incoming.register")
    assert not cast.outsider.can("incoming.register")
    assert cast.division_head.post.unit.agency == cast.stttt
    assert cast.vp.agency == cast.ubnd
