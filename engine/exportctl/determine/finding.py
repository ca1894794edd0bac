"""One finding for each rule: what it was decided on, every clause with what was seen, what lifts or reviews it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from exportctl.decide.apply import Application
from exportctl.decide.determination import Definite, Finding
from exportctl.decide.examine import Examination, Tried
from exportctl.decide.membership import Membership
from exportctl.decide.outcome import under
from exportctl.decide.subject import Subject
from exportctl.determine.view import View, real, said
from exportctl.kleene import NO, UNKNOWN, YES, Kleene
from exportctl.law.evidence import Evidence, weakest
from exportctl.law.rule import Rule

_STATED: dict[str, Definite] = {"scope": "no_requirement_found", "exemption": "exempt"}


@dataclass(frozen=True)
class Findings:
    """The findings of one examination, as the default readings have them."""

    exam: Examination
    applied: Mapping[str, Application]
    view: View

    @cached_property
    def all(self) -> list[Finding]:
        """Every finding, by rule id."""
        return [self.of(application) for application in self.applied.values()]

    def of(self, application: Application) -> Finding:
        """Return the finding on one rule."""
        rule, view = application.rule, self.view
        applies = view.truth(application.applies)
        standing = view.standing(application.standing)
        chosen = self._chosen(application, applies)
        codes, inside = self._codes(chosen, applies)
        codes = codes or (rule.codes if applies is not NO else [])
        lifted = [r.id for r in self.lifting(rule) if applies is not NO]
        return Finding(
            rule=rule.id,
            instrument=rule.instrument,
            short=self.exam.book.instruments[rule.instrument].short,
            provision=rule.provision.en,
            provision_zh=rule.provision.zh,
            title=rule.title,
            kind=rule.kind,
            item=inside or (real(chosen[0]).name if chosen else None),
            items=self._alike(application, applies),
            applies=said(applies),
            law=standing.state,
            law_note=standing.note.en,
            law_note_zh=standing.note.zh,
            outcome=rule.then.outcome or _STATED.get(rule.kind),
            codes=codes,
            contained=inside is not None,
            bears_on=[name for name in (*(lift.rule for lift in rule.lifts), *rule.touches) if self._live(name)],
            lifted_by=lifted or None,
            reviewed_by=[r.id for r in self.exam.book.reviewing(rule.id) if self._holds(r)]
            if applies is not NO
            else [],
            presumed=rule.presumed or any(self.exam.book.rules[name].presumed for name in lifted),
            evidence=self._evidence(rule, standing.evidence, codes),
            reasons=view.reasons(chosen[1]) if chosen else [],
        )

    def lifting(self, rule: Rule) -> Iterator[Rule]:
        """Yield the rules that are proved to lift a control and are not set aside by a review."""
        for lift in self.exam.book.lifting(rule.id):
            named = next(part for part in lift.lifts if part.rule == rule.id)
            if self.view.truth(under(self.exam.book, named, self.applied[lift.id].counts)) is YES and not any(
                self.view.truth(under(self.exam.book, part, self.applied[review.id].counts)) is YES
                for review in self.exam.book.reviewing(rule.id)
                for part in review.lifts
                if part.rule == lift.id
            ):
                yield lift

    def _live(self, name: str) -> bool:
        """Return whether a control may apply."""
        application = self.applied[name]
        return application.rule.kind == "control" and self.view.truth(application.counts) is not NO

    def _holds(self, rule: Rule) -> bool:
        return self.view.truth(self.applied[rule.id].counts) is YES

    def _chosen(self, application: Application, applies: Kleene) -> tuple[Subject, Tried] | None:
        """Return the subject a rule was decided on: one with the rule's answer, the nearest to applying first."""
        alike = [(s, t) for s, t in application.tried if self.view.truth(t.holds) is applies] or application.tried
        tried = [(self._failing(trial), subjects) for subjects, trial in alike]
        far = [(failing, *self._far(subject), subject) for failing, some in tried for subject in some]
        if not far or application.put is None:
            return None
        *_, chosen = min(far, key=lambda one: one[:-1])
        return chosen, application.put(chosen)

    def _far(self, subject: Subject) -> tuple[bool, bool, int]:
        """Return how little a subject is worth showing: not listed, not raised by words, far down in the tree."""
        hinted = bool(subject.item and subject.item.hints)
        place = self.exam.tree.place(subject) if self.exam.tree is not None and subject.kind == "item" else 0
        return subject.stands_for is not None, not hinted, place

    def _failing(self, trial: Tried) -> int:
        """Return how many of the reasons of a trial speak against it."""
        if not self.view.counts(trial.clause):
            return 0
        if trial.clause.meaning is not None:
            return int(self.view.truth(trial.holds) is NO)
        return sum(self._failing(part) for part in trial.parts)

    def _alike(self, application: Application, applies: Kleene) -> list[str]:
        """Return the names of everything with the rule's answer."""
        if applies is NO:
            return []
        found = [s for some, t in application.tried if self.view.truth(t.holds) is applies for s in some]
        if application.rule.at == "part_2_node" and self.exam.tree is not None:
            return self.exam.tree.names(found)
        return list(dict.fromkeys(real(s).name for s in found))

    def _codes(self, chosen: tuple[Subject, Tried] | None, applies: Kleene) -> tuple[list[str], str | None]:
        """Return the codes a finding rests on, and the id of the item inside when only that one is listed."""
        if chosen is None or applies is NO:
            return [], None
        direct = self._named(chosen[1])
        if direct:
            return direct, None
        for trial in _components(chosen[1]):
            for inner in trial.parts:
                codes = self._named(inner)
                if codes and self.view.truth(inner.holds) is not NO:
                    return codes, real(inner.subject).name
        return [], None

    def _named(self, trial: Tried) -> list[str]:
        """Return the codes that a trial found for certain, or for certain but for an unseen line."""
        found: list[str] = []
        if self._of_entries(trial) and isinstance(trial.value, Membership):
            known = trial.value.known.items()
            found += [code for code, holds in known if self.view.truth(holds) is YES or holds not in (NO, UNKNOWN)]
        elif trial.clause.kind in ("all", "any") or self._by_clauses(trial):
            found += [code for part in trial.parts for code in self._named(part) if self.view.counts(part.clause)]
        return list(dict.fromkeys(found))

    def _of_entries(self, trial: Tried) -> bool:
        """Return whether a test is of the entries an item falls under, or nearly does."""
        derived = self.exam.vocabulary.derived.get(trial.clause.fact or "")
        return derived is not None and derived.type == "entries"

    def _by_clauses(self, trial: Tried) -> bool:
        """Return whether a test is of a fact that other clauses make up."""
        derived = self.exam.vocabulary.derived.get(trial.clause.fact or "")
        return derived is not None and derived.when is not None

    def _evidence(self, rule: Rule, dates: Evidence, codes: list[str]) -> Evidence:
        rows = [e.row.evidence for code in codes for e in [self.exam.book.coded.get(code)] if e is not None]
        return weakest([rule.evidence.words, dates, *rows]) or "unseen"


def _components(trial: Tried) -> Iterator[Tried]:
    """Yield the trials of `any_component` in a rule's own clauses."""
    if trial.clause.kind == "any_component":
        yield trial
    elif trial.clause.kind in ("all", "any"):
        for part in trial.parts:
            yield from _components(part)
