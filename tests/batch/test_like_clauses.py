"""Clauses that say the same have one number: what one amounts to is taken for all of them."""

from decimal import Decimal

from exportctl.batch.reads import Reads
from exportctl.law.clause import Clause
from exportctl.law.strict import Text

MEANING = Text(en="it is a magnet", zh="是磁体")
PLAIN = {"fact": "item.form", "in": ["magnet", "alloy"]}


def numbers(book, *given):
    reads = Reads(book)
    clauses = [Clause.model_validate(each) for each in given]
    return [reads.number(clause) for clause in clauses]


def test_clauses_that_say_the_same_have_one_number(book):
    one, other, inside, inside_too = numbers(book, PLAIN, PLAIN | {"words": "磁体"}, {"not": PLAIN}, {"not": PLAIN})
    assert one == other != inside == inside_too


def test_what_is_tested_meant_or_counted_in_another_way_has_a_number_of_its_own(book):
    above = {"fact": "item.parameters.purity_percent", "above": Decimal(99)}
    found = numbers(
        book,
        PLAIN,
        PLAIN | {"in": ["alloy", "magnet", "metal"]},
        PLAIN | {"meaning": MEANING},
        PLAIN | {"under": {"some-reading": "one-choice"}},
        {"fact": "item.kind", "in": ["magnet", "alloy"]},
        {"all": [PLAIN]},
        {"any": [PLAIN]},
        {"all": [PLAIN, PLAIN]},
        above,
        above | {"above": Decimal(98)},
        {"fact": above["fact"], "at_least": Decimal(99)},
    )
    assert len(set(found)) == len(found)
