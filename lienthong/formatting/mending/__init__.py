"""Mending what a check found, where the mend is certain: in a DOCX, or in the text form of a document."""

from lienthong.formatting.mending.docx import mend_docx
from lienthong.formatting.mending.official import mend_official

__all__ = ["mend_docx", "mend_official"]
