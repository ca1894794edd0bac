"""Which values of a fact the entries ask for that an item may still fall under: the answers worth trying."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from exportctl.decide.examine import Examination
from exportctl.determine.ask import Group
from exportctl.fork import leaves
from exportctl.kleene import UNKNOWN

MOST = 3


def named_values(exam: Examination, group: Group) -> list[str]:
    """Return at most three values that undecided entries name, of the lists that the waiting rules look up.

    They are tried beside the answers of the vocabulary when one question is asked about everything together, so that
    a question of many values shows what it may lead to.
    """
    return list(islice(dict.fromkeys(_named(exam, group)), MOST))


def _named(exam: Examination, group: Group) -> Iterator[str]:
    waiting = {exam.book.rules[rule].instrument for rule in group.rules}
    subject = group.subject
    for listing in exam.book.lists.values():
        for row in listing.rows if listing.instrument in waiting else ():
            words = [c.operand for c in row.when.walk() if c.fact == group.fact and c.operator == "is"]
            if words and UNKNOWN in leaves(exam.tried(row.when, subject, {}).holds):
                yield from words
