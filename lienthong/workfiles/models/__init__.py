from lienthong.workfiles.models.copies import CopyUse
from lienthong.workfiles.models.file import Filing, WorkFile, WorkFileReader
from lienthong.workfiles.models.handover import HandOver, HandOverItem
from lienthong.workfiles.models.plan import FilePlan, Heading, PlannedFile

__all__ = [
    "CopyUse",
    "FilePlan",
    "Filing",
    "HandOver",
    "HandOverItem",
    "Heading",
    "PlannedFile",
    "WorkFile",
    "WorkFileReader",
]
