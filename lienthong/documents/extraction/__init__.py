"""What an official document says about itself, read from its text: symbol, issuer, date, abstract, signer, deadlines.

Pure: no database, no clock, no Django. ``extract(text)`` proposes a value for each field with the place where it was
found, so that a person can see it, follow it to its source and correct it. Nothing is ever filled in silently.

A scanned letter is noisy: two columns run together, marks are lost, numbers are handwritten. Each field has its module;
they share the ``Page`` (the text and its skeleton, same length, without marks), the heading's parts and the lexicons
in ``data/lexicons``. Only the heading, the body up to a limit and the signature are read, in linear time.
"""

from lienthong.documents.extraction.deadlines import NamedDeadline
from lienthong.documents.extraction.proposal import Proposal
from lienthong.documents.extraction.reading import Extraction, extract
from lienthong.documents.extraction.secrecy import secrecy_mark
from lienthong.documents.extraction.tasks import ProposedTask

__all__ = ["Extraction", "NamedDeadline", "Proposal", "ProposedTask", "extract", "secrecy_mark"]
