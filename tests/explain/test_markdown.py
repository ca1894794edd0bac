from __future__ import annotations

import re

import pytest
from determinations import ALL, NEEDS_FACTS, SUSPENDED

from exportctl.explain.markdown import render_markdown

LANGS = ["en", "zh"]
each = pytest.mark.parametrize("determination", ALL.values(), ids=ALL)
BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")


def tables(text):
    table = []
    for line in [*text.split("\n"), ""]:
        if line.startswith("| "):
            table.append(line)
        elif table:
            yield table
            table = []


@each
@pytest.mark.parametrize("lang", LANGS)
def test_the_rows_of_a_table_have_equally_many_columns(determination, lang):
    for table in tables(render_markdown(determination, lang)):
        assert len({len(BAR.findall(row)) for row in table}) == 1
        assert set(table[1]) == set("|- ")


def test_there_is_a_table_of_clauses_and_one_of_shares():
    assert len(list(tables(render_markdown(SUSPENDED, "en")))) == 2


@each
@pytest.mark.parametrize("lang", LANGS)
def test_no_html_gets_through(determination, lang):
    assert not re.search(r"<", render_markdown(determination, lang))


def test_words_of_the_user_are_text_and_not_markup():
    text = render_markdown(NEEDS_FACTS, "en")
    assert r"\[bold\]x\[/bold\] &lt;img src=x&gt; \| \`a\`" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("title", ["# heading", "- entry", "+ entry", "1. entry", "==="])
def test_a_warning_cannot_begin_a_heading_or_a_list(title):
    text = render_markdown(SUSPENDED.model_copy(update={"warnings": [title]}), "en")
    line = next(line for line in text.split("\n") if "\\" in line and line.startswith("- "))
    assert re.fullmatch(r"- (1\\\. entry|\\[#+=-].*)", line)


def test_a_backslash_before_a_bar_does_not_open_a_column():
    share = SUSPENDED.shares[0].model_copy(update={"description": "a\\|b\\"})
    table = list(tables(render_markdown(SUSPENDED.model_copy(update={"shares": [share]}), "en")))[-1]
    assert len({len(BAR.findall(row)) for row in table}) == 1


def test_rule_ids_can_be_copied_as_they_are():
    assert "`mofcom-2025-61.art-1-1`" in render_markdown(SUSPENDED, "en")


@each
@pytest.mark.parametrize("lang", LANGS)
def test_the_headline_is_the_only_heading_of_its_level(determination, lang):
    text = render_markdown(determination, lang)
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert text.startswith("# ")
    assert not text.endswith("\n")
