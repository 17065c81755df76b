"""The demo province: a few weeks of it, lived by operations, stand as an office of early 2014 should."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection

from lienthong.applicants.models import Applicant
from lienthong.cases.models import Case, Complaint, Message, Rating, ResultPaper
from lienthong.documents.models import IncomingDocument
from lienthong.kernel.clock import at_local
from lienthong.notifications.models import Delivery
from lienthong.numbering.queries import balance
from lienthong.online.models import Citizen, Filling
from lienthong.outgoing.models import Dispatch, Draft, DraftSource, OutgoingBook, OutgoingDocument, ReviewStep
from lienthong.outgoing.models.document import OutgoingReader
from lienthong.payments.models import CallbackReceived, Charge, Payment
from lienthong.queueing.models import Appointment, Device, Slot, Ticket
from lienthong.site.demo import story
from lienthong.site.demo.province import Province
from lienthong.tasks.models import Task
from lienthong.workfiles.models import FilePlan, Filing, HandOver, HandOverItem, WorkFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> Province:
    settings.DEMO = True
    _empty()
    call_command("load_catalogue", verbosity=0)
    call_command("load_calendars", verbosity=0)
    monkeypatch.setattr(story, "BEGINNING", dt.date(2014, 3, 5))
    monkeypatch.setattr(story, "CASES_BEGINNING", dt.date(2014, 2, 17))
    return story.build(now=at_local(story.PRESENT, dt.time(16, 20)), tell=lambda _: None)


def _empty() -> None:
    """Leave nothing of the cast: the demo begins on an empty database (rolled back afterwards)."""
    tables = [
        table for table in connection.introspection.django_table_names(only_existing=True) if "django_" not in table
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")


def test_the_demo_is_an_office_at_work(province: Province) -> None:
    assert OutgoingBook.objects.values("agency").distinct().count() == len(province.offices)
    drafts = Counter(Draft.objects.values_list("state", flat=True))
    documents = Counter(OutgoingDocument.objects.values_list("state", flat=True))
    assert not {"writing", "review", "signing", "signed"} - drafts.keys(), drafts
    assert not {"published", "recalled", "corrected", "replaced"} - documents.keys(), documents
    assert "issued" not in documents
    dispatches = set(Dispatch.objects.values_list("state", flat=True))
    assert {"sent", "registered", "returned"} <= dispatches, dispatches
    director, clerk_of = province.offices["stttt"].leaders[0], province.offices["stttt"].unit
    assert Draft.objects.filter(state="signing", holder=director.post).exists()
    assert Draft.objects.filter(state="signed", agency=clerk_of).count() >= 3
    assert ReviewStep.objects.filter(state="sent_back").exists()
    waiting = ReviewStep.objects.filter(state="current").values_list("post", flat=True)
    assert len(set(waiting)) >= 3
    assert IncomingDocument.objects.exclude(recalled_at=None).exclude(state="returned").exists()
    assert Dispatch.objects.exclude(tracking="").exists()
    notices = OutgoingReader.objects.filter(scope="internal", is_addressee=True)
    assert notices.exclude(read_at=None).exists()
    assert notices.filter(read_at=None).exists()
    closing = DraftSource.objects.filter(relation="closes", draft__state="issued").values("subject_id")
    assert set(Task.objects.filter(pk__in=closing).values_list("state", flat=True)) <= {"done", "reported"}
    assert list(FilePlan.objects.order_by("year").values_list("year", "state")) == [
        (2012, "approved"),
        (2014, "approved"),
    ]
    assert {"open", "closed", "handed_over"} == set(WorkFile.objects.values_list("state", flat=True))
    assert Counter(HandOverItem.objects.values_list("state", flat=True)) == {"accepted": 1, "returned": 1, "waiting": 2}
    assert set(HandOver.objects.values_list("state", flat=True)) == {"accepted", "submitted"}
    assert Filing.objects.filter(subject_kind="outgoing").exists()
    assert balance() == []
    call_command("journal", "verify", stdout=StringIO())
    statuses = set(Case.objects.values_list("status", flat=True))
    assert statuses >= {1, 2, 4, 5, 9, 10}, statuses
    holders = Case.objects.filter(status__in=Case.OPEN).values_list("holder_unit__kind", flat=True)
    assert {"one_stop", "commune", "division"} <= set(holders), set(holders)
    assert set(Delivery.objects.filter(officer=None).values_list("state", flat=True)) <= {"sent", "cancelled", "off"}
    _citizens_live_in_it()
    _halls_are_open()


def _citizens_live_in_it() -> None:
    """Every story of ``data/demo/citizens.toml`` stands where it was to come."""
    people = Citizen.objects.filter(user__is_demo=True)
    assert people.count() == 5
    assert people.filter(assurance="national").count() == 1
    own = Case.objects.filter(channel="online", accounts__citizen__in=people)
    stories = sorted(own.values_list("filling__citizen__name", "status"))
    assert stories == [
        ("Huỳnh Ngọc Sơn", 10),
        ("Lê Quốc Dũng", 2),
        ("Lê Quốc Dũng", 5),
        ("Lê Quốc Dũng", 10),
        ("Nguyễn Văn Thái Hòa", 2),
        ("Nguyễn Văn Thái Hòa", 10),
        ("Phạm Thị Thu Cúc", 5),
        ("Phạm Thị Thu Cúc", 7),
        ("Phạm Thị Thu Cúc", 9),
        ("Trần Thị Bích Liên", 1),
        ("Trần Thị Bích Liên", 10),
    ]
    assert Filling.objects.open().count() == 1
    thread = Message.objects.filter(case__in=own)
    assert thread.filter(by_office=True).count() == 2
    assert thread.filter(read_at=None).count() == 1
    assert set(Complaint.objects.values_list("state", flat=True)) == {"answered"}
    assert Payment.objects.filter(gateway="sandbox", state="paid").count() == 2
    assert CallbackReceived.objects.filter(outcome="late").count() == 1
    assert Charge.objects.owed().filter(subject_kind="case", subject_id__in=own.filter(status=9)).exists()
    assert ResultPaper.objects.filter(case__in=own, is_digital=True).count() == 1
    assert Applicant.objects.filter(kind="enterprise", cases__in=own).distinct().count() == 1
    levels = Counter(Rating.objects.values_list("satisfied", flat=True))
    assert levels[True] > levels[False]


def _halls_are_open() -> None:
    """People wait and are served this afternoon; weeks to come can be booked."""
    states = set(Ticket.objects.values_list("state", flat=True))
    assert states >= {"waiting", "served", "skipped"}, states
    assert states & {"called", "serving"}, states
    assert Ticket.objects.filter(state__in=Ticket.AT_COUNTER).values("point").distinct().count() >= 2
    assert Appointment.objects.filter(state="booked").count() == 3
    last = Slot.objects.free().latest("starts_at").starts_at
    assert last > at_local(story.PRESENT, dt.time()) + dt.timedelta(days=50)
    assert Device.objects.working().count() == 4
