"""The cases of one owner of conditions, each put to the plain evaluator and made as small as it can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from exportctl.case.case import Case
from exportctl.decide.examine import Examination
from exportctl.law.book import RuleBook
from exportctl.problem import Refused
from exportctl.proof.argue import Witness
from exportctl.proof.confirm import case_of
from exportctl.proof.equal import told_apart
from exportctl.proof.mention import Mentions
from exportctl.proof.smaller import smaller
from exportctl.proof.witness import Owner, Shown, Sought
from exportctl.worked.coverage import REASON
from exportctl.worked.expectation import Expectation
from exportctl.worked.holding import holds, leaned_on, shown, view_of
from exportctl.worked.mutant import Mutant, mutants_of
from exportctl.worked.mutation import notices
from exportctl.worked.spot import Spot, spots

Point = tuple[str, str]


@dataclass(eq=False)
class Cases:
    """The cases of one owner as they are made.

    `seen` are the conditions that some case shows, by truth. `never` are those that no case can show, with the reason;
    `odd` those of which the solver has a case that does not show them to the plain evaluator. `alike` are changes of
    the owner that mean the same in every case.
    """

    book: RuleBook
    owner: str
    mentions: Mentions | None = None
    seen: set[Point] = field(default_factory=set)
    words: set[Point] = field(default_factory=set)
    never: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    told: list[tuple[Case, Expectation]] = field(default_factory=list)

    def made(self) -> Iterator[dict[str, Any]]:
        """Yield each case with what it shows; one that shows nothing new is left out."""
        for one in Owner(self.book, self.owner, self.mentions).shown(self._spots, self._seen):
            document = None if one.witness is None else self._document(one, one.witness)
            if document is not None:
                yield document
            elif one.witness is None:
                self.never.append(f"{one.spot.name} {one.truth}{REASON}{one.why}")
            else:
                self.odd.append(f"{one.spot.name} {one.truth} {one.word}".rstrip())
        yield from self._noticing()

    def _noticing(self) -> Iterator[dict[str, Any]]:
        """Yield a case for each change of the owner that no case so far notices."""
        for mutant in mutants_of(self.book, self.owner):
            other = mutant.book()
            if any(notices(other, mutant.kind, case, expected) for case, expected in self.told):
                continue
            witness = told_apart(self.book, mutant) if mutant.kind == "clause" else None
            document = None if witness is None else self._noticed(mutant, other, witness)
            if document is not None:
                yield document
            elif witness is None and mutant.kind == "clause":
                self.alike.append(f"{mutant.name}{REASON}means the same in every case")
            else:
                self.odd.append(mutant.name)

    def _noticed(self, mutant: Mutant, other: RuleBook, witness: Witness) -> dict[str, Any] | None:
        def still(raw: dict[str, Any]) -> bool:
            try:
                exam, view = self._seen_by(replace(witness, case=raw))
            except Refused:
                return False
            with_it, without = (holds(e, self.owner) for e in (exam, Examination(other, exam.case)))
            return view.truth(with_it) is not view.truth(without)

        if not still(witness.case):
            return None
        return self._written(replace(witness, case=smaller(witness.case, still)), [mutant.name])

    def _seen(self, spot: Spot, sought: Sought) -> bool:
        if sought.word:
            return (spot.name, sought.word) in self.words
        return sought.plain and (spot.name, sought.truth) in self.seen

    @cached_property
    def _spots(self) -> list[Spot]:
        return [spot for spot in spots(self.book) if spot.owner == self.owner]

    @cached_property
    def _without(self) -> dict[str, RuleBook]:
        """The rule book without one word of one condition, by the name of the change."""
        return {m.change: m.book() for m in mutants_of(self.book, self.owner) if " without " in m.change}

    def _document(self, one: Shown, witness: Witness) -> dict[str, Any] | None:
        """Return a case with what it shows; None where the plain evaluator does not see it show that."""
        if not self._shows(one, witness):
            return None
        alone = self._shows(one, witness, alone=True)
        raw = smaller(witness.case, lambda raw: self._shows(one, replace(witness, case=raw), alone=alone))
        witness = replace(witness, case=raw)
        exam, view = self._seen_by(witness)
        found = {spot.name: shown(exam, view, spot.name) for spot in self._spots}
        points = {(name, truth) for name, truth in found.items() if truth is not None}
        points |= set() if one.word else {(one.spot.name, one.truth)}
        new = {name for name, _ in points - self.seen}
        self.seen |= points
        self._note_words(exam, witness)
        return self._written(witness, sorted({one.spot.name, *new}))

    def _written(self, witness: Witness, shows: list[str]) -> dict[str, Any]:
        """Return a case with what is found of the owner."""
        usual = {name: reading.default for name, reading in self.book.readings.items()}
        readings = {name: choice for name, choice in witness.readings.items() if usual[name] != choice}
        exam, view = self._seen_by(witness)
        found = {self.owner: str(view.truth(holds(exam, self.owner)))}
        said = {"applies" if self.owner in self.book.rules else "holds": found, "shows": shows}
        expected = {**({"readings": readings} if readings else {}), **said}
        self.told.append((exam.case, Expectation.model_validate(expected)))
        return {**witness.case, "expect": expected}

    def _seen_by(self, witness: Witness) -> tuple[Examination, Any]:
        expected = Expectation(readings=witness.readings, outcome="suspended")
        return Examination(self.book, case_of(self.book, witness)), view_of(self.book, expected)

    def _note_words(self, exam: Examination, witness: Witness) -> None:
        """Note the words without which a case would be decided otherwise."""
        for spot in self._spots:
            for word in spot.clause.operand if isinstance(spot.clause.operand, list) else ():
                if self._by_word(spot, str(word), exam, witness):
                    self.words.add((spot.name, str(word)))

    def _shows(self, one: Shown, witness: Witness, *, alone: bool = False) -> bool:
        try:
            exam, view = self._seen_by(witness)
        except Refused:
            return False
        if one.word:
            return self._by_word(one.spot, one.word, exam, witness)
        own = shown(exam, view, one.spot.name) or (None if alone else leaned_on(exam, view, one.spot.name))
        return own == one.truth

    def _by_word(self, spot: Spot, word: str, exam: Examination, witness: Witness) -> bool:
        """Return whether the plain evaluator decides the owner otherwise without a word."""
        other = self._without.get(f"{'.'.join(map(str, spot.steps)) or 'when'} without {word}")
        if other is None:
            return False
        view = view_of(self.book, Expectation(readings=witness.readings, outcome="suspended"))
        with_it, without = (holds(e, self.owner) for e in (exam, Examination(other, exam.case)))
        return view.truth(with_it) is not view.truth(without)
