from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from exportctl.case.words import (
    Grade,
    Money,
    count,
    country,
    currency,
    decimal_mark,
    grades_in,
    magnet,
    mass,
    money,
    plain_number,
    says_nothing,
    substance,
)
from exportctl.case.words.symbol import ELEMENTS, elements_of_cas, known
from exportctl.strict_yaml import parse

VOCABULARY = Path(__file__).parents[3] / "rules/vocabulary.yaml"


def refusal(read: Callable[[str], object], text: str) -> str:
    with pytest.raises(ValueError, match="`") as refused:
        read(text)
    return str(refused.value)


# Places


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[(text, "CN") for text in ("CN", "CHN", "China", "中国", "中國", "P.R.C.", "PR China", "Mainland China")],
        *[(text, "CN") for text in ("Made in China", "Made in P.R.C.", "中国制造", "中国製", "China (Mainland)")],
        *[(text, "HK") for text in ("HK", "Hong Kong", "香港", "中国香港", "Hong Kong, China")],
        *[(text, "TW") for text in ("TW", "Chinese Taipei", "Taiwan, China", "台湾", "R.O.C.")],
        *[(text, "MO") for text in ("MO", "Macau", "澳门")],
        *[(text, "JP") for text in ("JP", "JPN", "Japan", " japan ", "日本", "日本製", "Made in Japan")],
        *[(text, "KR") for text in ("South Korea", "Korea, Republic of", "韩国", "ROK")],
        *[(text, "DE") for text in ("Deutschland", "ドイツ", "德国", "GERMANY")],
        ("DPRK", "KP"),
        ("NO", "NO"),
        ("NAM", "NA"),
        ("Namibia", "NA"),
        ("U.S.A.", "US"),
        ("England", "GB"),
        ("Bosnia and Herzegovina", "BA"),
        ("印度", "IN"),
        ("Guinea", "GN"),
    ],
)
def test_a_place_is_read_by_code_or_name_in_four_languages(text: str, code: str) -> None:
    assert country(text) == code


@pytest.mark.parametrize("text", ["CN/JP", "CN, JP", "Japan or China", "中国、日本", "China / Japan"])
def test_several_countries_are_refused_and_none_of_them_is_chosen(text: str) -> None:
    assert "names several countries" in refusal(country, text)


@pytest.mark.parametrize("text", ["various", "EU", "Asia", "imported", "Congo", "多国"])
def test_a_word_that_names_no_one_country_is_refused(text: str) -> None:
    assert refusal(country, text) == f"`{text}` is not one country"


@pytest.mark.parametrize("text", ["156", "no", "in", "cn", "Chinatown", "Container", "XK", "Chinaa", "CN JP"])
def test_what_is_no_country_is_refused(text: str) -> None:
    assert "is not a country" in refusal(country, text)


@pytest.mark.parametrize("text", ["NA", "na", "Na"])
def test_na_is_namibia_or_not_available_and_is_refused(text: str) -> None:
    assert "Namibia" in refusal(country, text)


def test_every_country_of_the_vocabulary_is_read_by_its_code_and_every_other_code_is_refused() -> None:
    codes = parse(VOCABULARY.read_text("utf-8"), "vocabulary.yaml")[0].data["countries"]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    read = set()
    for code in (a + b for a in letters for b in letters):
        try:
            read.add(country(code))
        except ValueError:
            continue
    assert read == set(codes) - {"NA"}


# Composition


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("Nd 29; Dy 2.5; Fe 66; B 1", {"Nd": "29", "Dy": "2.5", "Fe": "66", "B": "1"}),
        ("Nd: 29%, Dy: 2.5%, Fe 67 wt%", {"Nd": "29", "Dy": "2.5", "Fe": "67"}),
        ("29% Nd; 2.5 % Dy", {"Nd": "29", "Dy": "2.5"}),
        ("镝 2.5；铁 67", {"Dy": "2.5", "Fe": "67"}),
        ("Nd29Dy2.5Fe67B1", {"Nd": "29", "Dy": "2.5", "Fe": "67", "B": "1"}),
        ("Nd13Dy1Fe78B8", dict.fromkeys(["Nd", "Dy", "Fe", "B"])),
        ("Nd2Fe14B", dict.fromkeys(["Nd", "Fe", "B"])),
        ("NdFeB+Dy", dict.fromkeys(["Nd", "Fe", "B", "Dy"])),
        ("NdFeB; Dy 2", {"Nd": None, "Fe": None, "B": None, "Dy": "2"}),
        ("SmCo5 + Gd", dict.fromkeys(["Sm", "Co", "Gd"])),
        ("Sm2(Co,Fe,Cu,Zr)17", dict.fromkeys(["Sm", "Co", "Fe", "Cu", "Zr"])),
        ("SmCo 2:17", dict.fromkeys(["Sm", "Co"])),
        ("Dy2O3", dict.fromkeys(["Dy", "O"])),
        ("Dy₂O₃", dict.fromkeys(["Dy", "O"])),
        ("氧化镝", dict.fromkeys(["Dy", "O"])),
        ("dysprosium oxide", dict.fromkeys(["Dy", "O"])),
        ("钕铁硼", dict.fromkeys(["Nd", "Fe", "B"])),
        ("烧结钕铁硼磁体", dict.fromkeys(["Nd", "Fe", "B"])),
        ("Nd 30; Fe balance", {"Nd": "30", "Fe": None}),
        ("Dy 2-4", {"Dy": None}),
        ("Dy 0", {"Dy": "0"}),
        ("none", {}),
        ("无", {}),
    ],
)
def test_a_composition_is_read(text: str, elements: dict[str, str | None]) -> None:
    assert substance(text).elements == elements


@pytest.mark.parametrize(
    "text",
    ["PVC", "PA66", "SUS304", "C45", "FR4", "STEEL", "No", "NO", "100nF", "magnet wire", "unknown alloy 7", ";",
     "Xx 4", "Nd 29; Nd 3", "Nd 29; NdFeB", "Dy 0-2", "42", "Kit of parts"],
)  # fmt: skip
def test_a_word_that_looks_like_a_formula_is_no_composition(text: str) -> None:
    assert "is not a composition" in refusal(substance, text)


@pytest.mark.parametrize("text", ["Dy <0.1", "Dy ≤ 0.1", "max 2 Dy", "Tb < 0.05; Nd 29"])
def test_a_bound_on_an_amount_is_refused_for_it_may_be_none(text: str) -> None:
    assert "leaves open whether it is in it" in refusal(substance, text)


@pytest.mark.parametrize(
    ("text", "boron", "read"), [("Nd30Fe68B2", "2", True), ("Nd30Fe67.9B2.1", None, False), ("Nd30Fe66B1", None, False)]
)
def test_a_formula_states_mass_percent_only_where_atoms_are_impossible(
    text: str, boron: str | None, read: bool
) -> None:
    assert substance(text).elements["B"] == boron
    assert (substance(text).elements["Nd"] == "30") is read


def test_the_symbols_are_those_of_the_vocabulary() -> None:
    assert set(parse(VOCABULARY.read_text("utf-8"), "vocabulary.yaml")[0].data["elements"]) == ELEMENTS


def test_a_cas_number_has_its_check_digit_and_names_elements() -> None:
    for number, symbols in known()["cas"].items():
        digits = [int(digit) for digit in number.replace("-", "")]
        assert sum(place * digit for place, digit in enumerate(reversed(digits[:-1]), start=1)) % 10 == digits[-1]
        assert set(symbols) <= ELEMENTS
    assert elements_of_cas("7429-91-6") == ("Dy",)
    assert elements_of_cas("12047-27-7") is None


# Magnets


@pytest.mark.parametrize(
    ("text", "alloy"),
    [
        ("NdFeB", "NdFeB"),
        ("钕铁硼", "NdFeB"),
        ("Neodymium", "NdFeB"),
        ("N42SH", "NdFeB"),
        ("42SH", "NdFeB"),
        ("Nd2Fe14B", "NdFeB"),
        ("SmCo 2:17", "SmCo"),
        ("Sm2Co17", "SmCo"),
        ("YXG-28H", "SmCo"),
        ("钐钴", "SmCo"),
        ("ferrite", "other"),
        ("铁氧体", "other"),
        ("AlNiCo", "other"),
        ("other", "other"),
    ],
)
def test_a_magnet_column_names_an_alloy(text: str, alloy: str) -> None:
    assert magnet(text) == alloy


@pytest.mark.parametrize("text", ["iron", "yes", "42", "magnet"])
def test_a_magnet_column_that_names_no_alloy_is_refused(text: str) -> None:
    assert "`" in refusal(magnet, text)


def test_a_heat_resistant_grade_is_a_hint_and_states_neither_dysprosium_nor_terbium() -> None:
    read = substance("N42SH")
    assert read.grade == Grade("N42SH", "NdFeB", usually_heavy=True)
    assert read.elements.keys() == {"Nd", "Fe", "B"}
    plain = substance("N52").grade
    assert plain is not None
    assert not plain.usually_heavy


def test_a_running_text_names_a_grade_only_with_its_letter() -> None:
    assert [grade.text for grade in grades_in("rotor magnet N42SH, 3x5")] == ["N42SH"]
    assert grades_in("choke 47UH; BN42SH; N42; N42SHX; N70SH") == ()


# Numbers, money, mass, pieces


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1 234,5", "1234.5"),
        ("1'234.50", "1234.50"),
        ("3,10", "3.10"),
        ("0,125", "0.125"),
        ("1.234", "1.234"),
        ("1,234,567", "1234567"),
        ("-3", "-3"),
        ("+7", "7"),
        (".5", "0.5"),
        ("１２", "12"),
    ],
)
def test_a_number_is_read_whatever_its_marks(text: str, number: str) -> None:
    assert plain_number(text) == number


def test_a_comma_before_three_digits_is_doubtful_until_the_column_shows_its_mark() -> None:
    assert refusal(plain_number, "1,234") == "`1,234` may be 1234 or 1.234"
    assert plain_number("1,234", decimal_mark(["1,234", "3,10"])) == "1.234"
    assert plain_number("1,234", decimal_mark(["1,234", "3.10"])) == "1234"
    assert plain_number("1.234", decimal_mark(["1.234", "3,10"])) == "1234"


def test_a_column_shows_its_decimal_mark_or_none() -> None:
    assert decimal_mark(["1.234,5", "7"]) == ","
    assert decimal_mark(["1,234", "1,000"]) is None
    assert decimal_mark(["1,5", "1.5"]) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("US$ 1,234.50", Money("1234.50", "USD")),
        ("1.234,50 €", Money("1234.50", "EUR")),
        ("CHF 1'234.50", Money("1234.50", "CHF")),
        ("RMB 12.5", Money("12.5", "CNY")),
        ("3,500円", Money("3500", "JPY")),
        ("12.5元", Money("12.5", "元")),
        ("$7", Money("7", "$")),
        ("12", Money("12")),
    ],
)
def test_money_is_an_amount_and_its_currency(text: str, read: Money) -> None:
    assert money(text, decimal_mark([text]) or ("." if "円" in text else None)) == read


@pytest.mark.parametrize("text", ["100nF", "USD 5 EUR", "7 apples", "free"])
def test_what_is_no_money_is_refused(text: str) -> None:
    assert "`" in refusal(money, text)


def test_a_sign_that_several_currencies_share_stays_that_sign() -> None:
    assert (currency("$"), currency("¥"), currency("元")) == ("$", "¥", "元")
    assert (currency("USD"), currency("€"), currency("RMB"), currency("人民币")) == ("USD", "EUR", "CNY", "CNY")


@pytest.mark.parametrize(
    ("text", "grams"), [("12 g", "12"), ("0.5kg", "500"), ("3 mg", "0.003"), ("12克", "12"), ("1 lb", "453.59237")]
)
def test_mass_is_in_grams(text: str, grams: str) -> None:
    assert mass(text) == grams


def test_a_mass_without_a_unit_needs_one_from_its_heading() -> None:
    assert refusal(mass, "12") == "`12` names no unit of mass"
    assert mass("0,5", unit="kg") == "500"
    assert mass("7 g", unit="kg") == "7"


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("24", "24"),
        ("24 pcs", "24"),
        ("24 EA", "24"),
        ("24个", "24"),
        ("2 Stk.", "2"),
        ("1/2", Fraction(1, 2)),
        ("½", Fraction(1, 2)),
        ("2 x 10", 20),
        ("3×10 pcs", 30),
        ("2 packs of 7", 14),
        ("AR", None),
        ("0", "0"),
    ],
)
def test_a_quantity_is_a_number_of_pieces(text: str, pieces: object) -> None:
    assert count(text) == pieces


@pytest.mark.parametrize("text", ["each", "1 pack", "2 sets", "5 m", "some", "1,000"])
def test_a_quantity_that_is_no_number_of_pieces_is_refused(text: str) -> None:
    assert "`" in refusal(count, text)


@pytest.mark.parametrize("text", ["", " ", "-", "n/a", "#N/A", "#REF!", "unknown", "未知", "不明", "TBD"])
def test_a_word_for_not_knowing_says_no_more_than_a_blank(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["NA", "none", "0", "no", "无"])
def test_a_word_that_may_say_something_is_kept(text: str) -> None:
    assert not says_nothing(text)
