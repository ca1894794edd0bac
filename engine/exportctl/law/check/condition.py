"""Every `when` of a rule book, and what each of its clauses looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from exportctl.law.book import RuleBook
from exportctl.law.check.passage import Passage, Passages
from exportctl.law.clause import Clause
from exportctl.law.rule import Parameter, Place
from exportctl.strict_yaml import Path_

Sight = Literal["item", "party", "owner", "transfer"]
Bearer = Literal["rule", "row", "derived"]

AT: dict[Place, Sight] = {"exported": "item", "part_2_node": "item", "party": "party", "transfer": "transfer"}
DERIVED: dict[str, Sight] = {"item": "item", "share": "item", "party": "party", "owner": "owner"}
DEEPER: dict[str, Sight] = {"any_component": "item", "any_owner": "owner"}


@dataclass(frozen=True)
class Site:
    """A clause where it stands: what it looks at, the combination it is directly part of, whether it looks deeper.

    `inside` is empty for the outermost clause; `below` is set inside `any_component` and `any_owner`.
    """

    clause: Clause
    path: Path_
    sight: Sight
    inside: str = ""
    below: bool = False


@dataclass(frozen=True)
class Condition:
    """The `when` of a rule, a list row or a derived fact, which `name` names."""

    bearer: Bearer
    name: str
    passage: Passage
    path: Path_
    clause: Clause
    sight: Sight
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    @property
    def sites(self) -> Iterator[Site]:
        """Every clause of the condition, from the outermost inwards."""
        return _inwards(Site(self.clause, self.path, self.sight))

    @property
    def tests(self) -> Iterator[Site]:
        """The clauses that test a fact."""
        return (site for site in self.sites if site.clause.kind == "test")


def conditions(book: RuleBook, passages: Passages) -> Iterator[Condition]:
    """Yield every `when` of the book: of rules, list rows and derived facts."""
    for rule in book.rules.values():
        passage = passages.of(rule.id)
        yield Condition("rule", rule.id, passage, ("when",), rule.when, AT[rule.at], rule.parameters)
    for listing in book.lists.values():
        passage = passages.of(listing.id)
        for number, row in enumerate(listing.rows):
            yield Condition("row", row.code, passage, ("rows", number, "when"), row.when, "item")
    for name, derived in book.vocabulary.derived.items():
        if derived.when is not None:
            sight = DERIVED.get(name.partition(".")[0], "transfer")
            path = ("derived", name, "when")
            yield Condition("derived", name, passages.vocabulary, path, derived.when, sight)


def _inwards(site: Site) -> Iterator[Site]:
    yield site
    kind = site.clause.kind
    sight, below = DEEPER.get(kind, site.sight), site.below or kind in DEEPER
    for number, part in enumerate(site.clause.parts):
        step = (kind, number) if kind in ("all", "any") else (kind,)
        yield from _inwards(Site(part, (*site.path, *step), sight, kind, below))
