"""Letters that must go out at once: the invitation to an account."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from lienthong.identity.models import Invitation
from lienthong.kernel.clock import local

logger = logging.getLogger(__name__)


def send_invitation(full_name: str, invitation: Invitation, address: str) -> bool:
    """Send an invitation; tell whether the mail server took it."""
    told = {
        "full_name": full_name,
        "username": invitation.user.username,
        "address": address,
        "until": f"{local(invitation.expires_at):%H:%M ngày %d/%m/%Y}",
    }
    words = render_to_string("administration/invitation_letter.txt", told)
    letter = EmailMessage("[Liên Thông] Mời lập tài khoản", words, to=[invitation.email])
    try:
        letter.send()
    except (OSError, SMTPException):
        logger.exception("an invitation was not taken by the mail server")
        return False
    return True
