from lienthong.documents.models.book import Book, SecretArrival
from lienthong.documents.models.incoming import Forwarding, IncomingDocument, IncomingReader, Instruction
from lienthong.documents.models.intake import Intake
from lienthong.documents.models.routing import InstructionTemplate, StandingRule
from lienthong.documents.models.waiting import AgencyLimit, Step, Wait

__all__ = [
    "AgencyLimit",
    "Book",
    "Forwarding",
    "IncomingDocument",
    "IncomingReader",
    "Instruction",
    "InstructionTemplate",
    "Intake",
    "SecretArrival",
    "StandingRule",
    "Step",
    "Wait",
]
