"""Which facts are missing: those behind every clause that could not be decided and still matters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exportctl.decide.apply import Application
from exportctl.decide.examine import Examination, Tried
from exportctl.decide.subject import Ask, Subject
from exportctl.determine.view import View, real
from exportctl.kleene import NO, UNKNOWN
from exportctl.law.rule import Rule


@dataclass
class Group:
    """One question about things that are alike: the fact, whom it concerns, and the rules that wait for it."""

    fact: str
    asked: dict[Subject, None] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)

    @property
    def subjects(self) -> list[Subject]:
        """The things it concerns."""
        return list(self.asked)

    @property
    def names(self) -> list[str]:
        """The names of the things it concerns."""
        return [subject.name for subject in self.asked]

    @property
    def about_item(self) -> bool:
        """Whether it is about something in a tree, and not about the transfer or a party."""
        return self.fact.startswith("item.")

    @property
    def hinted(self) -> bool:
        """Whether words in a description raise the question."""
        return any(subject.item is not None and subject.item.hints for subject in self.asked)


def missing(exam: Examination, applied: Mapping[str, Application], view: View) -> list[Group]:
    """Return the facts that could still change the outcome, alike items together."""
    subjects = _by_name(exam)
    groups: dict[object, Group] = {}
    for rule in _waiting(exam, applied, view):
        trials = [trial for _, trial in applied[rule.id].tried]
        for ask in dict.fromkeys(asked_behind(trials, view, exam.book.by_likeness)):
            _put(exam, groups, ask, subjects[ask.subject], rule.id)
    return list(groups.values())


def _put(exam: Examination, groups: dict[object, Group], ask: Ask, subject: Subject, rule: str) -> None:
    fact = exam.vocabulary.facts.get(ask.fact)
    if fact is not None and fact.of_undivided and subject.children and "form" not in subject.facts:
        return
    if fact is not None and fact.asked_after and fact.asked_after.removeprefix("item.") not in subject.facts:
        return
    together = fact is not None and fact.asked_together
    blank = subject.item is not None and not subject.facts and not subject.item.hints and not subject.children
    if blank and subject is not exam.root and ask.fact != exam.vocabulary.first_asked and not together:
        return
    hints = subject.item.hints if subject.item else ()
    alike = (subject.signature, hints, bool(subject.children)) if subject.item else subject.name
    alike = ask.fact if together else alike
    group = groups.setdefault((ask.fact, alike), Group(ask.fact))
    group.asked[subject] = None
    if rule not in group.rules:
        group.rules.append(rule)


def _waiting(exam: Examination, applied: Mapping[str, Application], view: View) -> Iterator[Rule]:
    """Yield the rules whose answer is open and could matter: undecided controls, and what bears on live ones."""
    for control in exam.book.of_kind("control"):
        applies = view.truth(applied[control.id].applies)
        state = view.standing(applied[control.id].standing).state
        if applies is NO or state == "not_issued":
            continue
        if applies is UNKNOWN:
            yield control
        beside = exam.book.lifting(control.id)
        if state in ("in_force", "unverified"):
            beside += exam.book.reviewing(control.id)
        yield from (rule for rule in beside if view.truth(applied[rule.id].counts) is UNKNOWN)


def asked_behind(trials: Sequence[Tried], view: View, alike: Collection[int] = ()) -> Iterator[Ask]:
    """Yield the facts behind trials that are not decided.

    `alike` are the identities of clauses that like items answer alike: of undivided items, one stands for all.
    """
    waiting, seen, known = [*reversed(trials)], set(), dict[tuple[int, int | None], tuple[Ask, ...]]()
    while waiting:
        current = waiting.pop()
        key = (id(current.clause), current.subject.key)
        if key in seen or view.truth(current.holds) is not UNKNOWN or not view.counts(current.clause):
            continue
        seen.add(key)
        if id(current.clause) in alike and current.subject.likeness is not None and not current.subject.children:
            yield from _asked_of_like(current, view, known)
            continue
        yield from current.asks()
        waiting += reversed(current.parts)


def _asked_of_like(trial: Tried, view: View, known: dict[tuple[int, int | None], tuple[Ask, ...]]) -> Iterator[Ask]:
    """Yield what is asked of an undivided item, worked out for the first that is like it."""
    own, key = real(trial.subject).name, (id(trial.clause), trial.subject.likeness)
    if key not in known:
        asked = dict.fromkeys(asked_behind([trial], view))
        known[key] = tuple(Ask(ask.fact, "" if ask.subject == own else ask.subject) for ask in asked)
    yield from (Ask(ask.fact, ask.subject or own) for ask in known[key])


def _by_name(exam: Examination) -> dict[str, Subject]:
    found = {"transfer": exam.transfer}
    waiting = [*exam.parties, *([exam.root] if exam.root else [])]
    while waiting:
        subject = waiting.pop()
        found.setdefault(subject.name, subject)
        waiting += subject.children
    return found
