"""The nouns of cases."""

from lienthong.cases.models.case import Case, CasePaper, CaseReader, HandOver
from lienthong.cases.models.course import (
    Apology,
    Consultation,
    Decline,
    Extension,
    HandBack,
    LinkedCase,
    ResultPaper,
    Supplement,
    Suspension,
    Withdrawal,
)
from lienthong.cases.models.figures import CaseFigure, MonthlyFigure
from lienthong.cases.models.issued import IssuedPaper
from lienthong.cases.models.opinion import Complaint, Rating
from lienthong.cases.models.ruling import ReceptionRule
from lienthong.cases.models.talk import Message

__all__ = [
    "Apology",
    "Case",
    "CaseFigure",
    "CasePaper",
    "CaseReader",
    "Complaint",
    "Consultation",
    "Decline",
    "Extension",
    "HandBack",
    "HandOver",
    "IssuedPaper",
    "LinkedCase",
    "Message",
    "MonthlyFigure",
    "Rating",
    "ReceptionRule",
    "ResultPaper",
    "Supplement",
    "Suspension",
    "Withdrawal",
]
