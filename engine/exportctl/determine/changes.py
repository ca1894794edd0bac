"""The single changes of a case worth trying: one fact otherwise, everything else as it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from exportctl.case.answer import answer_of, answered
from exportctl.case.case import Case
from exportctl.case.item import Composition, Item
from exportctl.decide.determination import Flip
from exportctl.determine.money import money
from exportctl.exact import Interval, number
from exportctl.explain.phrase import phrases, words
from exportctl.law.book import RuleBook
from exportctl.law.strict import Text
from exportctl.law.vocabulary import Fact

ONE = datetime.timedelta(days=1)
BILLION = 10**9
MOST_ITEMS = 40
OURS = ("transfer.", "item.", "on")
MATERIAL = ("item.origin", "item.made_in", "item.chinese_technology")


@dataclass(frozen=True, eq=False)
class Change:
    """One fact otherwise: which, of whom, in words, and the case with it. `yours`: something a person can arrange."""

    fact: str
    item: str | None
    text: Text
    case: Case

    @property
    def yours(self) -> bool:
        """Whether a person can arrange it: the day, the way, the material; not who the parties are or what they do."""
        return self.fact.startswith(OURS)


def single_changes(book: RuleBook, case: Case, flips: list[Flip]) -> Iterator[Change]:
    """Yield every single change of what the case states; what is not known is an open point, not a change."""
    yield from _days(book, case)
    for path, known in sorted(case.facts.items()):
        fact = book.vocabulary.facts.get(path)
        if fact is not None and fact.question is not None:
            for word, answer in _others(fact, known):
                yield Change(
                    path, None, _plain(path, fact, None, word), answered(case, book, path, ["transfer"], answer)
                )
    for party in case.parties:
        for name, known in sorted(party.facts.items()):
            path = f"party.{name}"
            fact = book.vocabulary.facts.get(path)
            if fact is not None and fact.question is not None:
                for word, answer in _others(fact, known):
                    text = _plain(path, fact, party.role, word)
                    yield Change(path, party.role, text, answered(case, book, path, [party.role], answer))
    yield from _of_items(book, case, flips)


def _others(fact: Fact, known: Any) -> Iterator[tuple[str, Any]]:
    """Yield other answers to a question, as words and as facts."""
    if fact.type in ("choices", "lists") and isinstance(known, tuple):
        names = [part[0] if isinstance(part, tuple) else part for part in known]
        for word in fact.answers:
            if [word] != names and not (word == "none" and not names):
                yield word, answer_of(fact, word, known=None)
        return
    for word in fact.answers:
        answer = answer_of(fact, word, None)
        elsewhere = word == "other" and known != "CN"
        if answer != known and not elsewhere and not (fact.type == "number" and not isinstance(known, Interval)):
            yield word, answer


def _plain(path: str, fact: Fact, who: str | None, word: str) -> Text:
    """Return the change in words of its own where there are some, else by the question and its answer."""
    own = f"what_if.{path.replace('.', '_')}_{word}"
    if own in phrases():
        return words(own, **({} if who is None else {"who": words(f"what_if.{who}")}))
    question = fact.question or fact.label or Text(en="", zh="")
    if who is None:
        return words("what_if.answer", question=question, answer=_named(fact, word))
    return words("what_if.answer_of", who=words(f"what_if.{who}"), question=question, answer=_named(fact, word))


def _named(fact: Fact, word: str) -> Text:
    known = fact.values.get(word)
    if known is not None and known.zh:
        return Text(en=word, zh=known.zh)
    return words(f"what_if.{word}") if word in ("yes", "no", "none", "other", "CN") else Text(en=word, zh=word)


def _days(book: RuleBook, case: Case) -> Iterator[Change]:
    """Yield the days on which something in the law changes: the nearest ones first."""
    acts = [book.instruments[name] for name in sorted({rule.instrument for rule in book.rules.values()})]
    days = {act.issued for act in acts} | {e.start for act in acts for e in act.effective}
    for suspension in (s for act in acts for s in act.suspended):
        days.add(suspension.start)
        if not suspension.for_good:
            days |= {suspension.until, suspension.until + ONE}
    later = [(day, words("what_if.on_or_after", day=day.isoformat())) for day in sorted(days) if day > case.on]
    before = sorted((day - ONE for day in days if day <= case.on), reverse=True)
    earlier = [(day, words("what_if.on_or_before", day=day.isoformat())) for day in before]
    for day, text in (*later, *earlier):
        yield Change("on", None, text, replace(case, on=day))


# ---- items


def _of_items(book: RuleBook, case: Case, flips: list[Flip]) -> Iterator[Change]:
    items = list(case.item.walk())[:MOST_ITEMS] if case.item is not None else []
    for item in items:
        yield from _material(book, case, item)
        yield from _elements(book, case, item)
    by_id: Mapping[str, Item] = {item.id: item for item in items}
    for flip in flips:
        if flip.fact == "item.value" and flip.at is not None and flip.item in by_id:
            yield from _worth(book, case, by_id[flip.item], number(flip.at), flip.unit)


def _material(book: RuleBook, case: Case, item: Item) -> Iterator[Change]:
    for path in MATERIAL:
        known, fact = item.facts.get(path.removeprefix("item.")), book.vocabulary.facts[path]
        if known is None:
            continue
        for word, answer in _others(fact, known):
            which = "some" if fact.type == "choices" and word != "none" else word
            text = words(f"what_if.{path.removeprefix('item.')}_{which}", item=_called(item), answer=_named(fact, word))
            yield Change(path, item.id, text, answered(case, book, path, [item.id], answer))


def _elements(book: RuleBook, case: Case, item: Item) -> Iterator[Change]:
    """Yield the item without each element that some share or list asks for and that makes up less than half of it."""
    made: Composition | None = item.facts.get("elements")
    asked = {e for derived in book.vocabulary.derived.values() for e in derived.absent_without}
    for element in made.present if made is not None and not item.components else ():
        percent = made.percent[element] if made is not None else None
        if element in asked and (percent is None or percent < Fraction(50)) and made is not None:
            without = replace(made, percent={**made.percent, element: Fraction(0)})
            text = words("what_if.without", item=_called(item), element=element)
            yield Change("item.elements", item.id, text, answered(case, book, "item.elements", [item.id], without))


def _worth(book: RuleBook, case: Case, item: Item, at: Fraction, unit: str) -> Iterator[Change]:
    """Yield the item worth just less than an amount, just that, and just more."""
    amount = f"{money(at)} {unit}".strip()
    little = at / BILLION
    for key, value in (("less", at - little), ("at_least", at), ("more", at + little)):
        text = words(f"what_if.worth_{key}", item=_called(item), amount=amount)
        yield Change("item.value", item.id, text, answered(case, book, "item.value", [item.id], Interval.at(value)))


def _called(item: Item) -> Text:
    return Text(en=f"{item.id} {item.description}".strip(), zh=f"{item.id} {item.description}".strip())
