"""Recognising letters in scans, by ocrmypdf or tesseract with Vietnamese, where one is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lienthong.files import sandbox
from lienthong.files.extract_text import PAGE_BREAK, clean
from lienthong.kernel.refusal import Refusal

SECONDS_A_PAGE = 120
WIDTH = 2480  # A4 at 300 dpi
_LANGUAGE = re.compile(r"^vie$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Engine:
    """Phần mềm nhận dạng chữ: its name and where it lies."""

    name: str
    program: str

    def command(self, image: Path, text: Path) -> Sequence[str]:
        """Return the command that writes the letters of a picture into ``text``."""
        if self.name == "ocrmypdf":
            options = ["--quiet", "-l", "vie", "--image-dpi", "300", "--deskew", "--rotate-pages", "--jobs", "1"]
            return [self.program, *options, "--output-type", "none", "--sidecar", str(text), str(image), "-"]
        return [self.program, str(image), str(text.with_suffix("")), "-l", "vie", "--dpi", "300"]


@cache
def engine() -> Engine | None:
    """Return the engine that is installed with Vietnamese, ocrmypdf (which straightens pages) before bare tesseract."""
    tesseract = shutil.which("tesseract")
    if tesseract is None or not _reads_vietnamese(tesseract):
        return None
    straightening = shutil.which("ocrmypdf")
    return Engine("ocrmypdf", straightening) if straightening else Engine("tesseract", tesseract)


def _reads_vietnamese(tesseract: str) -> bool:
    try:
        listed = subprocess.run(  # noqa: S603 - a program found on the path, fixed arguments
            [tesseract, "--list-langs"], capture_output=True, timeout=20, check=False, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return _LANGUAGE.search(listed.stdout + listed.stderr) is not None


def pages(path: Path, kind: str, count: int, by: Engine) -> Iterator[str]:
    """Give the letters of each page, one page at a time."""
    for number in range(1, max(1, count) + 1):
        with tempfile.TemporaryDirectory() as directory:
            image, text = Path(directory) / "page.png", Path(directory) / "page.txt"
            sandbox.run("page", seconds=60, path=str(path), kind=kind, number=number, width=WIDTH, to=str(image))
            yield _letters(by, image, text)


def _letters(by: Engine, image: Path, text: Path) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, our own temporary files
            by.command(image, text), capture_output=True, timeout=SECONDS_A_PAGE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refusal("Nhận dạng chữ một trang mất quá nhiều thời gian nên đã dừng lại.") from error
    if done.returncode or not text.exists():
        raise Refusal("Phần mềm nhận dạng chữ không đọc được một trang của tệp này.")
    return clean(text.read_text("utf-8", "replace").replace("\f", "\n"))


def joined(texts: Sequence[str]) -> str:
    """Return the pages as one text, parted by form feeds."""
    return PAGE_BREAK.join(texts).strip("\n")
