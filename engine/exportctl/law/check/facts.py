"""Facts that clauses ask about: the vocabulary has them, and they can be seen from where the clause stands."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.law.book import RuleBook
from exportctl.law.check.condition import Condition, Sight, Site, conditions
from exportctl.law.check.passage import Passages, nearest
from exportctl.law.vocabulary import Vocabulary
from exportctl.problem import Problem

EVERYWHERE = ("parties", "transfer", "end_use", "technology")
SEEN: dict[str, Sight] = {"item": "item", "share": "item", "party": "party", "owner": "owner"}
LOOKS_AT: dict[Sight, str] = {
    "item": "an item",
    "party": "a party",
    "owner": "an owner of a party",
    "transfer": "the transfer",
}
WHERE = {
    "item": "`item.` facts are seen at exported and part_2_node, inside any_component and in list rows",
    "share": "`share.` facts are seen where `item.` facts are: at exported and part_2_node, inside any_component",
    "party": "`party.` facts are seen at party only; `parties.importer.` and `parties.end_user.` ones everywhere",
    "owner": "`owner.` facts are seen inside any_owner only",
}


def faults(book: RuleBook, passages: Passages) -> Iterator[Problem]:
    """Yield each clause on a fact that is unknown or out of sight."""
    for condition in conditions(book, passages):
        for site in condition.sites:
            if site.clause.kind in ("any_component", "any_owner"):
                yield from _entered(condition, site)
            for key in ("fact", "same_as"):
                path = getattr(site.clause, key)
                if path is not None:
                    yield from _asked(book.vocabulary, condition, site, key, path)


def _asked(vocabulary: Vocabulary, condition: Condition, site: Site, key: str, path: str) -> Iterator[Problem]:
    where = (*site.path, key)
    if vocabulary.find(path) is None:
        yield condition.passage.problem(where, f"unknown fact `{path}`", nearest(path, _paths(vocabulary)))
        return
    head = path.partition(".")[0]
    if head in EVERYWHERE or SEEN.get(head) == site.sight:
        return
    text = f"`{path}` cannot be seen here, where the clause looks at {LOOKS_AT[site.sight]}"
    yield condition.passage.problem(where, text, WHERE.get(head, "no clause sees it"))


def _entered(condition: Condition, site: Site) -> Iterator[Problem]:
    """Yield a fault when a clause looks inside something that is not in sight."""
    kind = site.clause.kind
    fitting, whose = (("item",), "an item") if kind == "any_component" else (("party", "owner"), "a party")
    if site.sight not in fitting:
        text = f"`{kind}` looks inside {whose}, and here the clause looks at {LOOKS_AT[site.sight]}"
        yield condition.passage.problem((*site.path, kind), text, WHERE[fitting[0]])


def _paths(vocabulary: Vocabulary) -> list[str]:
    """Return every path a clause may use, also those of importer and end user."""
    known = [*vocabulary.facts, *vocabulary.derived]
    shared = [path.removeprefix("party.") for path in known if path.startswith("party.")]
    return [*known, *(f"parties.{role}.{name}" for role in ("importer", "end_user") for name in shared)]
