"""Who may call people and who may arrange the hall. ``None`` is the system itself."""

from __future__ import annotations

from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.queueing.models import ServicePoint, Ticket
from lienthong.queueing.models.hall import ARRANGE, SERVE


def serves_in(actor: Actor, unit_pk: int) -> bool:
    """Tell whether the actor serves in a hall."""
    return actor.can(SERVE) and actor.post.unit_id == unit_pk


def can_arrange(actor: Actor | None, unit: Unit) -> bool:
    """Tell whether the actor arranges a hall: their own."""
    return actor is None or (actor.can(ARRANGE) and actor.post.unit_id == unit.pk)


def require_arranger(actor: Actor | None, unit: Unit) -> None:
    """Refuse whoever does not arrange this hall."""
    if not can_arrange(actor, unit):
        raise Forbidden("Chỉ cán bộ của Bộ phận Một cửa này được sắp xếp quầy, nhóm và thiết bị ở đây.")


def require_server(actor: Actor, unit_pk: int) -> None:
    """Refuse whoever does not serve in this hall."""
    if not serves_in(actor, unit_pk):
        raise Forbidden("Chỉ cán bộ của Bộ phận Một cửa này được gọi số ở đây.")


def require_seat(actor: Actor, point: ServicePoint) -> None:
    """Refuse whoever does not sit at this counter."""
    require_server(actor, point.unit_id)
    if point.post_id != actor.post.pk:
        raise Forbidden(f"Bạn chưa ngồi {str(point).lower()}. Hãy chọn quầy của mình trước khi gọi số.")


def require_hand(actor: Actor, ticket: Ticket) -> None:
    """Refuse whoever is not the one at whose counter this person is."""
    require_server(actor, ticket.unit_id)
    if ticket.point is None or ticket.point.post_id != actor.post.pk:
        raise Forbidden(f"Số {ticket.code} không ở quầy của bạn. Hãy tải lại trang.")
