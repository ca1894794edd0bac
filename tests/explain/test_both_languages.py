from __future__ import annotations

import re

import pytest
from determinations import ALL

from exportctl.explain.blocks import blocks
from exportctl.explain.document import Bullets, Heading, Paragraph, Table
from exportctl.explain.markdown import render_markdown

ID = re.compile(r"[a-z0-9-]+\.(?:art-[\w-]+|list|rotor-stator)")
HAN = re.compile(r"[\u4e00-\u9fff]")


def texts(document):
    for block in document:
        if isinstance(block, Heading):
            yield block.text.text
        elif isinstance(block, Paragraph):
            yield joined(block.spans)
        elif isinstance(block, Bullets):
            yield from of_lines(block.lines)
        else:
            yield from block.columns
            yield from (joined(cell) for row in block.rows for cell in row)


def of_lines(lines):
    for line in lines:
        yield joined(line.spans)
        yield from of_lines(line.below)


def joined(spans):
    return "".join(span.text for span in spans)


def shape(document):
    return [(type(block).__name__, len(block.rows) if isinstance(block, Table) else None) for block in document]


both = pytest.mark.parametrize("determination", ALL.values(), ids=ALL)


@both
def test_english_and_chinese_have_the_same_parts_in_the_same_order(determination):
    assert shape(blocks(determination, "en")) == shape(blocks(determination, "zh"))


@both
def test_english_and_chinese_name_the_same_rules_in_the_same_order(determination):
    named = {lang: [ID.findall(text) for text in texts(blocks(determination, lang))] for lang in ("en", "zh")}
    assert [ids for ids in named["en"] if ids] == [ids for ids in named["zh"] if ids]
    assert {name for ids in named["en"] for name in ids} >= {finding.rule for finding in determination.findings}


@both
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_finding_shows_its_provision_and_what_it_rests_on(determination, lang):
    text = "\n".join(texts(blocks(determination, lang)))
    for finding in determination.findings:
        assert (finding.provision_zh if lang == "zh" else finding.provision) in text
        assert all(code in text for code in finding.codes)
        if finding.applies != "no":
            assert all(found(reason) in text for reason in finding.reasons)


def found(reason):
    combines = reason.fact == reason.test
    return "" if combines else f"{reason.fact} = {(reason.value or '').partition('..')[0]}"


@both
def test_chinese_labels_are_chinese(determination):
    labels = [
        block.columns if isinstance(block, Table) else [block.text.text] if isinstance(block, Heading) else []
        for block in blocks(determination, "zh")
    ]
    assert all(HAN.search(label) or label.startswith(("mofcom", "faq")) for each in labels for label in each)


@both
def test_english_labels_are_not_chinese(determination):
    for block in blocks(determination, "en"):
        if isinstance(block, Heading):
            assert not HAN.search(block.text.text)


@both
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_word_clear_appears_nowhere(determination, lang):
    assert "clear" not in render_markdown(determination, lang).lower()


@both
@pytest.mark.parametrize(("lang", "line"), [("en", "This is not legal advice"), ("zh", "不构成法律意见")])
def test_every_explanation_ends_by_saying_that_it_is_not_legal_advice(determination, lang, line):
    assert list(texts(blocks(determination, lang)))[-1].find(line) >= 0
