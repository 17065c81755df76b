"""What an officer chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from lienthong.notifications.kinds import kinds
from lienthong.notifications.models import Preference


class PreferenceForm(forms.Form):
    """Which kinds by e-mail, and when."""

    by_email = forms.MultipleChoiceField(
        label="Gửi thư điện tử khi có", required=False, widget=forms.CheckboxSelectMultiple
    )
    digest = forms.BooleanField(
        label="Gửi bản tin việc của tôi lúc 7 giờ mỗi ngày làm việc", required=False, initial=True
    )
    quiet = forms.BooleanField(
        label="Chỉ gửi trong giờ làm việc",
        required=False,
        initial=True,
        help_text="Ban đêm, ngày nghỉ và ngày lễ thì chờ tới đầu giờ làm việc; việc khẩn vẫn gửi ngay.",
    )
    sms = forms.BooleanField(label="Nhắn tin tới điện thoại khi có việc khẩn", required=False, initial=True)

    @classmethod
    def of(cls, preference: Preference | None, data: Mapping[str, Any] | None) -> PreferenceForm:
        """Return the form with what the officer chose before; what they never chose as each kind says by itself."""
        on = set(preference.email_on) if preference else set()
        off = set(preference.email_off) if preference else set()
        initial: dict[str, object] = {
            "by_email": [k.kind for k in kinds() if (k.by_email or k.kind in on) and k.kind not in off]
        }
        if preference:
            initial |= {"digest": preference.digest, "quiet": preference.quiet, "sms": preference.sms}
        form = cls(data, initial=initial)
        form.fields["by_email"].choices = [(kind.kind, kind.name) for kind in kinds()]  # type: ignore[attr-defined]  # a choice field
        return form
