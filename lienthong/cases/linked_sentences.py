"""What happened to linked cases, in words for their timelines."""

from __future__ import annotations

from lienthong.journal.models import Event
from lienthong.journal.sentences import declare


def declare_sentences() -> None:
    """Declare the sentence of every kind of event of links."""
    declare("case.link_opened", lambda e: f"mở hồ sơ liên thông {e.particulars['code']}: {e.particulars['name']}")
    declare("case.link_waits", lambda e: f"chưa mở được “{e.particulars['name']}”: {e.particulars['why']}")
    declare("case.link_dropped", lambda e: f"bỏ hồ sơ liên thông “{e.particulars['name']}”: {e.particulars['reason']}")
    declare("case.opened_by_link", lambda e: f"mở theo hồ sơ liên thông {e.particulars['code']}")
    declare("case.fed", _fed)
    declare(
        "case.first_ended",
        lambda e: f"ghi nhận hồ sơ trước {e.particulars['code']} đã kết thúc ({e.particulars['how']})",
    )


def _fed(event: Event) -> str:
    papers = event.particulars.get("papers")
    what = f": {'; '.join(papers)}" if papers else ""
    return f"nhận kết quả của hồ sơ {event.particulars['code']}{what}"
