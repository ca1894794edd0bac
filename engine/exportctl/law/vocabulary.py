"""The facts a rule may ask about: type, unit, allowed values, the question that gets them, and derived facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, field_validator

from exportctl.law.clause import Clause
from exportctl.law.strict import Strict, Text

FactType = Literal[
    "boolean", "choice", "choices", "country", "countries", "number", "date", "text", "texts",
    "elements", "lists", "owners", "entries", "list", "mapping",
]  # fmt: skip
Primitive = Literal[
    "entries", "entries_in_force", "near_entries", "main_element", "value_share", "listed_owner_share",
    "listed_by_notice", "exported", "undivided", "stated",
]  # fmt: skip

ENTRIES, ENTRIES_IN_FORCE = ("item.entries", "item.entries_in_force"), "item.entries_in_force"
"""The facts whose tests name control lists: entries whatever the law of the day, entries of lists that work."""
LIST_RULE = "list"
"""The provision of an instrument that puts its list to work."""


class Value(Strict):
    """One allowed value of a choice.

    `may_be`: other values that the same thing might as well be called, so that a test for one of those is unknown.
    `holds_parts`: whether something of this kind can have other items inside that nobody has listed.
    `single_substance`: it is one substance, with nothing else inside it.
    """

    zh: str = ""
    note: str = ""
    may_be: list[str] = []
    holds_parts: bool = False
    single_substance: bool = False


class Fact(Strict):
    """A fact that a person knows and can be asked for.

    `answers` are the values tried when an open point says what each answer would lead to. `of_undivided`: of something
    that is broken down into components it is asked only once its form is known. `asked_after`: it is asked only once
    that other fact is known, as it matters to some of its values only. `asked_together`: one question is asked about
    everything of which it is not known.
    """

    type: FactType
    label: Text | None = None
    question: Text | None = None
    unit: str = ""
    values: dict[str, Value] = {}
    answers: list[str] = []
    of_undivided: bool = False
    never_none: bool = False
    asked_after: str = ""
    asked_together: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    note: str = ""

    @field_validator("values", mode="before")
    @classmethod
    def _names(cls, given: Any) -> Any:
        if isinstance(given, list):
            return {str(name): {} for name in given}
        return {name: value or {} for name, value in given.items()} if isinstance(given, dict) else given


class Derived(Strict):
    """A fact worked out from others: by clauses, or by one primitive that every reader of the rules knows.

    `entries` are the rows an item falls under. `near_entries` are the rows that compare numbers and that the item
    would fall under if every limit in them lay further out by `band`, a ratio of the limit (see `near.widened`); how
    the item was classified does not matter to it. A near miss is an item with near entries that falls under no row.

    `exported` is true of the exported item alone, `stated` of every item somebody listed and false of what may be
    inside an item that nobody broke down.

    `counts` is the derived fact that says which items the
    numerator of a value share counts, `absent_without` the elements without which nothing inside can count;
    `shown_for` is the derived fact of the items whose share is worth showing. `lists` are the lists a party or an
    owner is on, `notices` the instruments that put it there.
    """

    type: FactType = "boolean"
    label: Text
    when: Clause | None = None
    primitive: Primitive | None = None
    counts: str | None = None
    absent_without: list[str] = []
    shown_for: str = ""
    lists: list[str] = []
    band: Decimal | None = None
    notices: list[str] = []
    note: str = ""


class Implication(Strict):
    """What one fact of an item says about another, or one of a technology: a SmCo magnet holds Sm and Co.

    `given` are facts with the value, or one of the values, they must have; `holds` elements that must be in it.
    `present` elements are in it then, and `also` facts have these values where nobody gave them.
    """

    given: dict[str, str | list[str]] = Field(min_length=1)
    present: list[str] = []
    also: dict[str, str] = {}
    holds: list[str] = []

    def matches(self, facts: Mapping[str, Any], about: str) -> bool:
        """Return whether the facts of something, without the prefix `about`, have the values given here."""
        return all(
            path.startswith(about) and facts.get(path.removeprefix(about)) in values
            for path, values in self.asked.items()
        )

    @cached_property
    def asked(self) -> dict[str, list[str]]:
        """The values each given fact may have."""
        return {path: [value] if isinstance(value, str) else value for path, value in self.given.items()}


class Hint(Strict):
    """Words in a description that raise a question and never decide one; `except` names their harmless company.

    `grades` raises it for magnet grades of these letters too, such as SH in N42SH.
    """

    words: list[str] = []
    grades: list[str] = []
    except_: list[str] = Field([], alias="except")
    suggests: Text
    asks: list[str]


class Vocabulary(Strict):
    """Every fact, by its path in a case, and every derived fact.

    `first_asked` is the one fact to ask for of an item about which nothing is known.
    """

    facts: dict[str, Fact]
    derived: dict[str, Derived] = {}
    implications: list[Implication] = []
    hints: list[Hint] = []
    places: dict[str, Text]
    first_asked: str
    countries: list[str]
    elements: list[str]

    def find(self, path: str) -> Fact | Derived | None:
        """Return the fact at a path; importer and end user share the facts of a `party`.

        What only an end user has is found under `party.` too, as its value is kept with the party.
        """
        known = self.facts.get(path) or self.derived.get(path)
        if known is None and path.startswith("party."):
            return self.facts.get(path.replace("party.", "parties.end_user.", 1))
        if known is None:
            for role in ("parties.importer.", "parties.end_user.", "parties.exporter."):
                if path.startswith(role):
                    shared = "party." + path.removeprefix(role)
                    return self.facts.get(shared) or self.derived.get(shared)
        return known
