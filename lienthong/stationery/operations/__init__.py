from lienthong.stationery.filling import Filled
from lienthong.stationery.operations.filling import fill, fill_docx, template_docx
from lienthong.stationery.operations.letterheads import end_letterhead, set_letterhead
from lienthong.stationery.operations.loading import load_stationery
from lienthong.stationery.operations.templates import (
    begin_draft,
    begin_template,
    copy_template,
    create_template,
    discard_draft,
    edit_draft,
    publish,
    put_file,
    rename_template,
    restore,
    retire,
    take_file_off,
)

__all__ = [
    "Filled",
    "begin_draft",
    "begin_template",
    "copy_template",
    "create_template",
    "discard_draft",
    "edit_draft",
    "end_letterhead",
    "fill",
    "fill_docx",
    "load_stationery",
    "publish",
    "put_file",
    "rename_template",
    "restore",
    "retire",
    "set_letterhead",
    "take_file_off",
    "template_docx",
]
