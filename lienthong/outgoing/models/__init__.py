from lienthong.outgoing.models.afterwards import Correction, Recall, Replacement
from lienthong.outgoing.models.book import OutgoingBook
from lienthong.outgoing.models.document import Dispatch, OutgoingDocument, OutgoingReader
from lienthong.outgoing.models.draft import Draft, DraftComment, DraftReader, DraftSource, DraftVersion
from lienthong.outgoing.models.long_check import LongCheck
from lienthong.outgoing.models.recipient import Recipient
from lienthong.outgoing.models.review import ReviewStep, Signature

__all__ = [
    "Correction",
    "Dispatch",
    "Draft",
    "DraftComment",
    "DraftReader",
    "DraftSource",
    "DraftVersion",
    "LongCheck",
    "OutgoingBook",
    "OutgoingDocument",
    "OutgoingReader",
    "Recall",
    "Recipient",
    "Replacement",
    "ReviewStep",
    "Signature",
]
