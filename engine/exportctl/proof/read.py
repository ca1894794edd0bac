"""What a clause says, as a formula: the solver's reading of the rule book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import z3

from exportctl.exact import number as exact
from exportctl.law.book import Entry, RuleBook
from exportctl.law.clause import Clause
from exportctl.law.rule import Parameter, Rule
from exportctl.law.vocabulary import ENTRIES, ENTRIES_IN_FORCE, LIST_RULE, Derived, Fact
from exportctl.proof.days import Days, standings
from exportctl.proof.given import Flag, Inside, Made, Number, Word, Words, real
from exportctl.proof.known import Known
from exportctl.proof.mention import BY, LISTS, UNLISTED
from exportctl.proof.ownership import listed_share
from exportctl.proof.place import Place
from exportctl.proof.truth import NO, UNKNOWN, YES, Formula, Truth, Unprovable, all_of, any_of, chosen, every, some
from exportctl.proof.world import World

NEGATIVE = ("is_not", "not_in", "excludes")


@dataclass(eq=False)
class Reading:
    """One shipment under one rule book, as formulas over its facts, the day, the readings and the unseen lines."""

    book: RuleBook
    known: Known
    world: World
    days: Days
    memo: dict[Any, Truth] = field(default_factory=dict)
    works: dict[tuple[str, str], Formula] = field(default_factory=dict)

    def applies(self, rule: Rule) -> Truth:
        """Return whether a rule applies: to one of the places it looks at."""
        key = (rule.id, "applies")
        if key not in self.memo:
            numbers = self.numbers(rule)
            shipment = self.known.shipment
            places: Mapping[str, tuple[Place, ...]] = {
                "transfer": (shipment.transfer,),
                "party": shipment.parties,
                "exported": (shipment.root,),
                "part_2_node": shipment.items,
            }
            self.memo[key] = any_of(
                self._there(place, self.truth(rule.when, place, numbers)) for place in places[rule.at]
            )
        return self.memo[key]

    def numbers(self, rule: Rule) -> dict[str, Any]:
        """Return the numbers a rule names, on the day of the case."""
        return {name: self._parameter(parameter) for name, parameter in rule.parameters.items()}

    def limits(self, clause: Clause, place: Place, numbers: Mapping[str, Any]) -> tuple[Number, list[Any]] | None:
        """Return the number a test looks at, and what it is compared with; None where it is no such test."""
        derived = self.book.vocabulary.derived.get(clause.fact or "")
        given: Any = None
        if derived is None:
            given = self.known.of(place, clause.fact or "")
        elif derived.primitive == "value_share" and place.kind == "item":
            given = self.known.share(place)
        if not isinstance(given, Number):
            return None
        between = clause.operator == "between"
        return given, [exact(end) for end in clause.operand] if between else [_limit(clause, numbers)]

    def truth(self, clause: Clause, place: Place, numbers: Mapping[str, Any] | None = None) -> Truth:
        """Return whether a clause holds of a place; `numbers` are those a rule names."""
        key = (id(clause), place.name)
        if key not in self.memo:
            self.memo[key] = self._truth(clause, place, numbers or {})
        return self.memo[key]

    def _truth(self, clause: Clause, place: Place, numbers: Mapping[str, Any]) -> Truth:
        if clause.kind == "test":
            return self._test(clause, place, numbers)
        if clause.kind == "any_component":
            return self._inside(clause, place, numbers)
        if clause.kind == "any_owner":
            return self._owners(clause, place, numbers)
        neutral = NO if clause.kind == "any" else YES
        parts = [self._counted(part, place, numbers, neutral) for part in clause.parts]
        if clause.kind == "not":
            return ~parts[0]
        return all_of(parts) if clause.kind == "all" else any_of(parts)

    def _counted(self, clause: Clause, place: Place, numbers: Mapping[str, Any], neutral: Truth) -> Truth:
        taken = every(self.world.taken(reading, choice) for reading, choice in clause.under.items())
        return self.truth(clause, place, numbers).within(taken, neutral)

    def _inside(self, clause: Clause, place: Place, numbers: Mapping[str, Any]) -> Truth:
        """Return whether the clause holds of something inside an item, at any depth."""
        found = []
        for part in place.inside:
            found += [
                self._there(part, self.truth(clause.parts[0], part, numbers)),
                self._there(part, self.truth(clause, part)),
            ]
        return any_of(found)

    def _owners(self, clause: Clause, place: Place, numbers: Mapping[str, Any]) -> Truth:
        owners = self.known.of(place, "party.owners") if place.kind == "party" else None
        if not isinstance(owners, Flag):
            return UNKNOWN
        found = [self._there(owner, self.truth(clause.parts[0], owner, numbers)) for owner in place.owners]
        return any_of([*found, NO.within(owners.known, UNKNOWN)])

    def _there(self, place: Place, truth: Truth) -> Truth:
        there = self.known.there(place)
        return Truth(every([there, truth.yes]), every([there, truth.maybe]))

    # ---- tests of one fact

    def _test(self, clause: Clause, place: Place, numbers: Mapping[str, Any]) -> Truth:
        path = clause.fact or ""
        path, place = self._of_party(path, place)
        if path in ENTRIES:
            return self._listed(clause, place)
        derived = self.book.vocabulary.derived.get(path)
        if derived is not None and derived.band is not None:
            return self._nearly_listed(clause, place, derived.band)
        if derived is not None:
            return self._derived(clause, path, derived, place, numbers)
        fact = self.book.vocabulary.find(path)
        given = self.known.of(place, path)
        if given is None or not isinstance(fact, Fact):
            return UNKNOWN
        if clause.operator == "same_as":
            other = self.known.of(place, clause.operand)
            return given.same_as(other) if isinstance(given, Word) and isinstance(other, Word) else _unknown(clause)
        return self._plain(clause, given, fact, numbers)

    def _of_party(self, path: str, place: Place) -> tuple[str, Place]:
        """Return a fact of a named party as that party's own, where parties share it."""
        for party in self.known.shipment.parties:
            own = path.replace(f"parties.{party.name}.", "party.", 1)
            if own != path and self.book.vocabulary.find(own) is not None:
                return own, party
        return path, place

    def _plain(self, clause: Clause, given: Any, fact: Fact, numbers: Mapping[str, Any]) -> Truth:
        operand = clause.operand
        if isinstance(given, Flag) and isinstance(operand, bool):
            return given.truth if operand is (clause.operator == "is") else ~given.truth
        if isinstance(given, Number):
            return _compared(given, clause, numbers)
        names = operand if isinstance(operand, list) else [operand]
        if isinstance(given, Word):
            found = given.one_of(fact, names)
        elif isinstance(given, Words | Made | Inside):
            given = self._working(given) if isinstance(given, Words) and fact.type == "lists" else given
            found = given.within(names) if clause.operator == "in" else given.holds(names)
        else:
            return _unknown(clause)
        return ~found if clause.operator in NEGATIVE else found

    def _derived(self, clause: Clause, path: str, derived: Derived, place: Place, numbers: Mapping[str, Any]) -> Truth:
        place = place if path.startswith((f"{place.kind}.", "share.")) else self.known.shipment.transfer
        if derived.when is not None:
            return _is(clause, self.truth(derived.when, place))
        if derived.primitive in ("exported", "stated", "undivided"):
            return _is(clause, self._in_tree(derived.primitive, place))
        if derived.primitive == "value_share" and place.kind == "item":
            return _compared(self.known.share(place), clause, numbers)
        if derived.primitive == "listed_owner_share" and place.kind == "party":
            return _compared(listed_share(self.known, derived, place), clause, numbers)
        if derived.primitive == "listed_by_notice" and place.kind == "party":
            return _is(clause, self._by_notice(derived, place))
        if derived.primitive == "main_element":
            return self._main(clause, place)
        raise Unprovable(f"the solver does not know the primitive `{derived.primitive}` of `{path}`")

    def _in_tree(self, primitive: str, place: Place) -> Truth:
        """Return whether an item is the exported one, listed at all, or not broken down into all that is in it."""
        if primitive == "exported":
            return YES if place is self.known.shipment.root else NO
        if primitive == "stated":
            return YES if place.what == "listed" else NO
        return NO.within(every([place.broken_down, place.listed_all]), YES)

    def _main(self, clause: Clause, place: Place) -> Truth:
        made = self.known.of(place, "item.elements")
        if not isinstance(made, Made | Inside):
            return UNKNOWN
        found = made.mainly(clause.operand if isinstance(clause.operand, list) else [clause.operand])
        return ~found if clause.operator in NEGATIVE else found

    # ---- control lists

    def _listed(self, clause: Clause, place: Place) -> Truth:
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        seen = self._row_in_force if clause.fact == ENTRIES_IN_FORCE else self.row
        found = any_of(seen(entry, place) for name in names for entry in self.book.entries[name])
        return ~found if clause.operator == "excludes" else found

    def _nearly_listed(self, clause: Clause, place: Place, band: Decimal) -> Truth:
        """Return whether an item would fall under rows with their limits moved outwards."""
        names = [clause.operand] if isinstance(clause.operand, str) else clause.operand
        rows = [entry for name in names for entry in self.book.entries[name]]
        wider = [(entry, when) for entry in rows if (when := self.book.widened(entry, band)) is not None]
        found = any_of(self._seen(entry, self.truth(when, place)) for entry, when in wider)
        return ~found if clause.operator == "excludes" else found

    def _seen(self, entry: Entry, truth: Truth) -> Truth:
        """Return the value of a row where its line is what it is said to be; an unseen one is a question."""
        return truth.within(self.world.seen(entry.code), NO) if entry.row.evidence == "unseen" else truth

    def row(self, entry: Entry, place: Place) -> Truth:
        """Return whether an item falls under a row; an unseen row is a question of its own."""
        key = (entry.listing.id, entry.code, place.name)
        if key not in self.memo:
            found = self._seen(entry, self.truth(entry.row.when, place))
            code = self.known.of(place, "item.control_code")
            if isinstance(code, Word):
                found = NO.within(every([code.known, code.is_.get(UNLISTED, False)]), found)
                own = some(is_ for word, is_ in code.is_.items() if word in (entry.code, entry.row.alias) and word)
                found = YES.within(every([code.known, own]), found)
            self.memo[key] = found
        return self.memo[key]

    def _row_in_force(self, entry: Entry, place: Place) -> Truth:
        return self.row(entry, place).within(self._works(entry.listing.instrument, LIST_RULE), NO)

    def _works(self, instrument: str, provision: str) -> Formula:
        """Return when a provision is in force."""
        key = (instrument, provision)
        if key not in self.works:
            self.works[key] = standings(self.book, instrument, provision, self.days, self.world)["in_force"]
        return self.works[key]

    def _by_notice(self, derived: Derived, party: Place) -> Truth:
        """Return whether one of the named notices lists a party; which notice it is may not be known."""
        lists = self.known.of(party, LISTS)
        if not isinstance(lists, Words):
            return UNKNOWN
        works = {notice: self._works(notice, "") for notice in derived.notices}
        by_one = [(lists.has.get(f"{name}{BY}{notice}", False), notice) for name in derived.lists for notice in works]
        named = some(every([there, works[notice]]) for there, notice in by_one)
        unnamed = every([some(lists.has.get(name, False) for name in derived.lists), some(works.values())])
        return Truth(every([lists.known, named]), chosen(lists.known, some([named, unnamed]), some(works.values())))

    def _working(self, lists: Words) -> Words:
        """Return the lists a party is on; a listing by a notice follows the dates of the notice."""
        has: dict[str, list[Formula]] = {}
        for word, there in lists.has.items():
            name, _, notice = word.partition(BY)
            works = self._works(notice, "") if notice in self.book.instruments else not notice
            has.setdefault(name, []).append(every([there, works]))
        return Words(lists.known, {name: some(listings) for name, listings in has.items()})

    def _parameter(self, parameter: Parameter) -> Any:
        """Return a number of the law on the day of the case."""
        if len(parameter.values) == 1:
            return exact(parameter.values[0].value)
        found = real(exact(parameter.values[0].value))
        for dated in parameter.values[1:]:
            found = z3.If(self.days.since(dated.start), real(exact(dated.value)), found)
        return found


def _is(clause: Clause, truth: Truth) -> Truth:
    if not isinstance(clause.operand, bool):
        raise Unprovable(f"`{clause.fact}` is yes or no, and is compared with `{clause.operand}`")
    return truth if clause.operand is (clause.operator == "is") else ~truth


def _compared(given: Number, clause: Clause, numbers: Mapping[str, Any]) -> Truth:
    operand = clause.operand
    if clause.operator == "between":
        return all_of([given.compared("at_least", exact(operand[0])), given.compared("at_most", exact(operand[1]))])
    return given.compared(clause.operator, _limit(clause, numbers))


def _limit(clause: Clause, numbers: Mapping[str, Any]) -> Any:
    if isinstance(clause.operand, str) and clause.operand in numbers:
        return numbers[clause.operand]
    try:
        return exact(clause.operand)
    except (ValueError, TypeError):
        raise Unprovable(f"`{clause.fact}` is compared with `{clause.operand}`, which is no number") from None


def _unknown(clause: Clause) -> Truth:
    raise Unprovable(f"the solver does not know the test `{clause.fact} {clause.operator}`")
