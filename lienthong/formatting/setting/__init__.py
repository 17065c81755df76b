"""Setting an official document: its pages (PDF/A-2b), one of them as a picture, and the same as DOCX."""

from lienthong.formatting.setting.pages import set_pages
from lienthong.formatting.setting.pictures import page_count, page_png, preview_png
from lienthong.formatting.setting.word import as_docx

__all__ = ["as_docx", "page_count", "page_png", "preview_png", "set_pages"]
