"""The verbs of cases."""

from lienthong.cases.operations.bulk import Outcome, act_on_all, name_officer_for_all, take_all
from lienthong.cases.operations.consulting import answer, call_off, consult
from lienthong.cases.operations.correcting import correct
from lienthong.cases.operations.ending import choose_return, hand_over, withdraw
from lienthong.cases.operations.linking import drop_link, open_linked
from lienthong.cases.operations.opining import answer_complaint, complain, rate
from lienthong.cases.operations.passing import pass_on
from lienthong.cases.operations.promising import apologise, extend
from lienthong.cases.operations.receiving import Given, Incomplete, Reception, receive, submit
from lienthong.cases.operations.rehousing import rehouse
from lienthong.cases.operations.resulting import attach_result, draft_result, write_result
from lienthong.cases.operations.ruling import enter_rule, withdraw_rule
from lienthong.cases.operations.stepping import act, mark_seen, name_officer, take
from lienthong.cases.operations.substituting import hand_to_substitute
from lienthong.cases.operations.talking import read_messages, take_back_message, write_message
from lienthong.cases.operations.undoing import undo
from lienthong.cases.operations.waiting import lapse_all, request_supplement, resume, supply, suspend

__all__ = [
    "Given",
    "Incomplete",
    "Outcome",
    "Reception",
    "act",
    "act_on_all",
    "answer",
    "answer_complaint",
    "apologise",
    "attach_result",
    "call_off",
    "choose_return",
    "complain",
    "consult",
    "correct",
    "draft_result",
    "drop_link",
    "enter_rule",
    "extend",
    "hand_over",
    "hand_to_substitute",
    "lapse_all",
    "mark_seen",
    "name_officer",
    "name_officer_for_all",
    "open_linked",
    "pass_on",
    "rate",
    "read_messages",
    "receive",
    "rehouse",
    "request_supplement",
    "resume",
    "submit",
    "supply",
    "suspend",
    "take",
    "take_all",
    "take_back_message",
    "undo",
    "withdraw",
    "withdraw_rule",
    "write_message",
    "write_result",
]
