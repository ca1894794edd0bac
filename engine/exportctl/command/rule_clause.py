"""A clause in words: the statutory phrase, what it means, what it tests; combinations as an indented tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import brackets
from exportctl.command.rule_phrase import phrase
from exportctl.exact import written
from exportctl.explain.document import Line, Span, Spans
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.ratio import both
from exportctl.law.clause import Clause
from exportctl.law.rule import Parameter
from exportctl.law.vocabulary import Derived, Fact

_TESTS = {"in": "one_of", "not_in": "none_of"}


@dataclass(frozen=True)
class Clauses:
    """The clauses of one rule, row or derived fact; `parameters` are the numbers they name."""

    law: Law
    lang: Lang
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def line(self, clause: Clause) -> Line:
        """Return a clause with what it is made of below it."""
        inside = tuple(self.line(part) for part in clause.parts)
        own = self.tested(clause) if clause.fact else (Span(phrase(self.lang, clause.kind), "label"),)
        under = tuple(self._under(clause))
        if not clause.words and clause.meaning is None:
            return Line((*own, *under), inside)
        return Line((*self._said(clause), *under), (Line(own, inside),))

    def tested(self, clause: Clause) -> Spans:
        """Return the test of a clause: fact, operator and operand."""
        path = clause.fact or ""
        known = self.law.book.vocabulary.find(path)
        label = (brackets(self.lang, of(self.lang, known.label)),) if known and known.label else ()
        operator = _TESTS.get(clause.operator, clause.operator)
        limit = self._operand(clause, known)
        return Span(path, "code"), *label, Span(f" {say(self.lang, f'test.{operator}', limit=limit)}")

    def number(self, parameter: Parameter, value: Decimal) -> str:
        """Return a number of the law with its unit."""
        text = written(Fraction(value))
        return both(text, self.lang) if parameter.unit == "ratio" else f"{text} {parameter.unit}"

    def _said(self, clause: Clause) -> Iterator[Span]:
        if clause.words:
            yield Span(f"「{clause.words}」", "words")
        if clause.meaning:
            yield Span((" " if clause.words else "") + of(self.lang, clause.meaning))

    def _under(self, clause: Clause) -> Iterator[Span]:
        for reading, choice in clause.under.items():
            yield brackets(self.lang, phrase(self.lang, "only_under", reading=reading, choice=choice))

    def _operand(self, clause: Clause, known: Fact | Derived | None) -> str:
        given = clause.operand
        if clause.operator == "between":
            return say(self.lang, "mark.and").join(self._value(end, None) for end in given)
        if isinstance(given, str) and given in self.parameters:
            parameter = self.parameters[given]
            return f"{given} = {self.number(parameter, parameter.on(self.law.on))}"
        values = given if isinstance(given, list) else [given]
        return say(self.lang, "mark.comma").join(self._value(value, known) for value in values)

    def _value(self, value: Any, known: Fact | Derived | None) -> str:
        if isinstance(value, bool):
            return say(self.lang, "truth.yes" if value else "truth.no")
        if isinstance(value, Decimal):
            return written(Fraction(value))
        listing = self.law.book.lists.get(str(value))
        if listing:
            return f"{value}{brackets(self.lang, of(self.lang, listing.title)).text}"
        allowed = known.values.get(str(value)) if isinstance(known, Fact) else None
        shown = allowed.zh if allowed and self.lang == "zh" else ""
        return f"{value}{brackets(self.lang, shown).text}" if shown else str(value)
