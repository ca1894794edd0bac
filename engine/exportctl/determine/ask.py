"""Which facts are missing: those behind every clause that could not be decided and still matters."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field

from exportctl.case.item import Item
from exportctl.decide.apply import Application
from exportctl.decide.examine import Examination
from exportctl.decide.subject import Subject
from exportctl.decide.tree import Tree, Within
from exportctl.determine.search import Search
from exportctl.determine.view import View, real
from exportctl.kleene import NO, UNKNOWN
from exportctl.law.rule import Rule
from exportctl.progress import counted


@dataclass(frozen=True)
class Group:
    """One question about things that are alike: the fact, whom it concerns by name, and the rules that wait for it.

    `subject` and `item` are those of the first of them.
    """

    fact: str
    subject: Subject
    item: Item | None
    names: list[str]
    rules: list[str]
    hinted: bool = False

    @property
    def about_item(self) -> bool:
        """Whether it is about something in a tree, and not about the transfer or a party."""
        return self.fact.startswith("item.")


def missing(exam: Examination, applied: Mapping[str, Application], view: View) -> list[Group]:
    """Return the facts that could still change the outcome, alike items together."""
    questions = _Questions(exam)
    search = Search(exam, view)
    for rule in counted("finding what is missing", list(_waiting(exam, applied, view))):
        for found in search.behind(applied[rule.id]):
            for subject in found.subjects:
                questions.put(found.fact, real(subject), found.within, rule.id)
    return questions.groups()


@dataclass(eq=False)
class _Asked:
    """One question while it is gathered: whom it concerns, by the items inside which that matters."""

    fact: str
    subjects: dict[int, tuple[dict[Subject, None], Within | None]] = field(default_factory=dict)
    rules: dict[str, None] = field(default_factory=dict)

    def put(self, subject: Subject, within: Within | None, rule: str) -> None:
        subjects, _ = self.subjects.setdefault(id(within), ({}, within))
        subjects[subject] = self.rules[rule] = None

    def group(self, tree: Tree | None, inside: Mapping[int, Container[int] | None]) -> Group:
        """Return the question, about items in the order of the tree; `inside` are those inside which it matters."""
        subjects = list(dict.fromkeys(subject for some, _ in self.subjects.values() for subject in some))
        if tree is None or subjects[0].item is None:
            return Group(self.fact, subjects[0], None, [subject.name for subject in subjects], list(self.rules))
        items = tree.items((some, inside[key]) for key, (some, _) in self.subjects.items())
        hinted = any(item.hints for item in items)
        return Group(self.fact, tree.of(items[0]), items[0], [item.id for item in items], list(self.rules), hinted)


@dataclass(eq=False)
class _Questions:
    """Questions as they are gathered, by the fact and what is alike."""

    exam: Examination
    asked: dict[object, _Asked] = field(default_factory=dict)
    alike: dict[object, object] = field(default_factory=dict)

    def put(self, name: str, subject: Subject, within: Within | None, rule: str) -> None:
        """Add a question, unless another one has to be answered first."""
        fact = self.exam.vocabulary.facts.get(name)
        if fact is not None and fact.of_undivided and subject.children and "form" not in subject.facts:
            return
        if fact is not None and fact.asked_after and fact.asked_after.removeprefix("item.") not in subject.facts:
            return
        together = fact is not None and fact.asked_together
        if not together and name != self.exam.vocabulary.first_asked and self._blank(subject):
            return
        key = (name, name if together else self._alike(subject))
        if key not in self.asked:
            self.asked[key] = _Asked(name)
        self.asked[key].put(subject, within, rule)

    def _blank(self, subject: Subject) -> bool:
        """Return whether nothing is known of a part, so that there is one thing to ask of it first."""
        item = subject.item
        known = item is None or subject.facts or item.hints or subject.children or subject is self.exam.root
        return not known

    def _alike(self, subject: Subject) -> object:
        """Return what things have in common of which a question is asked together."""
        if subject.item is None:
            return subject.name
        if subject.key not in self.alike:
            kind = (subject.signature, subject.item.hints, bool(subject.children))
            self.alike[subject.key] = self.alike.setdefault(kind, len(self.alike))
        return self.alike[subject.key]

    def groups(self) -> list[Group]:
        """Return every question."""
        if self.exam.tree is None:
            return [asked.group(None, {}) for asked in self.asked.values()]
        every = {key: within for asked in self.asked.values() for key, (_, within) in asked.subjects.items()}
        inside = {key: self.exam.tree.inside(within) for key, within in every.items()}
        return [asked.group(self.exam.tree, inside) for asked in self.asked.values()]


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
