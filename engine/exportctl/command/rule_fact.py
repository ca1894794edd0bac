"""Readings, duties and facts of the vocabulary in words."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.command.rule_act import marked, named
from exportctl.command.rule_clause import Clauses
from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import brackets, in_both, labelled, plain, section
from exportctl.command.rule_phrase import phrase
from exportctl.command.rule_text import readings, rule_ref, users
from exportctl.command.rule_use import asking, naming, readings_of_clause
from exportctl.explain.document import Line, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.vocabulary import Derived, Fact, Value


def reading_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about a reading."""
    reading = law.book.readings[name]
    yield Line((Span(name, "code"),), in_both(lang, reading.question))
    yield labelled(lang, "default", Span(reading.default, "value"))
    yield labelled(lang, "evidence", *marked(lang, reading.evidence))
    yield labelled(lang, "file", Span(law.book.places.get(name, "")))
    choices = (
        Line((Span(key, "code"), Span(say(lang, "mark.colon") + of(lang, one.meaning))), (plain(one.held_by),))
        for key, one in reading.choices.items()
    )
    yield from section(lang, "choices", choices)
    yield from section(lang, "named_by", users(law, naming(law.book, name), lang))
    yield from section(lang, "note", [plain(reading.note)] if reading.note else [])


def duty_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about a duty."""
    duty, book = law.book.duties[name], law.book
    yield Line((Span(name, "code"),), in_both(lang, duty.text))
    yield labelled(lang, "who", Span(of(lang, duty.who)))
    yield labelled(lang, "due", Span(of(lang, duty.when)))
    yield labelled(lang, "instrument", *named(book.instruments[duty.instrument], lang))
    yield labelled(lang, "provision", Span(of(lang, duty.provision)))
    yield labelled(lang, "evidence", *marked(lang, duty.evidence))
    yield labelled(lang, "file", Span(book.places.get(name, "")))
    bringing = [key for key, rule in sorted(book.rules.items()) if name in rule.then.duties]
    yield from section(lang, "brought_by", (Line(rule_ref(law, key, lang)) for key in bringing))


def fact_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about a fact of the vocabulary."""
    fact = law.book.vocabulary.find(name)
    yield Line((Span(name, "code"),), in_both(lang, fact.label) if fact and fact.label else ())
    if fact:
        yield labelled(lang, "type", Span(fact.type))
    yield from _derived(law, name, fact, lang) if isinstance(fact, Derived) else _given(fact, lang) if fact else ()
    yield from section(lang, "used_by", users(law, asking(law.book, name), lang))
    yield from section(lang, "note", [plain(fact.note)] if fact and fact.note else [])


def _given(fact: Fact, lang: Lang) -> Iterator[Line]:
    if fact.question:
        yield labelled(lang, "question", Span(of(lang, fact.question)), below=in_both(lang, fact.question)[1:])
    if fact.unit:
        yield labelled(lang, "unit", Span(fact.unit))
    ends = (fact.least, fact.most)
    if ends != (None, None):
        yield labelled(lang, "range", Span(" … ".join("" if end is None else str(end) for end in ends).strip()))
    yield from section(lang, "values", (_value(key, value, lang) for key, value in fact.values.items()))


def _value(name: str, value: Value, lang: Lang) -> Line:
    said = [value.zh, value.note]
    said.append(phrase(lang, "may_be", names=say(lang, "mark.comma").join(value.may_be)) if value.may_be else "")
    said += [phrase(lang, key) for key in ("holds_parts", "single_substance") if getattr(value, key)]
    text = say(lang, "mark.semicolon").join(filter(None, said))
    return Line((Span(name, "code"), *([brackets(lang, text)] if text else [])))


def _derived(law: Law, name: str, fact: Derived, lang: Lang) -> Iterator[Line]:
    if fact.when:
        yield from section(lang, "derived", [Clauses(law, lang).line(fact.when)])
        yield from section(lang, "readings", readings(law, readings_of_clause(law.book, name, fact.when), lang))
    else:
        behind = phrase(lang, f"primitive.{fact.primitive}", counts=fact.counts or "")
        yield labelled(lang, "derived", Span(behind))
