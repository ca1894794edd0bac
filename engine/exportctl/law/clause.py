"""A clause: one condition of a provision, or a combination of conditions.

Every reader of the rules (plain evaluation, durable-rules, columns, solver) reads this one form.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, model_validator

from exportctl.law.strict import Strict, Text

Kind = Literal["test", "all", "any", "not", "any_component", "any_owner"]
Operand = bool | Decimal | datetime.date | str | list[str] | list[Decimal]

OPERATORS = (
    "is",
    "is_not",
    "in",
    "not_in",
    "includes",
    "excludes",
    "at_least",
    "at_most",
    "above",
    "below",
    "between",
    "same_as",
)
COMBINATIONS = ("all", "any", "not", "any_component", "any_owner")


class Clause(Strict):
    """One condition: a test of a fact, or `all`, `any`, `not`, `any_component`, `any_owner` of others.

    `words` is the short statutory phrase, `meaning` our explanation of it. With `under`, the clause counts only where
    the reading is taken in that way, and is left out otherwise.
    """

    words: str = ""
    meaning: Text | None = None
    fact: str | None = None
    is_: bool | str | None = Field(None, alias="is")
    is_not: bool | str | None = None
    in_: list[str] | None = Field(None, alias="in")
    not_in: list[str] | None = None
    includes: str | list[str] | None = None
    excludes: str | list[str] | None = None
    at_least: Decimal | str | None = None
    at_most: Decimal | str | None = None
    above: Decimal | str | None = None
    below: Decimal | str | None = None
    between: list[Decimal] | None = None
    same_as: str | None = None
    all_: list[Clause] | None = Field(None, alias="all")
    any_: list[Clause] | None = Field(None, alias="any")
    not_: Clause | None = Field(None, alias="not")
    any_component: Clause | None = None
    any_owner: Clause | None = None
    under: dict[str, str] = {}

    @model_validator(mode="after")
    def _one_kind(self) -> Clause:
        operators = [op for op in OPERATORS if self._given(op) is not None]
        combined = [name for name in COMBINATIONS if self._given(name) is not None]
        if self.fact is None:
            if len(combined) != 1 or operators:
                raise ValueError(f"needs a fact with an operator, or one of {', '.join(COMBINATIONS)}")
        elif len(operators) != 1 or combined:
            raise ValueError(f"a test needs exactly one operator of {', '.join(OPERATORS)}")
        if self.between is not None and (len(self.between) != 2 or self.between[0] > self.between[1]):  # noqa: PLR2004
            raise ValueError("`between` takes the lower and the upper end")
        return self

    def _given(self, key: str) -> Any:
        return getattr(self, key + "_" if key in ("is", "in", "all", "any", "not") else key)

    @cached_property
    def kind(self) -> Kind:
        """What the clause is: a test, or the combination it makes."""
        for name in COMBINATIONS:
            if self._given(name) is not None:
                return name  # type: ignore[return-value]
        return "test"

    @cached_property
    def parts(self) -> tuple[Clause, ...]:
        """The clauses a combination is made of; none for a test."""
        given = None if self.kind == "test" else self._given(self.kind)
        return tuple(given) if isinstance(given, list) else (given,) if given else ()

    @cached_property
    def operator(self) -> str:
        """The operator of a test."""
        return next(op for op in OPERATORS if self._given(op) is not None)

    @cached_property
    def operand(self) -> Any:
        """What a test compares its fact with: a value, a list, a number, the name of a parameter or of a fact."""
        return self._given(self.operator)

    def walk(self) -> list[Clause]:
        """Return this clause and every clause inside it."""
        return [self, *(inner for part in self.parts for inner in part.walk())]


Clause.model_rebuild()
