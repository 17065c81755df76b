from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.files.names import LONGEST, clean_name


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Quyết định 119.pdf", "Quyết định 119.pdf"),
        (unicodedata.normalize("NFD", "Kế hoạch.docx"), "Kế hoạch.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\công văn.PDF", "công văn.pdf"),
        ("anh\u202egnp.exe.pdf", "anhgnp.exe.pdf"),
        ("a\x00b\x1f\u200bc\ufeff.txt", "abc.txt"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.txt"),
        ("", "tep"),
        ("   ...  ", "tep"),
        (".pdf", "pdf"),
        ("con.txt", "_con.txt"),
        ("nul", "_nul"),
        ('"<b>".txt', "__b__.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
    ],
)
def test_a_name_is_one_quiet_line(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=400))
def test_any_name_becomes_short_visible_composed_and_stays_so(name: str) -> None:
    kept = clean_name(name)
    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set('/\\<>:"|?*\r\n')
    assert all(unicodedata.category(letter)[0] != "C" for letter in kept)
    assert unicodedata.is_normalized("NFC", kept)
    assert clean_name(kept) == kept
