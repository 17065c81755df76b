"""The verbs of cases."""

from lienthong.cases.operations.consulting import answer, call_off, consult
from lienthong.cases.operations.ending import hand_over, withdraw, write_result
from lienthong.cases.operations.passing import pass_on
from lienthong.cases.operations.promising import apologise, extend
from lienthong.cases.operations.receiving import Given, Incomplete, Reception, receive, submit
from lienthong.cases.operations.stepping import act, name_officer, take
from lienthong.cases.operations.undoing import undo
from lienthong.cases.operations.waiting import lapse_all, request_supplement, resume, supply, suspend

__all__ = [
    "Given",
    "Incomplete",
    "Reception",
    "act",
    "answer",
    "apologise",
    "call_off",
    "consult",
    "extend",
    "hand_over",
    "lapse_all",
    "name_officer",
    "pass_on",
    "receive",
    "request_supplement",
    "resume",
    "submit",
    "supply",
    "suspend",
    "take",
    "undo",
    "withdraw",
    "write_result",
]
