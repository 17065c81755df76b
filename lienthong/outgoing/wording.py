"""One wording of a draft as a value, and what cannot be a wording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from lienthong.documents.extraction import secrecy_mark
from lienthong.formatting.official import Appendix
from lienthong.kernel.legacy_encodings import repair
from lienthong.kernel.refusal import Refusal
from lienthong.kernel.vietnamese import nfc

LONGEST_BODY = 2_000_000
MARKED = "Nội dung mang dấu mật. Văn bản mật không được soạn thảo, lưu giữ ở đây; hãy xóa và soạn ngoài hệ thống."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What somebody wrote: the abstract, to whom, the body in the light markup, and the appendices."""

    abstract: str
    addressees: tuple[str, ...] = ()
    body: str = ""
    appendices: tuple[Appendix, ...] = ()

    def appendices_json(self) -> list[dict[str, str]]:
        """Return the appendices as they are stored."""
        return [asdict(one) for one in self.appendices]


def appendices_of(stored: Iterable[dict[str, str]]) -> tuple[Appendix, ...]:
    """Return stored appendices as values."""
    return tuple(Appendix(**one) for one in stored)


def checked(wording: Wording) -> Wording:
    """Return the wording in NFC and out of old encodings. Refuses an empty or over-long abstract, a body beyond two
    million letters, and what bears a mark of secrecy.
    """
    abstract = " ".join(_clean(wording.abstract).split())
    if not abstract:
        raise Refusal("Hãy ghi trích yếu: văn bản nói về việc gì.", field="abstract")
    if len(abstract) > 500:
        raise Refusal(f"Trích yếu dài {len(abstract)} chữ, tối đa 500. Hãy viết gọn lại.", field="abstract")
    body = _clean(wording.body).replace("\r\n", "\n").rstrip()
    if len(body) > LONGEST_BODY:
        raise Refusal("Nội dung quá dài (trên 2 triệu chữ). Hãy chuyển phần dài thành tệp kèm theo.", field="body")
    if secrecy_mark(body):
        raise Refusal(MARKED, field="body")
    addressees = tuple(line for one in wording.addressees if (line := " ".join(_clean(one).split())[:300]))
    appendices = tuple(
        Appendix(
            title=_clean(one.title).strip()[:100], caption=_clean(one.caption).strip()[:500], body=_clean(one.body)
        )
        for one in wording.appendices
    )
    return Wording(abstract=abstract, addressees=addressees, body=body, appendices=appendices)


def digest(parts: dict[str, Any]) -> str:
    """Return the SHA-256 of what is signed, as canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _clean(text: str) -> str:
    return nfc(repair(text.replace("\x00", ""))[0])
