"""Accounts, how they come into being, and the mark of demo data."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Tài khoản: what a person signs in with. What they may do hangs on the posts of their ``Officer``.

    ``is_demo`` marks an invented person of the demo province: only such an account can be entered by one click.
    """

    is_demo = models.BooleanField("người dùng thử", default=False)

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"


class Invitation(models.Model):
    """Thư mời lập tài khoản: lets one person, once and until a day, set the password of an account made for them.

    The letter carries a signed token with ``nonce``; sending again makes a new nonce, so that only the newest letter
    opens the door.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation")
    email = models.EmailField("thư điện tử")
    nonce = models.CharField(max_length=43)
    sent_at = models.DateTimeField()
    sent_count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="invitation_accepted_or_revoked"
            )
        ]


class PasswordLink(models.Model):
    """Đường dẫn đặt lại mật khẩu: lets the holder of an account, once and until a moment, set a new password.

    An administrator issues it for who forgot theirs where no letter can reach them. The address carries a signed token
    with ``nonce``; an account has at most one link that still opens.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="password_links")
    nonce = models.CharField(max_length=43)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    is_void = models.BooleanField("đã bỏ", default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(used_at=None, is_void=False), name="password_link_one_open"
            )
        ]


class DemoMark(models.Model):
    """Dấu dữ liệu dùng thử: its one row says that everybody and everything in this database is invented."""

    marked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="demo_mark_is_one")]
