"""What to do with each kind of difference, in a sentence."""

from __future__ import annotations

from lienthong.payments.models import Discrepancy

Kind = Discrepancy.Kind
ADVICE: dict[str, str] = {
    Kind.AMOUNT: "Xem lại sao kê. Nhận thừa: ghi nhận đã nộp, trả phần thừa qua cổng. Nhận thiếu: trả lại rồi thu lại.",
    Kind.DUPLICATE: "Người nộp đã trả hai lần. Mở lần thanh toán và hoàn lại phần nộp trùng.",
    Kind.UNKNOWN: "Không có yêu cầu nào mang mã này. Hỏi cổng thanh toán tiền này của ai, rồi trả lại qua cổng.",
    Kind.TRANSACTION: "Cổng dùng một mã giao dịch cho hai lần thanh toán. Hỏi cổng lần nào đúng trước khi ghi nhận.",
    Kind.MISSING_HERE: "Cổng đã thu mà tin báo chưa tới. Đúng số tiền thì ghi nhận đã nộp.",
    Kind.MISSING_THERE: "Có thể nằm ở bảng kê ngày sau. Đối soát lại kỳ sau; vẫn thiếu thì hỏi cổng.",
}


def advice(kind: str) -> str:
    """Return what to do."""
    return ADVICE[kind]
