"""The demo's one-click entrance, which does not exist anywhere else.

Three locks, each enough: the address is routed only when ``settings.DEMO``; this operation asks the setting again; and
the database must bear the mark that everything in it is invented, which can be set only while nobody real is in it.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction

from lienthong.identity.models import DemoMark, User
from lienthong.kernel.refusal import Forbidden, Refusal


@transaction.atomic
def mark_as_demo(*, at: dt.datetime) -> None:
    """Mark the database as invented; refuses where a real account exists. Marking twice is marking once."""
    if User.objects.filter(is_demo=False).exists():
        raise Refusal(
            "Cơ sở dữ liệu này đã có tài khoản thật, nên không thể dùng làm dữ liệu thử. Hãy dùng thư mục khác."
        )
    DemoMark.objects.get_or_create(pk=1, defaults={"marked_at": at})


def require_demo_user(pk: int) -> User:
    """Return the demo person to sign in as; refuses outside demo mode, on unmarked data, and for real accounts."""
    if not settings.DEMO or not DemoMark.objects.exists():
        raise Forbidden("Chỉ bản dùng thử mới đổi vai bằng một lần bấm. Hãy đăng nhập bằng tài khoản của bạn.")
    user = User.objects.filter(pk=pk, is_demo=True, is_active=True).first()
    if user is None:
        raise Forbidden("Không có người dùng thử này. Hãy chọn trong danh sách.")
    return user
