"""Who may change what about the organisation. ``None`` is the system itself (set-up, demo, commands)."""

from __future__ import annotations

from lienthong.kernel.refusal import Forbidden
from lienthong.organisation.actor import Actor
from lienthong.organisation.models import Delegation, Post


def can_administer(actor: Actor | None) -> bool:
    """Tell whether the actor keeps units, people and posts."""
    return actor is None or actor.can("organisation.administer")


def can_invite(actor: Actor | None) -> bool:
    """Tell whether the actor may open, close and invite to accounts."""
    return actor is None or actor.can("identity.invite")


def can_arrange(actor: Actor | None, post: Post) -> bool:
    """Tell whether the actor may say who stands in for a post: its holder in person, or an administrator."""
    return can_administer(actor) or (actor is not None and actor.officer.pk == post.officer_id)


def can_revoke(actor: Actor | None, delegation: Delegation) -> bool:
    """Tell whether the actor may take a delegation back."""
    return can_arrange(actor, delegation.giver)


def require_administrator(actor: Actor | None) -> None:
    """Refuse whoever does not keep the organisation."""
    if not can_administer(actor):
        raise Forbidden("Việc này dành cho người quản trị tổ chức. Hãy nhờ quản trị đơn vị của bạn.")


def require_inviter(actor: Actor | None) -> None:
    """Refuse whoever does not keep accounts."""
    if not can_invite(actor):
        raise Forbidden("Việc mở và khóa tài khoản dành cho người quản trị. Hãy nhờ quản trị đơn vị của bạn.")


def require_arranger(actor: Actor | None, post: Post) -> None:
    """Refuse whoever is neither the holder of the post nor an administrator."""
    if not can_arrange(actor, post):
        raise Forbidden("Chỉ người giữ chức vụ này hoặc người quản trị mới khai được việc thay thế, ủy quyền.")


def can_hand_over(actor: Actor | None, giver: Post) -> bool:
    """Tell whether the actor may put the open work of a post into other hands.

    An administrator; or, by right, the head of the post's unit or of the agency to which it belongs.
    """
    if can_administer(actor) or actor is None:
        return True
    return actor.can("organisation.hand_over") and actor.post.unit_id in {giver.unit_id, giver.unit.agency_id}


def require_handing_over(actor: Actor | None, giver: Post) -> None:
    """Refuse whoever may not put the open work of a post into other hands."""
    if not can_hand_over(actor, giver):
        raise Forbidden(
            "Chỉ người quản trị, lãnh đạo cơ quan hoặc trưởng đơn vị được bàn giao công việc của chức vụ này."
        )
