"""PDFs through PDFium. Loaded where a PDF is at hand, in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2

from lienthong.files.archives import damaged
from lienthong.files.kinds import limit
from lienthong.kernel.refusal import Refusal


def page_texts(path: Path) -> Iterator[str]:
    """Give the text layer of each page; letters beyond the limit are not read."""
    letters = 0
    with open_pdf(path, path.name) as document:
        for number in range(min(len(document), limit("pages"))):
            page = document[number]
            content = page.get_textpage()
            text = str(content.get_text_bounded())
            content.close()
            page.close()
            letters += len(text)
            yield text
            if letters > limit("text"):
                return


def open_pdf(path: Path, name: str) -> Any:
    """Open a PDF with PDFium; refuses one that is locked or damaged."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error) or "ecurity" in str(error):
            message = f"Tệp “{name}” đặt mật khẩu mở: hãy gỡ mật khẩu rồi tải lên lại."
            raise Refusal(message, field="file") from error
        raise damaged(name) from error
