"""What an officer is offered to do with a case: the likely thing first, and what it waits for before it."""

from __future__ import annotations

import pytest

from lienthong.cases import operations
from lienthong.cases.models import Case
from lienthong.cases.offers import offers
from lienthong.cases.queries.needs import NO_RESULT
from lienthong.cases.tests.builders import a_case, version
from lienthong.cases.tests.test_fees import HOUSE, HOUSE_PAPERS
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db


def test_what_waits_for_a_result_offers_to_make_one_first(cast: Cast) -> None:
    case = a_case(cast, version=version("1.013225"), values=HOUSE, papers=HOUSE_PAPERS)
    operations.act(case, "forward", actor=cast.commune_leader, at=AT)
    operations.name_officer(case, cast.works_specialist.post, actor=cast.works_head, at=AT)
    case = Case.objects.get(pk=case.pk)
    first, second, *_ = offers(cast.works_specialist, case, AT)
    assert (first.key, first.is_main) == ("result", True)
    assert (second.label, second.missing) == ("Trình ký", (NO_RESULT,))
    operations.write_result(case, "giay_phep", actor=cast.works_specialist, at=AT)
    first, *rest = offers(cast.works_specialist, case, AT)
    assert (first.label, first.missing) == ("Trình ký", ())
    assert "result" in [one.key for one in rest]
