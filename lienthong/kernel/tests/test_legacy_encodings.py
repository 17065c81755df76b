import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienthong.kernel.legacy_encodings import repair

HEADING = "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. Ủy ban nhân dân tỉnh Bình Thuận"


def test_tcvn3_becomes_unicode() -> None:
    old = "Céng hßa x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. ñy ban nh©n d©n tØnh B×nh ThuËn"
    assert repair(old) == (HEADING.replace("Ủy", "ủy"), "TCVN3")


def test_capitals_of_the_tcvn3_fonts_are_restored() -> None:
    text, name = repair("QUYÕT §ÞNH VÒ VIÖC BAN HµNH QUY CHÕ do ñy ban nh©n d©n tØnh B×nh ThuËn quyÕt ®Þnh")
    assert name == "TCVN3"
    assert text.startswith("QUYẾT ĐỊNH VỀ VIỆC BAN HÀNH QUY CHẾ do ủy ban nhân dân tỉnh Bình Thuận quyết định")


def test_a_short_word_of_tcvn3_takes_the_case_of_its_neighbours() -> None:
    typed = "ñY BAN NH¢N D¢N\nSè: 716/UBND-VX\nPHã CHñ TÞCH\nLª TiÕn Ph­¬ng"
    assert repair(typed)[0].split("\n") == ["ỦY BAN NHÂN DÂN", "Số: 716/UBND-VX", "PHÓ CHỦ TỊCH", "Lê Tiến Phương"]


def test_vni_becomes_unicode() -> None:
    old = "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc. "
    old += "UÛy ban nhaân daân tænh Bình Thuaän"
    assert repair(old) == (HEADING, "VNI")


def test_capitals_of_vni_stay_capitals() -> None:
    text, name = repair("QUYEÁT ÑÒNH VEÀ VIEÄC BAN HAØNH QUY CHEÁ QUAÛN LYÙ ÑAÀU TÖ")
    assert (text, name) == ("QUYẾT ĐỊNH VỀ VIỆC BAN HÀNH QUY CHẾ QUẢN LÝ ĐẦU TƯ", "VNI")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain ASCII text",
        HEADING,
        HEADING.upper(),
        "là có và hà tài",
        "thì à ừ",
        "déjà vu à la carte",
        "naïve café",
        "20 °C ± 2",
    ],
)
def test_everything_else_stays_untouched(text: str) -> None:
    assert repair(text) == (text, None)


@given(st.text(alphabet="aàảăâấbcdđeêghiklmnoôơợpqrstuưứvxyạịọụ ", min_size=1))
def test_unicode_vietnamese_is_never_changed(text: str) -> None:
    text += " được giữ nguyên vẹn những chữ tiếng Việt"
    assert repair(text) == (text, None)
