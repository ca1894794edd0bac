import pytest

from exportctl.party.likeness import Class, likeness
from exportctl.party.name import read_name


def like(asked, listed, **given):
    found = likeness(read_name(asked), read_name(listed), **given)
    return None if found is None else (found.class_, found.why)


@pytest.mark.parametrize(
    ("asked", "listed", "why"),
    [
        ("TDK株式会社", "TDK Corporation", "same-name"),
        ("Sensors Northvale", "Northvale Sensors, Inc.", "same-name"),
        ("AeroVironment", "Aero Vironment", "same-letters"),
        ("Lockhead Martin", "Lockheed Martin Corporation", "spelled-alike"),
    ],
)
def test_the_same_name_is_a_match(asked, listed, why):
    assert like(asked, listed) == (Class.MATCH, why)


@pytest.mark.parametrize(
    ("asked", "listed", "why"),
    [
        ("TDK-Lambda", "TDK Corporation", "holds-listed-name"),
        ("大连TDK电子有限公司", "TDK株式会社", "holds-listed-name"),
        ("通用动力欧洲公司", "通用动力公司", "holds-listed-name"),
        ("General Dynamics NASSCO", "General Dynamics", "holds-listed-name"),
        ("Mitsubishi Heavy Industries", "Mitsubishi Heavy Industries Aero Engines, Ltd.", "part-of-listed-name"),
        ("三菱重工", "三菱重工海事系统株式会社", "part-of-listed-name"),
    ],
)
def test_a_name_inside_another_is_a_possible_affiliate(asked, listed, why):
    assert like(asked, listed) == (Class.POSSIBLE_AFFILIATE, why)


@pytest.mark.parametrize(
    ("asked", "listed", "why"),
    [
        ("Omnipod", "OMNIPOL a.s.", "similar-letters"),
        ("Mitsubishi Chemical", "Mitsubishi Materials Corporation", "same-beginning"),
        ("三菱重工業", "三菱重工海事系统株式会社", "same-beginning"),
    ],
)
def test_what_is_only_somewhat_alike_is_weak(asked, listed, why):
    assert like(asked, listed) == (Class.WEAK, why)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("General Motors", "General Dynamics"),
        ("General", "General Dynamics"),
        ("通用汽车公司", "通用动力公司"),
        ("YDK Technologies", "TDK Corporation"),
        ("Advanced Systems", "Hitachi Advanced Systems Corporation"),
        ("American Photonics Research", "American Steel"),
        ("立方体验科技有限公司", "立方公司"),
        ("...", "TDK Corporation"),
    ],
)
def test_shared_words_tie_no_names_together(asked, listed):
    assert like(asked, listed) is None


def test_one_letter_in_a_short_name_or_a_figure_is_not_a_slip():
    assert like("Omnipod", "Omnipol") == (Class.WEAK, "similar-letters")
    assert like("Battery Works 17 Kestrel", "Battery Works 18 Kestrel") == (Class.WEAK, "similar-letters")


def test_a_person_has_no_affiliates():
    assert like("Alma Brook Trading", "Alma Brook", firms=True) == (Class.POSSIBLE_AFFILIATE, "holds-listed-name")
    assert like("Alma Brook Trading", "Alma Brook", firms=False) is None
    assert like("Brook, Alma", "Alma Brook", firms=False) == (Class.MATCH, "same-name")
