"""What happened to charges, payments and discrepancies, in words for a timeline."""

from __future__ import annotations

from lienthong.journal.models import Event
from lienthong.journal.sentences import declare
from lienthong.ui.formats import dong


def declare_sentences() -> None:
    """Declare the sentence of each kind."""
    declare("charge.made", lambda e: f"yêu cầu nộp {_fee(e)}")
    declare("charge.free", lambda e: f"không thu khoản “{e.particulars['name']}”: {e.particulars['reason']}")
    declare(
        "charge.amended", lambda e: f"đổi mức thu “{e.particulars['name']}” từ {_dong(e, 'former')} thành {_dong(e)}"
    )
    declare("charge.waived", lambda e: f"miễn {_fee(e)}: {e.particulars['reason']}")
    declare("charge.cancelled", lambda e: f"hủy khoản thu {_fee(e)}: {e.particulars['reason']}")
    declare(
        "payment.started",
        lambda e: f"bắt đầu thanh toán {_dong(e)} qua {e.particulars['gateway']}",
        doer="Người nộp",
    )
    declare("payment.paid", _paid)
    declare("payment.failed", lambda _e: "nhận tin thanh toán không thành công")
    declare("payment.expired", lambda _e: "đóng yêu cầu thanh toán vì quá giờ")
    declare("payment.refund_asked", lambda e: f"yêu cầu hoàn {_dong(e)}: {e.particulars['reason']}")
    declare("payment.refunded", lambda e: f"hoàn {_dong(e)} ({e.particulars['proof']})")
    declare("discrepancy.found", _found)
    declare(
        "discrepancy.resolved", lambda e: f"xử lý sai lệch thanh toán: {e.particulars['way']}, {e.particulars['note']}"
    )
    declare(
        "reconciliation.made", lambda e: "đối soát {lines} dòng của {gateway}, khớp {matched}".format(**e.particulars)
    )


def _dong(event: Event, key: str = "amount") -> str:
    return dong(event.particulars[key])


def _fee(event: Event) -> str:
    return f"“{event.particulars['name']}” {_dong(event)}"


def _paid(event: Event) -> str:
    told = event.particulars
    late = " (cổng báo sau khi yêu cầu đã đóng)" if told["was"] in {"failed", "expired"} else ""
    return f"thu {_dong(event)}, {told['method'].lower()}, biên lai số {told['receipt']}{late}"


def _found(event: Event) -> str:
    told = event.particulars
    theirs = f", cổng báo {dong(told['theirs'])}" if told["theirs"] is not None else ""
    ours = f", ta ghi {dong(told['ours'])}" if told["ours"] is not None else ""
    return f"giữ lại để đối soát: {told['kind'].lower()}{theirs}{ours}"
