"""The answer of a distinct row: outcome, rules, reasons, open points, duties. Only rules that may apply are looked at.

What rows have in common is worked out once: a control with what lifts and reviews it, the bounds of several controls
together, a rule as a row names it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

from exportctl.batch import answer
from exportctl.batch.answer import Listed, Named
from exportctl.batch.control import Contribution, Controls
from exportctl.batch.put import NOT_PUT, Put
from exportctl.batch.seen import Meaning
from exportctl.decide.gap import Verdict, verdict
from exportctl.decide.outcome import NOTHING, strictest
from exportctl.fork import World, join, questions, settle
from exportctl.kleene import NO
from exportctl.law.rule import Rule

Answer = dict[str, str | None]
ListedRule = tuple[Named | None, tuple[tuple[str, str], ...]]
"""A rule as a row lists it: what it names of it where it is shown, and the duties that arise."""
STATES = 2**12


@dataclass(frozen=True, eq=False)
class Live:
    """The rules that may apply in a row: their `codes`, what they were `puts`, the day; `stated` facts others wait for.

    A code is the number of what the rule was put to (its place in `puts`), times `STATES`, plus the number of how its
    provision stands.
    """

    codes: Mapping[str, int]
    puts: Mapping[str, Sequence[Put]]
    day: datetime.date
    stated: Mapping[str, bool]

    def put(self, name: str) -> Put:
        """Return a rule put to the row."""
        return self.puts[name][self.codes[name] // STATES] if name in self.codes else NOT_PUT

    def applies(self, name: str) -> Any:
        """Return whether a rule applies, forked."""
        return self.put(name).applies


@dataclass(frozen=True, eq=False)
class Together:
    """What the rules that bear on the outcome come to together.

    `outcome` are its columns, `depends` the questions of law behind it, `lifted_by` what lifts each rule, `counted` the
    rules that may count, `working` those that work, `waiting` those whose answer is open and could matter.
    """

    outcome: Answer
    depends: tuple[str, ...]
    lifted_by: Mapping[str, tuple[str, ...]]
    counted: frozenset[str]
    working: frozenset[str]
    waiting: frozenset[str]


@dataclass(eq=False)
class Decided:
    """Decides rows. `fixed` are readings the user chose."""

    meaning: Meaning
    controls: Controls
    fixed: World
    known: dict[Hashable, Any] = field(default_factory=dict)
    alike: dict[tuple[str, int], int] = field(default_factory=dict)
    numbers: dict[Hashable, int] = field(default_factory=dict)

    def answer(self, live: Live) -> Answer:
        """Return the columns of the result, share and rule book apart."""
        found = self._together(live)
        listed = self._all_listed(live, found)
        shown = [named for named, _ in listed if named is not None]
        return {
            **found.outcome,
            **answer.about_rules(shown),
            "reasons": answer.reasons(shown, found.depends),
            "open_points": answer.BETWEEN.join(sorted(self._open_points(live, found.waiting))),
            "duties": answer.duties(chain.from_iterable(duties for _, duties in listed)),
        }

    def _once(self, key: Hashable, work: Callable[[], Any]) -> Any:
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]

    @cached_property
    def contributing(self) -> list[str]:
        """The rules that bear on the outcome, or are lifted."""
        book = self.meaning.book
        return [rule.id for rule in book.rules.values() if rule.kind == "control" or book.lifting(rule.id)]

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The rules that decide the outcome, with what lifts and reviews them."""
        return frozenset(one for name in self.contributing for one in self.controls.around(name))

    def _together(self, live: Live) -> Together:
        """Return what the rules of a row come to: the same in all rows in which these apply and stand alike."""
        key = ("together", *(self._alike(name, live) for name in live.codes if name in self.deciding))
        if key not in self.known:
            self.known[key] = self._put_together(live)
        found: Together = self.known[key]
        return found

    def _put_together(self, live: Live) -> Together:
        each = {name: self._contribution(name, live) for name in self.contributing if name in live.codes}
        bounds = self._bounds(each.values())
        found, depends = self._once(("verdict", bounds), lambda: self._verdict(bounds))
        return Together(
            {"outcome": found.outcome, "certain": str(found.certain), "possible": str(found.possible)},
            depends,
            {name: one.lifted_by for name, one in each.items()},
            frozenset(name for name, one in each.items() if one.counts),
            frozenset(name for name, one in each.items() if one.works),
            frozenset(name for one in each.values() for name in one.waiting),
        )

    def _contribution(self, name: str, live: Live) -> Contribution:
        key = (name, *(self._alike(one, live) for one in self.controls.around(name)))
        found: Contribution = self._once(key, lambda: self.controls.contribution(name, live.applies, live.day))
        return found

    def _alike(self, name: str, live: Live) -> int:
        """Return one number for all codes of a rule with which it applies and stands in the same way."""
        code = live.codes.get(name, 0)
        if code and (name, code) not in self.alike:
            key = (name, live.applies(name), code % STATES)
            self.alike[name, code] = self.numbers.setdefault(key, len(self.numbers) + 1)
        return self.alike[name, code] if code else 0

    def _bounds(self, each: Iterable[Contribution]) -> Any:
        """Return the bounds of all controls together, forked."""
        found: Any = NOTHING
        for contribution in each:
            found = self._strictest(found, contribution.bounds)
        return found

    def _strictest(self, one: Any, other: Any) -> Any:
        if NOTHING in (one, other):
            return other if one == NOTHING else one
        return self._once((one, other), lambda: join(strictest, one, other))

    def _verdict(self, bounds: Any) -> tuple[Verdict, tuple[str, ...]]:
        """Return the verdict, and the questions of law it depends on."""
        fixed = {f"reading:{name}": choice for name, choice in self.fixed.items()}
        depends = tuple(_named(question) for question in questions(settle(bounds, fixed)))
        return verdict(self.meaning.book, bounds, self.fixed), depends

    def _all_listed(self, live: Live, found: Together) -> list[ListedRule]:
        """Return the rules as a row lists them.

        Duties of a review arise only where it touches a control that works.
        """
        each = []
        for name, code in live.codes.items():
            touches = self.touching[name]
            bears = not found.counted.isdisjoint(self.bearing[name])
            raises = not touches or not found.working.isdisjoint(touches)
            lifted = found.lifted_by.get(name, ())
            key = ("listed", name, code, bears, raises, lifted)
            if key not in self.known:
                self.known[key] = self._listed(name, live, bears=bears, raises=raises, lifted_by=lifted)
            if self.known[key] is not None:
                each.append(self.known[key])
        return each

    def _listed(
        self, name: str, live: Live, *, bears: bool, raises: bool, lifted_by: tuple[str, ...]
    ) -> ListedRule | None:
        book = self.meaning.book
        found = self._listed_as(book.rules[name], live, bears=bears, raises=raises, lifted_by=lifted_by)
        return None if found is None else (answer.named(book, found) if found.shown else None, found.duties)

    @cached_property
    def touching(self) -> dict[str, frozenset[str]]:
        """What each rule touches."""
        return {rule.id: frozenset(rule.touches) for rule in self.meaning.book.rules.values()}

    @cached_property
    def bearing(self) -> dict[str, frozenset[str]]:
        """The controls each rule lifts or touches."""
        rules = self.meaning.book.rules
        named = {rule.id: [*(lift.rule for lift in rule.lifts), *rule.touches] for rule in rules.values()}
        return {name: frozenset(one for one in each if rules[one].kind == "control") for name, each in named.items()}

    def _listed_as(
        self, rule: Rule, live: Live, *, bears: bool, raises: bool, lifted_by: tuple[str, ...]
    ) -> Listed | None:
        put = live.put(rule.id)
        truth = self.meaning.view.truth(put.applies)
        if truth is NO:
            return None
        state = self.controls.state(rule, put.applies, live.day)
        shown = state != "not_issued" and (rule.kind in ("control", "duty") or bears)
        said = tuple((words, str(holds)) for words, holds in put.said)
        arising: tuple[tuple[str, str], ...] = ()
        if not (rule.kind == "exemption" and not bears) and state in ("in_force", "unverified") and not lifted_by:
            arising = tuple((name, str(truth) if state == "in_force" else "unknown") for name in rule.then.duties)
        found = Listed(rule.id, str(truth), state, put.codes, said, lifted_by, shown, arising)
        return found if raises else replace(found, duties=())

    def _open_points(self, live: Live, waiting: frozenset[str]) -> set[str]:
        """Return the facts that are missing and matter, but not those asked only once another fact is known."""
        asks = {ask for name in waiting for ask in live.put(name).asks}
        return asks - self._later(live) if asks else asks

    def _later(self, live: Live) -> frozenset[str]:
        """Return the facts that are asked only once another one is known, which is missing here."""
        missing = frozenset(path for path, known in live.stated.items() if not known)
        facts = self.meaning.book.vocabulary.facts.items()
        return self._once(  # type: ignore[no-any-return]
            ("later", missing), lambda: frozenset(name for name, fact in facts if fact.asked_after in missing)
        )


def _named(question: str) -> str:
    kind, _, name = question.partition(":")
    return f"{kind} {name}"
