"""Work files, kept or foreseen, go to another keeper."""

from __future__ import annotations

import pytest

from lienthong.journal.queries import timeline
from lienthong.organisation.operations import hand_over
from lienthong.organisation.queries.holdings import in_hand
from lienthong.workfiles import policies
from lienthong.workfiles.models import WorkFile
from lienthong.workfiles.tests.builders import approved_plan, open_file, planned
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_directory")]


def test_the_taker_keeps_the_file_from_now_on(cast: Cast) -> None:
    file = open_file(cast)
    hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    file.refresh_from_db()
    assert file.post == cast.second_specialist.post
    assert policies.can_keep(cast.second_specialist, file)
    assert not policies.can_keep(cast.specialist, file)
    assert WorkFile.objects.visible_to(cast.second_specialist).filter(pk=file.pk).exists()
    (entry, *_) = timeline(file.subject)
    assert "bàn giao hồ sơ từ Phạm Ngọc Ánh, Chuyên viên cho Võ Đình Đức, Chuyên viên" in entry.sentence


def test_a_file_that_is_foreseen_is_foreseen_for_the_taker(cast: Cast) -> None:
    _, heading = approved_plan(cast)
    row = planned(heading)
    assert row.post == cast.specialist.post
    (one,) = in_hand([cast.specialist.post], AT.date())[cast.specialist.post.pk]
    assert one.kind.kind == "workfiles.planned"
    hand_over(cast.specialist.post, cast.second_specialist.post, actor=cast.division_head, at=AT)
    row.refresh_from_db()
    assert row.post == cast.second_specialist.post
