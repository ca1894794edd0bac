import pytest

from exportctl.case.items import hints_in


@pytest.mark.parametrize(
    "description",
    [
        "Magnet wire 0.2 mm",
        "magnetic stirrer",
        "Ferrite magnet 20x5",
        "AlNiCo magnet",
        "铁氧体磁体",
        "Ferrite core",
        "Value 100nF",
        "Choke 47UH",
        "BN42SH-7",
        "electromagnet",
        "Electromagnetic compatibility filter",
    ],
)
def test_a_word_that_only_looks_like_a_rare_earth_raises_nothing(book, description):
    assert hints_in(description, book.vocabulary.hints) == []


@pytest.mark.parametrize(
    "description",
    ["Rotor magnet", "磁钢 3x5", "Magnet, with magnet wire", "NdFeB disc", "Sputtering target", "Terbium powder"],
)
def test_a_word_that_may_be_a_rare_earth_raises_one_question(book, description):
    assert len(hints_in(description, book.vocabulary.hints)) == 1


@pytest.mark.parametrize(
    ("description", "asked"), [("Disc N42SH", 1), ("Disc N38UH", 1), ("Disc N42", 0), ("Disc N52M", 0)]
)
def test_a_heat_resistant_grade_asks_for_dysprosium_and_terbium(book, description, asked):
    found = hints_in(description, book.vocabulary.hints)
    assert len(found) == asked
    assert all("item.elements" in hint.asks for hint in found)
