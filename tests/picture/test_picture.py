"""The picture: what it marks, that it stands alone, that it stays small, that nothing of a user becomes markup."""

import re
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.determine.determine import determine
from exportctl.picture.draw import draw
from exportctl.picture.paint import fitting
from properties.decided import case_of

SVG = "{http://www.w3.org/2000/svg}"
DYSPROSIUM = {
    "description": "dysprosium metal",
    "form": "metal",
    "kind": "other",
    "elements": {"Dy": "99.4", "Fe": "0.6"},
    "composition": "complete",
    "made_in": "CN",
    "origin": "CN",
    "value": "0.8",
}
MAGNET = {
    "description": "pole arc",
    "form": "magnet",
    "magnet": "NdFeB",
    "elements": {"Nd": 29, "Dy": 2, "Fe": 68, "B": 1},
    "composition": "complete",
    "made_in": "SI",
    "origin": "SI",
    "value": 40,
    "components": [DYSPROSIUM],
}
COPPER = {"description": "winding", "form": "metal", "elements": {"Cu": 100}, "composition": "complete", "value": 310}
MOTOR = {"description": "motor", "form": "assembly", "made_in": "AT", "currency": "EUR", "value": 2000}


def pictured(book, lang="en", **item):
    raw = {"title": "drive", "on": "2026-01-15", "transfer": {"kind": "goods", "from": "AT", "to": "MX"}, "item": item}
    case = case_of(raw, book)
    return ET.fromstring(draw(book, case, determine(book, case), lang))  # noqa: S314 - our own drawing


def boxes(svg):
    """Return the marks of the boxes by what hovering over them says."""
    found = {}
    for box in svg.iter(f"{SVG}rect"):
        title = box.find(f"{SVG}title")
        if title is not None:
            found[title.text] = box.get("class").split()
    return found


def of(svg, start):
    (found,) = [marks for title, marks in boxes(svg).items() if title.startswith(start) and "box" in marks]
    return found


def test_chinese_content_the_items_that_hold_it_and_the_rest_are_told_apart(book):
    svg = pictured(book, **MOTOR, components=[MAGNET, COPPER, {"description": "housing", "value": 90}])
    assert of(svg, "1.1.1 dysprosium metal: 0.80 EUR") == ["box", "counts"]
    assert of(svg, "1.1 pole arc: 40.00 EUR") == ["box", "holds", "listed"]
    assert of(svg, "1.2 winding: 310.00 EUR") == ["box", "none"]
    assert of(svg, "1.3 housing: 90.00 EUR") == ["box", "may"]


def test_each_share_stands_on_its_side_of_the_line(book):
    svg = pictured(book, **MOTOR, components=[MAGNET, COPPER])
    (line,) = [float(one.get("x1")) for one in svg.iter(f"{SVG}line") if one.get("class") == "line"]
    bars = {title: marks for title, marks in boxes(svg).items() if "box" not in marks}
    assert sorted(bars.values()) == [["no"], ["yes"]]
    for box in svg.iter(f"{SVG}rect"):
        middle = float(box.get("x", "0").rstrip("%")) + float(box.get("width").rstrip("%")) / 2
        if box.get("class") == "yes":
            assert middle > line
        if box.get("class") == "no":
            assert middle < line


def test_an_unknown_share_is_hatched_across_the_line(book):
    svg = pictured(book, **{k: v for k, v in MAGNET.items() if k not in ("components", "form")}, form="magnet")
    assert [m for t, m in boxes(svg).items() if "0 % … 100 %" in t] == [["unknown"]]


def test_a_part_that_its_words_make_suspicious_is_framed_and_comes_first(book):
    plain = [{"description": f"bracket {n}", "value": 500 + n} for n in range(40)]
    svg = pictured(book, **MOTOR, components=[*plain, {"description": "rotor magnet", "value": 1}])
    assert of(svg, "1.41 rotor magnet: 1.00 EUR") == ["box", "may", "hinted"]


@pytest.mark.parametrize("many", [5, 500])
def test_a_picture_stays_small_and_says_how_many_parts_share_a_box(book, many):
    parts = [{"description": f"part {n}", "value": 1 + n} for n in range(many)]
    svg = pictured(book, description="frame", form="assembly", value=200000, components=parts)
    shown = [title for title, marks in boxes(svg).items() if "box" in marks]
    assert len(shown) <= 11
    assert any(f"{many - 9} more parts" in title for title in shown) == (many > 9)
    assert float(svg.get("height")) < 700


def test_words_of_a_user_never_become_markup(book):
    nasty = "</text><script>alert(1)</script> & \x1b[31m \ufffe ]]>"
    case = case_of({"on": "2026-01-15", "title": nasty, "item": {"description": nasty}}, book)
    drawn = draw(book, case, determine(book, case), "en")
    assert "<script" not in drawn
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe]", drawn)
    ET.fromstring(drawn)  # noqa: S314 - our own drawing


@pytest.mark.parametrize(("lang", "word"), [("en", "holds such content"), ("zh", "内含此类物项")])
def test_a_picture_speaks_both_languages(book, lang, word):
    assert word in "".join(pictured(book, lang, **MOTOR, components=[MAGNET]).itertext())


def test_letters_of_double_width_are_cut_sooner():
    assert fitting("abcdefghijkl", 60) == "abcdefg…"
    assert fitting("转子磁体与轴承", 60) == "转子磁…"


@pytest.mark.parametrize("format_", ["html", "svg"])
def test_the_page_needs_no_network_and_no_script(format_):
    done = CliRunner().invoke(app, ["check", "cases/readings/denominator.yaml", "--format", format_])
    assert done.exit_code == 0
    assert not re.search(r"<script|<link|<img|@import|url\((?!#)", done.stdout)
    links = re.findall(r"https?://[^\"' <]+", done.stdout)
    assert set(links) <= {"http://www.w3.org/2000/svg"}


def test_a_page_holds_every_case_with_its_picture():
    files = ["cases/readings/denominator.yaml", "cases/shares/chain.yaml"]
    done = CliRunner().invoke(app, ["check", *files, "--format", "html"])
    assert done.stdout.count("<article>") == done.stdout.count("<svg ") == 2
    assert done.stdout.count("<html") == 1
