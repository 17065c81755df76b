"""Nothing that somebody holds is forgotten when they go: every column that names a post is declared, or excused here.

A new app that gives posts work to do declares it (``organisation.holdings``); then ending a post, closing an account
and handing over know of it. A column that only says who did something once is excused with its reason.
"""

from __future__ import annotations

from django.apps import apps
from django.db import models

from lienthong.organisation import holdings
from lienthong.organisation.models import Post

AUDIENCES = {"audience", "holder", "verifier"}
PAST = "says who did it then; nothing waits for it"
READER = "who may read; the taker is added beside, the giver keeps what they could read"
WITH_THE_POST = "ends with the post itself: nobody acts in a post that is no longer held"
EXCUSED = {
    "administration.ImportRun.post": "a sheet tried by its own administrator; any administrator enters or drops it",
    "calendars.CalendarVersion.publisher": PAST,
    "cases.Apology.by": PAST,
    "cases.Case.received_by": PAST,
    "cases.CaseReader.audience": READER,
    "cases.Consultation.answered_by": PAST,
    "cases.Consultation.asked_by": "the answer comes to whoever holds the case then",
    "cases.Decline.by": PAST,
    "cases.Extension.by": PAST,
    "cases.HandBack.by": PAST,
    "cases.HandOver.post": "the line of the control slip; in whose hands the case is says Case.holder_post",
    "cases.IssuedPaper.by": PAST,
    "cases.Complaint.answered_by": PAST,
    "cases.Message.post": PAST,
    "cases.ReceptionRule.entered_by": PAST,
    "cases.ReceptionRule.withdrawn_by": PAST,
    "cases.Supplement.answered_by": PAST,
    "cases.Supplement.asked_by": "what is supplied comes to whoever holds the case then",
    "cases.Suspension.by": PAST,
    "cases.Withdrawal.by": PAST,
    "documents.AgencyLimit.set_by": PAST,
    "documents.Forwarding.giver": PAST,
    "documents.Forwarding.taker": "the book's line; in whose hands it is says IncomingDocument.holder_post",
    "documents.IncomingDocument.registered_by": "who registered; who must forward says Wait.post",
    "documents.IncomingReader.audience": READER,
    "documents.Instruction.post": PAST,
    "documents.Intake.created_by": "lies at the counter of the agency, for every clerk there",
    "documents.SecretArrival.recorded_by": PAST,
    "exports.Export.ordered_by": "a book being printed for who ordered it; ordered again in a minute",
    "files.Attachment.added_by": PAST,
    "files.Attachment.removed_by": PAST,
    "files.StoredFile.post": PAST,
    "journal.Event.own_post": PAST,
    "journal.Event.post": PAST,
    "notifications.Notice.post": "the work of which it tells is declared; the taker gets a notice of their own",
    "organisation.Absence.post": WITH_THE_POST,
    "organisation.Delegation.giver": WITH_THE_POST,
    "organisation.Delegation.receiver": "may not be passed on (NĐ 30/2020 Điều 13); lapses with the post",
    "organisation.TakeOver.giver": PAST,
    "organisation.TakeOver.ordered_by": PAST,
    "organisation.TakeOver.taker": "what waits is refused on its day when the taker has gone, and says so",
    "outgoing.Correction.post": PAST,
    "outgoing.Dispatch.sent_by": PAST,
    "outgoing.DraftComment.post": PAST,
    "outgoing.DraftComment.resolved_by": PAST,
    "outgoing.DraftReader.audience": READER,
    "outgoing.DraftVersion.post": PAST,
    "outgoing.OutgoingDocument.issued_by": PAST,
    "outgoing.OutgoingReader.audience": READER,
    "outgoing.OutgoingReader.read_by": PAST,
    "outgoing.Recall.post": PAST,
    "outgoing.Recipient.post": "a copy to be read; asks nothing by a date, and the unit's register has it",
    "outgoing.Replacement.post": PAST,
    "outgoing.ReviewStep.done_by": PAST,
    "outgoing.Signature.post": PAST,
    "registers.Entry.entered_by": PAST,
    "registers.EntryEnd.by": PAST,
    "registers.EntryReader.audience": READER,
    "payments.Discrepancy.resolved_by": PAST,
    "payments.Payment.taken_by": PAST,
    "payments.Receipt.issued_by": PAST,
    "payments.Reconciliation.made_by": PAST,
    "payments.Refund.asked_by": PAST,
    "procedures.Competence.post": "the officer of a sector; the desk's step goes to the unit once the post has ended",
    "procedures.ProcedureVersion.made_by": PAST,
    "procedures.ProcedureVersion.published_by": PAST,
    "queueing.ServicePoint.post": "a seat for the day; whoever comes sits down, and the night frees it",
    "queueing.Ticket.post": PAST,
    "stationery.TemplateVersion.published_by": PAST,
    "tasks.Assignment.post": PAST,
    "tasks.Cancellation.post": PAST,
    "tasks.Escalation.audience": PAST,
    "tasks.Extension.asked_by": "the answer goes to whoever does the task then",
    "tasks.Extension.decided_by": PAST,
    "tasks.ProgrammeReader.audience": READER,
    "tasks.Reminder.post": "goes with its task: the assigner's to the taker, personal ones end",
    "tasks.Report.post": PAST,
    "tasks.Return.post": PAST,
    "tasks.SendBack.post": PAST,
    "tasks.Suspension.post": PAST,
    "tasks.TaskReader.audience": READER,
    "workfiles.CopyUse.allowed_by": PAST,
    "workfiles.CopyUse.given_by": PAST,
    "workfiles.CopyUse.returned_to": PAST,
    "workfiles.CopyUse.user": "a paper in a person's hand: it is brought back, not handed on; the register shows it",
    "workfiles.FilePlan.approved_by": PAST,
    "workfiles.FilePlan.author": "every drafter of the agency goes on with the list",
    "workfiles.Filing.filed_by": PAST,
    "workfiles.Filing.removed_by": PAST,
    "workfiles.HandOver.giver": "waits for the archivist; what is returned comes back to the keeper of the file",
    "workfiles.HandOver.receiver": PAST,
    "workfiles.WorkFile.opened_by": PAST,
    "workfiles.WorkFileReader.audience": READER,
}


def _columns() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is Post or (isinstance(field, models.BigIntegerField) and field.name in AUDIENCES)
    }


def _declared() -> set[str]:
    return {column for kind in holdings.kinds() for column in kind.covers}


def test_every_column_that_names_a_post_is_declared_or_excused() -> None:
    assert sorted(_columns() - _declared() - set(EXCUSED)) == []


def test_nothing_is_declared_or_excused_that_is_not_there() -> None:
    assert sorted((_declared() | set(EXCUSED)) - _columns()) == []
    assert sorted(_declared() & set(EXCUSED)) == []
