"""Who may do what with templates and letterheads. ``None`` is the system itself (loading, commands)."""

from __future__ import annotations

from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Unit
from lienthong.stationery.models import DocumentTemplate
from lienthong.stationery.models.template import ADMINISTER

KEEP = "stationery.keep"
"""To keep the templates and the letterhead of the own unit."""


def keeps_unit(actor: Actor, unit: Unit) -> bool:
    """Tell whether a unit's stationery is the actor's to keep: the own unit, its parts, the agency an office serves."""
    own = actor.post.unit
    if unit.pk == own.pk or (own.is_agency and unit.agency_id == own.pk):
        return True
    return own.kind == Unit.Kind.OFFICE and own.agency_id is not None and unit.agency_id == own.agency_id


def can_administer(actor: Actor | None) -> bool:
    """Tell whether the actor keeps the stationery of everybody."""
    return actor is None or actor.can(ADMINISTER)


def can_keep(actor: Actor | None, owner: Unit | None) -> bool:
    """Tell whether the actor may make and change what belongs to a unit (None: to everybody)."""
    if can_administer(actor):
        return True
    return actor is not None and owner is not None and actor.can(KEEP) and keeps_unit(actor, owner)


def can_change(actor: Actor | None, template: DocumentTemplate) -> bool:
    """Tell whether the actor may edit, publish and retire a template."""
    return can_keep(actor, template.owner)


def require_keeper(actor: Actor | None, owner: Unit | None) -> None:
    """Refuse whoever may not change what belongs to a unit."""
    if not can_keep(actor, owner):
        whose = f"của {owner}" if owner else "dùng chung"
        raise Forbidden(
            f"Bạn không được sửa mẫu văn bản {whose}. Hãy sao chép thành mẫu của đơn vị, hoặc báo quản trị."
        )


def require_head_keeper(actor: Actor | None, unit: Unit) -> None:
    """Refuse whoever may not set the letterhead of a unit."""
    if not can_keep(actor, unit):
        raise Forbidden(f"Bạn không được đặt phần đầu văn bản của {unit}. Hãy báo văn thư hoặc quản trị của đơn vị đó.")
