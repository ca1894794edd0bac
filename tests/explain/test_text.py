from __future__ import annotations

import io
import re
import unicodedata
from itertools import pairwise

import pytest
from determinations import ALL, NEEDS_FACTS, SUSPENDED
from rich.cells import cell_len
from rich.console import Console

from exportctl.explain.document import Span
from exportctl.explain.text import render_text
from exportctl.explain.wrap import breaks

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
LANGS = ["en", "zh"]
each = pytest.mark.parametrize("determination", ALL.values(), ids=ALL)


@pytest.fixture(autouse=True)
def _nothing_said_about_columns(monkeypatch):
    for name in ("COLUMNS", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


def piped(determination, lang="en"):
    file = io.StringIO()
    render_text(determination, lang, Console(file=file))
    return file.getvalue()


def in_terminal(determination, lang="en", width=100):
    file = io.StringIO()
    render_text(determination, lang, Console(file=file, force_terminal=True, color_system="truecolor", width=width))
    return file.getvalue()


@each
@pytest.mark.parametrize("lang", LANGS)
def test_a_pipe_gets_no_escape_codes_no_box_drawing_and_no_ellipsis(determination, lang):
    text = piped(determination, lang)
    assert not [char for char in text if unicodedata.category(char) == "Cc" and char != "\n"]
    assert not re.search(r"[\u2500-\u259f]", text)
    assert "…" not in text.replace("……", "")
    assert not re.search(r" $", text, re.MULTILINE)


@each
@pytest.mark.parametrize("lang", LANGS)
def test_a_pipe_is_120_wide(determination, lang):
    assert max(cell_len(line) for line in piped(determination, lang).split("\n")) <= 120


@pytest.mark.parametrize("columns", [60, 200])
def test_columns_sets_the_width_of_a_pipe(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    widest = max(cell_len(line) for line in piped(SUSPENDED).split("\n"))
    assert columns - 40 < widest <= columns


@each
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [30, 80, 140])
def test_nothing_is_cut_at_any_width(determination, lang, width):
    wide, narrow = in_terminal(determination, lang, 1000), in_terminal(determination, lang, width)
    assert words(wide) - words(narrow) == set()


def words(text):
    """Return the ids and codes in a text, whatever lines they are folded over."""
    plain = re.sub(r"\s", "", COLOUR.sub("", text))
    return {word for word in ALL_WORDS if word in plain}


ALL_WORDS = {
    text
    for determination in ALL.values()
    for finding in determination.findings
    for text in (finding.rule, *finding.codes, finding.provision.replace(" ", ""))
}


@each
@pytest.mark.parametrize("lang", LANGS)
def test_a_terminal_gets_colour_and_no_other_control(determination, lang):
    text = in_terminal(determination, lang)
    assert COLOUR.search(text)
    assert not [char for char in COLOUR.sub("", text) if unicodedata.category(char) == "Cc" and char != "\n"]


def test_a_hostile_description_is_harmless_in_a_terminal():
    plain = COLOUR.sub("", in_terminal(NEEDS_FACTS, width=300))
    assert "Motor with [31mred[0m magnet [bold]x[/bold] <img src=x> | `a`" in plain
    assert "[bold]hot[/bold]2J second line | <b>" in plain
    assert "\u202e" not in plain
    assert "\x1b[31m" not in in_terminal(NEEDS_FACTS, width=300)


@pytest.mark.parametrize("char", ["\x1b", "\x9b", "\x07", "\x00", "\x7f", "\u202e", "\u200b", "\ufeff", "\ud800"])
def test_control_and_hidden_characters_never_enter_a_document(char):
    assert Span(f"a{char}b").text == "ab"


@pytest.mark.parametrize("space", ["\n", "\r\n", "\t", "\u2028", "\x0b"])
def test_a_line_break_in_a_text_is_a_blank(space):
    assert Span(f"a{space}b").text == "a b"


def test_a_recording_console_sees_what_was_written():
    console = Console(file=io.StringIO(), record=True)
    render_text(SUSPENDED, "en", console)
    assert console.export_text().startswith("Would need a MOFCOM licence")


def test_a_table_too_wide_for_the_console_becomes_a_list():
    text = COLOUR.sub("", in_terminal(SUSPENDED, width=80))
    assert "  * Item: 1\n    Description: sintered magnet | N52\n" in text


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two ", "three"]),
        ("第一条第（一）项", 8, ["第一条第", "（一）项"]),
        ("商务部，公告", 6, ["商务", "部，公", "告"]),
        ("transfer.from_in_china", 14, ["transfer.from_", "in_china"]),
        ("aaaaaaaa", 3, ["aaa", "aaa", "aa"]),
        ("", 5, [""]),
    ],
)
def test_lines_break_at_blanks_between_chinese_characters_and_inside_long_words(text, width, lines):
    places = [0, *breaks(text, width), len(text)]
    assert [text[start:end] for start, end in pairwise(places)] == lines
