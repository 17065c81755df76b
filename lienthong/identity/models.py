"""The account with which a person signs in."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """Tài khoản: what a person signs in with. What they may do hangs on the posts of their ``Officer``."""

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
