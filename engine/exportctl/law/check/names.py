"""Names of instruments, duties, rules and provisions: every one that is used exists."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passages
from exportctl.law.instrument import Instrument
from exportctl.law.listing import ControlList
from exportctl.law.rule import Duty, Rule
from exportctl.problem import Problem
from exportctl.strict_yaml import Path_


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each instrument, duty, rule or provision that is named and does not exist, and each unused duty."""
    parts: list[Rule | ControlList | Duty] = [*book.rules.values(), *book.lists.values(), *book.duties.values()]
    for part in parts:
        yield from passages.of(part.id).unless_known(("instrument",), "instrument", part.instrument, book.instruments)
    for rule in book.rules.values():
        yield from _of_rule(book, passages, rule)
    for instrument in book.instruments.values():
        yield from _of_instrument(book, passages, instrument)
    named = {duty for rule in book.rules.values() for duty in rule.then.duties}
    for duty in book.duties.keys() - named:
        hint = "name it under `then` of a rule, or remove it"
        yield passages.of(duty).problem(("id",), f"no rule names the duty `{duty}`", hint)


def _of_rule(book: RuleBook, passages: Passages, rule: Rule) -> Iterator[Problem]:
    passage = passages.of(rule.id)
    for number, duty in enumerate(rule.then.duties):
        yield from passage.unless_known(("then", "duties", number), "duty", duty, book.duties)
    for path, name in _rules_named(rule):
        yield from passage.unless_known(path, "rule", name, book.rules)


def _rules_named(rule: Rule) -> Iterator[tuple[Path_, str]]:
    """Yield each rule that a rule lifts, touches or is related to, with the path at which it says so."""
    yield from ((("lifts", n), lift.rule) for n, lift in enumerate(rule.lifts))
    yield from ((("touches", n), name) for n, name in enumerate(rule.touches))
    yield from ((("related", n), name) for n, name in enumerate(rule.related))


def _of_instrument(book: RuleBook, passages: Passages, instrument: Instrument) -> Iterator[Problem]:
    passage = passages.of(instrument.id)
    for number, suspension in enumerate(instrument.suspended):
        where = ("suspended", number, "by")
        yield from passage.unless_known(where, "instrument", suspension.by, book.instruments)
    own = sorted(rule.name for rule in book.rules.values() if rule.instrument == instrument.id)
    what = f"provision of `{instrument.id}`:"
    for path, provision in _provisions_named(instrument):
        yield from passage.unless_known(path, what, provision, own)


def _provisions_named(instrument: Instrument) -> Iterator[tuple[Path_, str]]:
    for number, effective in enumerate(instrument.effective):
        yield from ((("effective", number, "provisions", n), name) for n, name in enumerate(effective.provisions))
    for number, suspension in enumerate(instrument.suspended):
        yield from ((("suspended", number, "provisions", n), name) for n, name in enumerate(suspension.provisions))
