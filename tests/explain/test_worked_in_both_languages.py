"""Every worked case says the same in English and in Chinese: outcome, rules, provisions, values, open points."""

import os
from collections import Counter

import pytest

from exportctl.determine.determine import determine
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Bullets, Heading, Paragraph
from exportctl.law.read import rules_folder
from exportctl.worked.run import case_files, case_of, runs_of

CASES = rules_folder().parent / "cases"
RUNS = [run for path in case_files(CASES) for run in runs_of(path)]
STEP = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 25


def spans(document):
    for block in document:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield from block.spans
        elif isinstance(block, Bullets):
            yield from of_lines(block.lines)
        else:
            yield from (span for row in block.rows for cell in row for span in cell)


def of_lines(lines):
    for line in lines:
        yield from line.spans
        yield from of_lines(line.below)


@pytest.mark.parametrize("run", RUNS[::STEP], ids=lambda run: run.place.removeprefix(f"{CASES}/"))
def test_both_languages_say_the_same(book, run):
    expected = run.expected
    found = determine(book, case_of(run, book), known_on=expected.known_on, readings=expected.readings)
    en, zh = (list(spans(blocks(found, lang))) for lang in ("en", "zh"))
    assert [span.style for span in en if span.style.startswith("outcome")] == [
        span.style for span in zh if span.style.startswith("outcome")
    ]
    assert marked(en) == marked(zh)
    texts = {lang: "\n".join(span.text for span in said) for lang, said in (("en", en), ("zh", zh))}
    for finding in found.findings:
        assert finding.rule in texts["en"]
        assert finding.rule in texts["zh"]
        assert finding.provision in texts["en"]
        assert finding.provision_zh in texts["zh"]
    for point in found.open_points:
        assert point.id in texts["en"]
        assert point.id in texts["zh"]


def marked(said):
    """Return what is no language: ids, values."""
    return Counter((span.style, span.text) for span in said if span.style == "code")
