"""Every control code of the notes on the law against the rule book, in both directions."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from exportctl.law.book import RuleBook
from exportctl.strict_yaml import parse, read_text

TABLE = Path(__file__).parent / "codes.yaml"
Codes = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def noted() -> Codes:
    """The codes of the notes, each with its instrument and evidence."""
    (document,) = parse(read_text(TABLE), "codes.yaml")
    found: Codes = {}
    for instrument, marks in document.data.items():
        if instrument != "elsewhere":
            for evidence, codes in marks.items():
                for code in codes:
                    assert code not in found, f"{code} stands twice"
                    found[code] = (instrument, evidence)
    return found


def encoded(book: RuleBook) -> Codes:
    """The official codes of the book, of list rows and of rules about technology."""
    rows = ((row, listing) for listing in book.lists.values() for row in listing.rows if not row.ours)
    found = {row.code: (listing.instrument, str(row.evidence)) for row, listing in rows}
    return found | {c: (rule.instrument, str(rule.evidence.words)) for rule in book.rules.values() for c in rule.codes}


def test_every_code_of_the_law_stands_in_the_rule_book(
    book: RuleBook, noted: Codes, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = sorted(noted.keys() - encoded(book).keys())
    with capsys.disabled():
        found = len(noted) - len(missing)
        sys.stdout.write(f"\n{len(noted)} control codes in the notes on the law, {found} of them in the rule book\n")
    assert missing == []


def test_the_rule_book_holds_no_code_that_the_law_does_not_give(book: RuleBook, noted: Codes) -> None:
    assert sorted(encoded(book).keys() - noted.keys()) == []


def test_each_code_belongs_to_its_instrument_and_is_as_well_established_as_the_notes_say(
    book: RuleBook, noted: Codes
) -> None:
    ours = encoded(book)
    assert {code: ours[code] for code in noted if ours[code] != noted[code]} == {}


def test_an_alias_stands_for_the_row_that_was_probably_meant_to_carry_it(book: RuleBook) -> None:
    assert book.coded["3C901.b.2"].code == "3C902.b.2"
    assert [entry.code for entry in book.coded.values() if entry.row.alias] == ["3C902.b.2"] * 2


def test_customs_numbers_of_gallium_nitride_differ_by_year(book: RuleBook) -> None:
    row = book.coded["3C001.b"].row
    assert row.hs == ["2850001901", "3818009020", "3825690020", "8541410010"]
    assert row.hs_earlier == {2023: ["2850001901", "3818009001", "3825690001"]}


def test_every_list_of_goods_that_leave_china_counts_when_a_near_miss_is_told_from_a_listed_item(
    book: RuleBook,
) -> None:
    looked_up = {
        name
        for rule in book.of_kind("control")
        if rule.id.endswith(".list")
        for clause in rule.when.walk()
        if clause.fact == "item.entries"
        for name in [clause.operand]
    }
    on_a_list = book.vocabulary.derived["item.on_a_list"].when
    assert on_a_list is not None
    assert set(on_a_list.operand) == looked_up


def test_a_parameter_asked_after_the_kind_stands_beside_a_test_of_the_kind(book: RuleBook) -> None:
    """Otherwise nobody would ever be asked for it."""
    lonely = []
    for listing in book.lists.values():
        for row in listing.rows:
            tested = {clause.fact for clause in row.when.walk() if clause.fact}
            for path in tested:
                fact = book.vocabulary.facts.get(path)
                if fact is not None and fact.asked_after and fact.asked_after not in tested:
                    lonely.append(f"{row.code}: {path}")
    assert lonely == []


def test_every_parameter_and_kind_of_the_vocabulary_is_tested_by_some_entry(book: RuleBook) -> None:
    clauses = [c for listing in book.lists.values() for row in listing.rows for c in row.when.walk()]
    parameters = {path for path in book.vocabulary.facts if path.startswith("item.parameters.")}
    assert parameters - {c.fact for c in clauses} == set()
    rules = [c for rule in book.rules.values() for c in rule.when.walk()]
    words = [c.operand for c in (*clauses, *rules) if c.fact in ("item.kind", "technology.kind")]
    named = {w for operand in words for w in (operand if isinstance(operand, list) else [operand])}
    apart = {"other", "sintered-magnet", "bonded-magnet", "jewellery-diamond"}
    known = {*book.vocabulary.facts["item.kind"].values, *book.vocabulary.facts["technology.kind"].values}
    assert known - named - apart == set()
