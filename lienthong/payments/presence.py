"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.kernel import rights, subjects
from lienthong.kernel.subjects import SubjectKind
from lienthong.notifications import kinds as notice_kinds
from lienthong.payments import notices, sentences
from lienthong.payments import subjects as here
from lienthong.payments.models import Discrepancy
from lienthong.payments.models.seen import COLLECT, READ, RECONCILE
from lienthong.ui import menu


def declare() -> None:
    """Declare subjects, rights, sentences, notices and the menu."""
    sentences.declare_sentences()
    kind = SubjectKind
    subjects.declare(kind("charge", "Khoản thu", here.describe_charges, here.sees_charge))
    subjects.declare(kind("payment", "Lần thanh toán", here.describe_payments, here.sees_payment))
    subjects.declare(kind("discrepancy", "Sai lệch thanh toán", here.describe_discrepancies, here.sees_discrepancy))
    subjects.declare(kind("reconciliation", "Lần đối soát", here.describe_reconciliations, here.sees_reconciliation))
    rights.declare(COLLECT, "Thu phí, lệ phí tại quầy")
    rights.declare(READ, "Xem số thu phí, lệ phí của cơ quan mình")
    rights.declare(RECONCILE, "Đối soát thu phí, lệ phí")
    for word, meaning in notices.KINDS.items():
        notice_kinds.declare(word, meaning)
    _declare_menu()


def _declare_menu() -> None:
    entry = menu.MenuEntry
    menu.declare(
        entry(
            key="takings",
            label="Thu phí, lệ phí",
            icon="cash",
            url_name="payments:takings",
            right=READ,
            order=45,
        )
    )
    menu.declare(
        entry(
            key="reconciliation",
            label="Đối soát",
            icon="scale",
            url_name="payments:reconciliation",
            right=RECONCILE,
            order=10,
            parent="takings",
            counted=lambda actor: Discrepancy.objects.visible_to(actor).open(),
        )
    )
