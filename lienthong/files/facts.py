"""What is worth knowing of a PDF or a picture, and whether it is made to harm. Runs in the sandbox."""

from __future__ import annotations

import mmap
import re
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from lienthong.files.archives import damaged
from lienthong.files.kinds import Kind, limit
from lienthong.files.pdf import open_pdf
from lienthong.kernel.refusal import Refusal

_OBJECT = re.compile(rb"\d\s+obj\b")
_COUNT = re.compile(rb"/Size\s+(\d{1,15})")
_STREAM = re.compile(rb"stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]{0,300}\]|/\w+)")
_FLATE = re.compile(rb"/(FlateDecode|Fl)\b")


def facts(path: Path, kind: Kind, name: str) -> dict[str, Any]:
    """Open a PDF or a picture and return what is worth knowing; refuses bombs, locked and damaged ones."""
    return _pdf(path, name) if kind.code == "pdf" else _image(path, kind, name)


def _pdf(path: Path, name: str) -> dict[str, Any]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        _check_objects(content, name)
        _check_streams(content, name)
        flags = [word for word in ("JavaScript", "Launch", "EmbeddedFile") if content.find(b"/" + word.encode()) >= 0]
    with open_pdf(path, name) as document:
        pages = len(document)
        if not pages:
            raise damaged(name)
        if pages > limit("pages"):
            raise Refusal(
                f"Tệp “{name}” có {pages} trang, nhiều hơn {limit('pages')} trang được nhận: hãy tách ra rồi gửi.",
                field="file",
            )
        width, height = document.get_page_size(0)
    return {"pages": pages, "width": round(width), "height": round(height), "flags": flags}


def _bomb(name: str) -> Refusal:
    return Refusal(
        f"Tệp “{name}” khi mở sẽ lớn bất thường nên không được nhận: hãy in lại ra PDF rồi tải lên.", field="file"
    )


def _check_objects(content: mmap.mmap, name: str) -> None:
    highest = limit("pdf_objects")
    if any(int(found[1]) > highest for found in _COUNT.finditer(content)):
        raise _bomb(name)
    for number, _ in enumerate(_OBJECT.finditer(content)):
        if number > highest:
            raise _bomb(name)


def _check_streams(content: mmap.mmap, name: str) -> None:
    """Unpack every deflated stream into nothing, counting: the sum has a limit, whatever the file says of itself."""
    most = min(limit("pdf_expanded"), max(limit("pdf_small"), len(content) * limit("pdf_ratio")))
    for found in _STREAM.finditer(content):
        if content[max(0, found.start() - 3) : found.start()] == b"end":
            continue
        dictionary = content[max(0, found.start() - 2000) : found.start()]
        filters = _FILTER.findall(dictionary[dictionary.rfind(b" obj") + 1 :])
        layers = len(_FLATE.findall(filters[-1])) if filters else 0
        if not layers:
            continue
        for piece in _unpacked(content, found.end(), layers):
            most -= piece
            if most < 0:
                raise _bomb(name)


def _unpacked(content: mmap.mmap, start: int, layers: int) -> Iterator[int]:
    """Give the sizes of what comes out of each layer of deflation, piece by piece."""
    pieces: Iterator[bytes] = _inflated(_slices(content, start))
    for _ in range(1, min(layers, 4)):
        pieces = _inflated(pieces)
    for piece in pieces:
        yield len(piece)


def _slices(content: mmap.mmap, start: int) -> Iterator[bytes]:
    for at in range(start, len(content), 65536):
        yield content[at : at + 65536]


def _inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    try:
        for piece in packed:
            rest = piece
            while rest and not inflater.eof:
                out = inflater.decompress(rest, 1 << 20)
                yield out
                rest = inflater.unconsumed_tail
            if inflater.eof:
                return
    except zlib.error:
        return  # not ours to judge: the reader will say whether the page can be shown


def _image(path: Path, kind: Kind, name: str) -> dict[str, Any]:
    Image.MAX_IMAGE_PIXELS = limit("pixels")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=[kind.image]) as image:
                size, frames = image.size, int(getattr(image, "n_frames", 1))
                image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal(
            f"Ảnh “{name}” có quá nhiều điểm ảnh nên không được nhận: hãy giảm độ phân giải (300 dpi là đủ).",
            field="file",
        ) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise damaged(name) from error
    if frames > limit("pages"):
        raise Refusal(f"Ảnh “{name}” có {frames} trang, nhiều hơn mức được nhận: hãy tách ra rồi gửi.", field="file")
    return {"pages": frames, "width": size[0], "height": size[1]}
