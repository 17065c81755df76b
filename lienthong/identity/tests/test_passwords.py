"""What a weak password is refused with."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lienthong.identity.models import User


@pytest.mark.parametrize(
    ("word", "why"), [("123", "ít nhất 10 ký tự"), ("1234567890", "phổ biến"), ("lan.doan.1", "giống")]
)
def test_a_weak_password_is_refused_in_vietnamese(word: str, why: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(word, User(username="lan.doan.12"))
    said = " ".join(refused.value.messages)
    assert why in said
    assert "password" not in said
