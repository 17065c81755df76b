"""What is granted enters once, under the next number; it is corrected, revoked or voided, and nothing is lost."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from lienthong.journal.queries import history
from lienthong.kernel.clock import at_local
from lienthong.kernel.refusal import Forbidden, Refusal
from lienthong.kernel.subjects import Subject
from lienthong.numbering.models import Number
from lienthong.numbering.queries import balance
from lienthong.registers.models import Entry
from lienthong.registers.operations import correct, enter, rename_paper, revoke, void
from lienthong.registers.queries.books import rows_of
from lienthong.registers.queries.entries import Filters, books_of, entry_page
from lienthong.registers.tests.builders import SAID, an_entry, entering
from lienthong.search.queries import find
from tests.cast import AT, MONDAY, Cast

pytestmark = pytest.mark.django_db
DAY_OF_2015 = at_local(MONDAY.replace(year=2015), AT.timetz().replace(tzinfo=None))


def test_a_result_enters_under_the_next_number_of_its_book(cast: Cast) -> None:
    entry = an_entry(cast)
    assert (entry.symbol, entry.title) == ("01/2014", "Trần Minh Khang, 01/03/2014")
    assert (entry.book.agency, entry.valid_to, entry.state) == (cast.commune, None, Entry.State.IN_FORCE)
    assert entry.values["me"] == SAID["me"]
    assert "noi_cu_tru_me" not in entry.values
    assert an_entry(cast, 2).symbol == "02/2014"
    assert an_entry(cast, 3, at=DAY_OF_2015).symbol == "01/2015"
    assert an_entry(cast, 4, agency=cast.district).symbol == "01/2014"
    assert balance() == []
    assert "vào Sổ đăng ký khai sinh, số 01/2014" in history(entry.subject)[0].sentence


def test_the_same_subject_enters_once(cast: Cast) -> None:
    assert an_entry(cast) == an_entry(cast)
    assert Entry.objects.count() == Number.objects.filter(series__key__startswith="register.").count() == 1


def test_entering_takes_few_queries(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    an_entry(cast)
    with django_assert_max_num_queries(12):
        an_entry(cast, 2)


def test_a_register_that_nobody_loaded_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="Chưa có quy định về sổ “khong-co”"):
        enter("khong-co", entering(cast), actor=cast.registrar, at=AT)


def test_only_those_to_whom_it_was_opened_find_it(cast: Cast) -> None:
    entry = an_entry(cast)
    for actor in (cast.registrar, cast.commune_leader):
        assert entry_page(actor, Filters()).entries == [entry]
        assert books_of(actor) == [entry.book]
        assert find(actor, "Minh Khang").hits
    for actor in (cast.outsider, cast.leader, cast.administrator):
        assert entry_page(actor, Filters()).entries == []
        assert not Entry.objects.visible_to(actor).exists()
        assert books_of(actor) == []


def test_lists_are_narrowed_and_paged(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    made = [an_entry(cast, number) for number in range(1, 31)]
    with django_assert_num_queries(1):
        page = entry_page(cast.registrar, Filters())
    assert page.entries == made[:4:-1]
    older = entry_page(cast.registrar, Filters(), after=page.older)
    assert older.entries == made[4::-1]
    back = entry_page(cast.registrar, Filters(), before=older.newer)
    assert back.entries == page.entries
    assert entry_page(cast.registrar, Filters(words="140310 0007")).entries == [made[6]]
    assert entry_page(cast.registrar, Filters(words="minh khang", year=2013)).entries == []
    assert len(entry_page(cast.registrar, Filters(book=made[0].book_id, state="in_force")).entries) == 25


def test_a_mistake_is_corrected_and_what_stood_there_is_kept(cast: Cast) -> None:
    entry = an_entry(cast)
    changed = {**entry.values, "noi_sinh": "Trạm y tế xã Chí Công"}
    entry, problems = correct(entry, changed, reason="Ghi nhầm nơi sinh", actor=cast.registrar, at=AT)
    assert problems == {}
    assert (entry.values["noi_sinh"], entry.corrections) == ("Trạm y tế xã Chí Công", 1)
    said = history(entry.subject)[0].sentence
    assert "từ “Bệnh viện đa khoa Bắc Bình Thuận” thành “Trạm y tế xã Chí Công” (Ghi nhầm nơi sinh)" in said


def test_a_correction_without_right_reason_or_change_is_refused(cast: Cast) -> None:
    entry = an_entry(cast)
    for actor in (cast.outsider, cast.commune_desk_officer, cast.district_specialist):
        with pytest.raises(Forbidden):
            correct(entry, entry.values, reason="x", actor=actor, at=AT)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        correct(entry, {}, reason=" ", actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="Chưa sửa gì"):
        correct(entry, entry.values, reason="x", actor=cast.registrar, at=AT)
    _, problems = correct(entry, {"tre": {"name": "Khang"}}, reason="x", actor=cast.registrar, at=AT)
    assert "tre.birth" in problems


def test_what_was_granted_is_revoked_by_who_leads(cast: Cast) -> None:
    entry = an_entry(cast)
    with pytest.raises(Forbidden):
        revoke(entry, reason="Cấp sai", actor=cast.registrar, at=AT)
    with pytest.raises(Refusal, match="Cần ghi lý do"):
        revoke(entry, reason="", actor=cast.commune_leader, at=AT)
    entry = revoke(entry, reason="Cấp sai", basis="05/QĐ-UBND", actor=cast.commune_leader, at=AT)
    assert (entry.state, entry.end.basis) == (Entry.State.REVOKED, "05/QĐ-UBND")
    with pytest.raises(Forbidden):
        revoke(entry, reason="Lần nữa", actor=cast.commune_leader, at=AT)
    with pytest.raises(Refusal, match="đã thu hồi nên không hủy được"):
        void(entering(cast).subject, reason="x", actor=None, at=AT)
    assert entry_page(cast.registrar, Filters(state="revoked")).entries == [entry]


def test_what_was_taken_back_is_void_keeps_its_number_and_may_enter_anew(cast: Cast) -> None:
    entry = an_entry(cast)
    assert void(Subject("result", 99), reason="x", actor=None, at=AT) is None
    gone = void(entering(cast).subject, reason="Văn bản đã thu hồi", actor=None, at=AT)
    assert gone is not None
    assert (gone, gone.state) == (entry, Entry.State.VOID)
    assert Number.objects.get(series__key__startswith="register.").state == Number.State.VOID
    again = an_entry(cast)
    assert again.symbol == "02/2014"
    assert balance() == []
    cells = [row.cells for row in rows_of(again.version.definition, again.book, since=MONDAY, until=MONDAY)]
    assert [one[0] for one in cells] == ["01/2014", "02/2014"]
    assert cells[0][-1] == "Đã hủy 10/03/2014: Văn bản đã thu hồi"


def test_another_symbol_of_the_paper_is_noted(cast: Cast) -> None:
    entry = an_entry(cast)
    assert rename_paper(Subject("result", 99), "x", actor=None, at=AT) is None
    changed = rename_paper(entering(cast).subject, "09/2014", actor=cast.registrar, at=AT)
    assert changed is not None
    assert (changed.pk, changed.paper) == (entry.pk, "09/2014")
