"""Pages as pictures: a page of a PDF or a picture, drawn anew at a given width. Runs in the sandbox."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from lienthong.files.kinds import Kind, limit
from lienthong.files.pdf import open_pdf
from lienthong.kernel.refusal import Refusal

TALLEST = 16_000
WIDEST = 4_000


def render(path: Path, kind: Kind, number: int, *, width: int, to: Path) -> int:
    """Draw page ``number`` (from 1) into ``to`` (WebP, or PNG where its name says so); return the count of pages."""
    image, pages = _pdf_page(path, number, width) if kind.code == "pdf" else _picture(path, kind, number)
    with image:
        if image.width > width:
            image.thumbnail((width, TALLEST))
        if image.mode not in {"RGB", "L"}:
            image = _on_white(image)
        if to.suffix == ".png":
            image.save(to, "PNG")
        else:
            image.save(to, "WEBP", quality=82, method=2)
    return pages


def _pdf_page(path: Path, number: int, width: int) -> tuple[Image.Image, int]:
    with open_pdf(path, path.name) as document:
        pages = len(document)
        if not 1 <= number <= pages:
            raise Refusal(f"Tệp chỉ có {pages} trang.")
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(min(width, WIDEST) / max(across, 1), TALLEST / max(down, 1))
        image: Image.Image = page.render(scale=scale).to_pil()
        return image.convert("RGB"), pages


def _picture(path: Path, kind: Kind, number: int) -> tuple[Image.Image, int]:
    Image.MAX_IMAGE_PIXELS = limit("pixels")
    with Image.open(path, formats=[kind.image]) as image:
        pages = int(getattr(image, "n_frames", 1))
        if not 1 <= number <= pages:
            raise Refusal(f"Tệp chỉ có {pages} trang.")
        image.seek(number - 1)
        turned = ImageOps.exif_transpose(image)
        return turned.copy(), pages


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours, what was transparent being white."""
    coloured = image.convert("RGBA")
    ground = Image.new("RGB", coloured.size, "white")
    ground.paste(coloured, mask=coloured.getchannel("A"))
    return ground
