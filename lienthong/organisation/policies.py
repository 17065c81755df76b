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
