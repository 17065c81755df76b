"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.kernel import rights
from lienthong.organisation.actor import Actor
from lienthong.queueing import sentences
from lienthong.queueing.models import Ticket
from lienthong.queueing.models.hall import ARRANGE, SERVE
from lienthong.queueing.models.ticket import TicketQuerySet
from lienthong.ui import menu


def declare() -> None:
    """Declare rights, sentences and the menu."""
    sentences.declare_sentences()
    rights.declare(SERVE, "Gọi số, phục vụ tại quầy của Bộ phận Một cửa")
    rights.declare(ARRANGE, "Sắp xếp quầy, nhóm, thiết bị và lịch hẹn của Bộ phận Một cửa")
    entry = menu.MenuEntry
    menu.declare(
        entry(
            key="queue", label="Xếp hàng", icon="users-group", url_name="queueing:queue", right=SERVE, order=44,
            counted=_waiting,
        )
    )  # fmt: skip
    menu.declare(
        entry(
            key="appointments", label="Lịch hẹn", icon="calendar-time", url_name="queueing:appointments", right=SERVE,
            order=10, parent="queue",
        )
    )  # fmt: skip
    menu.declare(
        entry(
            key="hall", label="Quầy và thiết bị", icon="layout-board", url_name="queueing:hall", right=ARRANGE,
            order=20, parent="queue",
        )
    )  # fmt: skip


def _waiting(actor: Actor) -> TicketQuerySet:
    return Ticket.objects.visible_to(actor).waiting()  # those of days before are ended in the night
