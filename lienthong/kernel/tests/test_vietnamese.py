import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel import vietnamese

vietnamese_text = st.text(alphabet="aàảãáạăằâấđĐeêệiíoòôốơớuùưứyỳ bcghklmnpqrstvx-,.0129AÀHK\u0301\u0323", max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"), ("thủy", "thuỷ"), ("khỏe", "khoẻ"), ("HÓA", "HOÁ"), ("ủy ban", "uỷ ban"), ("xoè", "xòe"),
        ("hoạ", "họa"), ("hoàn", "hòan"), ("toán", "tóan"), ("khuỷu", "khủyu"), ("loà", "lòa"), ("luỹ", "lũy"),
    ],
)  # fmt: skip
def test_both_tone_placements_become_one(one: str, other: str) -> None:
    assert vietnamese.canonical_tones(one) == vietnamese.canonical_tones(other)


@pytest.mark.parametrize(
    "word",
    [
        "quý", "giá", "hòa", "hoàn", "thủy", "thuyền", "của", "mía", "nghĩa", "khuya", "quỳnh", "huỳnh", "gì", "giếng",
        "giữa", "giỏi", "rượu", "thuở", "khoẻo", "quốc", "quả", "khóa", "khoản", "yếu", "được", "đường", "việt", "cứu",
        "hoài", "khuếch", "toàn", "ngoéo", "hội", "người", "gìn", "quyết", "ủy",
    ],
)  # fmt: skip
def test_right_spellings_stay(word: str) -> None:
    assert vietnamese.canonical_tones(word) == vietnamese.canonical_tones(word.upper())
    assert vietnamese.canonical_tones(word) == word


def test_y_and_i_are_not_merged() -> None:
    assert vietnamese.canonical_tones("lý") != vietnamese.canonical_tones("lí")
    assert vietnamese.canonical_tones("Lý") == "lý"


def test_decomposed_text_equals_composed_text() -> None:
    decomposed = unicodedata.normalize("NFD", "Hoà Bình, Đắk Nông")
    assert vietnamese.nfc(decomposed) == "Hoà Bình, Đắk Nông"
    assert vietnamese.fold(decomposed) == "hoa binh, dak nong"
    assert vietnamese.canonical_tones(decomposed) == "hòa bình, đắk nông"
    assert vietnamese.sort_key(decomposed) == vietnamese.sort_key("Hòa Bình, Đắk Nông")
    assert vietnamese.words(decomposed) == ["Hoà", "Bình", "Đắk", "Nông"]


def test_the_alphabet_is_the_vietnamese_one() -> None:
    names = ["an", "ăn", "ân", "ba", "ca", "da", "đa", "em", "êm", "ga", "no", "nô", "nơ", "pa", "tu", "tư", "va", "ya"]
    assert sorted(set(names), key=vietnamese.sort_key) == names


def test_tones_follow_the_letters_in_the_order_of_dictionaries() -> None:
    syllables = ["ma", "mà", "mả", "mã", "má", "mạ", "man", "màn", "mát", "may", "mặt", "mất"]
    assert sorted(set(syllables), key=vietnamese.sort_key) == syllables


def test_names_sort_syllable_by_syllable() -> None:
    names = ["Ba Đình", "Ba Vì", "Bà Rịa", "Bá Thước", "Bắc Giang", "Bến Tre", "Bình Định", "Bình Thuận", "Cà Mau"]
    names += ["Đắk Lắk", "Đắk Nông", "Đồng Nai", "Hà Nội", "Phú Thọ", "Quận 1", "Quận 2", "Yên Bái"]
    assert sorted(set(names), key=vietnamese.sort_key) == names


def test_the_key_orders_the_same_as_bytes() -> None:
    names = ["ưa", "uy", "Đà", "da", "é", "ê", "9", "a-b", "zebra", "Ω"]
    by_text = sorted(names, key=vietnamese.sort_key)
    assert by_text == sorted(names, key=lambda name: vietnamese.sort_key(name).encode())


@given(vietnamese_text)
def test_forms_are_stable(text: str) -> None:
    for form in (vietnamese.nfc, vietnamese.fold, vietnamese.canonical_tones):
        assert form(form(text)) == form(text)
    assert vietnamese.fold(vietnamese.canonical_tones(text)) == vietnamese.fold(text)
    assert vietnamese.sort_key(text) == vietnamese.sort_key(unicodedata.normalize("NFD", text))
    assert len(vietnamese.canonical_tones(text)) == len(vietnamese.nfc(text))


@given(st.text(max_size=80))
def test_any_text_can_be_folded_and_sorted(text: str) -> None:
    assert "\x00" not in vietnamese.sort_key(text)
    assert vietnamese.fold(text) == vietnamese.fold(vietnamese.nfc(text))


@pytest.mark.parametrize("word", ["nghiêng", "Quyết", "định", "UỶ", "gì", "quýt", "khuya", "ương", "ở", "giặc", "quốc"])
def test_syllables_are_known(word: str) -> None:
    assert vietnamese.is_syllable(word)


@pytest.mark.parametrize("word", ["", "cat", "bgddt", "wifi", "zô", "tìc", "nghuếng"])
def test_other_words_are_not(word: str) -> None:
    assert not vietnamese.is_syllable(word)
