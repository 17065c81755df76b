"""A case whose office was abolished, as its applicant follows it."""

from __future__ import annotations

import pytest

from lienthong.cases.models import Case
from lienthong.cases.tests.test_stories import on
from lienthong.cases.tests.two_levels import abolish, at_the_district
from lienthong.online.queries.tracking import tracked
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_the_citizen_reads_where_it_is_now_and_each_step_once(cast: Cast) -> None:
    case = at_the_district(cast)
    before = tracked(case, on("30/06/2025", "15:00"))
    assert before.here is not None
    assert before.here.office == "Phòng KT&HT"
    abolish(cast, at=on("30/06/2025", "16:00"))
    after = tracked(Case.objects.get(pk=case.pk), on("02/07/2025"))
    assert after.here is not None
    assert after.here.office == "UBND xã Tuy Phong Mới"
    assert len(after.passed) == len(before.passed)
