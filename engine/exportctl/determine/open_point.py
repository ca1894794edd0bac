"""What is not known, as a work list: each question with what every answer would lead to, the most decisive first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from exportctl.case.answer import answer_of, answered, answers_of
from exportctl.decide.apply import apply_all
from exportctl.decide.determination import OpenPoint, Published
from exportctl.decide.examine import Examination
from exportctl.decide.gap import Verdict, defaults, verdict
from exportctl.decide.outcome import Outcome, decide
from exportctl.decide.screened import PartiesScreened, PartyHit
from exportctl.determine.affiliate import about_owners, affiliates, owned_by
from exportctl.determine.ask import Group
from exportctl.determine.break_even import Even, break_even
from exportctl.determine.money import money
from exportctl.determine.named import named_values
from exportctl.exact import Interval
from exportctl.fork import questions, settle
from exportctl.law.strict import Text
from exportctl.law.vocabulary import Fact
from exportctl.progress import counted

SETTLES, HINTED = 10, 5
BILLION = 10**9
MOST_VISITS, LEAST_TRIED = 15_000, 8
MONEY = ("money", "money per kilogram")


@dataclass(frozen=True)
class OpenPoints:
    """The open points of one examination, and the verdict they would change."""

    exam: Examination
    bounds: Any
    fixed: Mapping[str, str]
    found: Verdict
    screened: PartiesScreened | None = None

    def all(self, groups: list[Group]) -> list[OpenPoint]:
        """Return every open point, the most decisive first."""
        tried = {id(group) for group in self._promising(groups)}
        facts = (self._fact(group, tried=id(group) in tried) for group in counted("what answers lead to", groups))
        points = [*facts, *self._questions()]
        return sorted(points, key=lambda point: (-point.weight, point.kind, point.id, point.items))

    def left(self, groups: list[Group]) -> list[str]:
        """Return, as a warning, of how many questions no answer was tried because the tree is too large for all."""
        tried = len(self._promising(groups))
        if tried == len(groups):
            return []
        return [f"what answers lead to was worked out for {tried} of {len(groups)} questions; the tree is large"]

    def _promising(self, groups: list[Group]) -> list[Group]:
        """Return the questions of which the answers are tried: all of them, in a large tree the most promising."""
        root = self.exam.case.item
        most = max(LEAST_TRIED, MOST_VISITS // max(1, sum(1 for _ in root.walk()) if root else 1))
        return sorted(groups, key=_promise)[:most]

    # ---- law, readings, unseen lines

    def _questions(self) -> Iterator[OpenPoint]:
        fixed = {f"reading:{name}": choice for name, choice in self.fixed.items()}
        for question, choices in sorted(questions(settle(self.bounds, fixed)).items()):
            leads = {name: self._settled(question, name) for name in choices}
            yield self._question(question, leads)

    def _settled(self, question: str, choice: str) -> Verdict:
        kind, _, name = question.partition(":")
        if kind == "reading":
            return verdict(self.exam.book, self.bounds, {**self.fixed, name: choice})
        return verdict(self.exam.book, settle(self.bounds, {question: choice}), self.fixed)

    def _question(self, question: str, leads: dict[str, Verdict]) -> OpenPoint:
        kind, _, name = question.partition(":")
        kinds: dict[str, Literal["law", "reading", "unseen"]] = {"law": "law", "reading": "reading", "unseen": "unseen"}
        return OpenPoint(
            kind=kinds[kind],
            id=name,
            item=None,
            items=[],
            description="",
            why=[],
            question=self._wording(kind, name),
            if_={choice: _published(v) for choice, v in leads.items()},
            weight=self._weight(leads.values()),
        )

    def _wording(self, kind: str, name: str) -> Text:
        book = self.exam.book
        if kind == "reading":
            return book.readings[name].question
        if kind == "law":
            short = book.instruments[name].short
            return Text(
                en=f"Did {short.en} work again on {self.exam.case.on}, or was its suspension extended?",
                zh=f"{short.zh}在{self.exam.case.on}是否已恢复实施，还是继续暂停？",
            )
        row = book.entries[name][0].row
        return Text(
            en=f"Does the annex name this item ({row.item.en})? That line was not seen.",
            zh=f"附件是否列有该物项（{row.item.zh}）？该行未能查阅。",
        )

    # ---- facts

    def _fact(self, group: Group, *, tried: bool) -> OpenPoint:
        fact = self.exam.vocabulary.find(group.fact)
        hits = self._affiliates(group, fact)
        leads = dict(self._answers(group, fact)) if tried and isinstance(fact, Fact) else {}
        leads = {answer: self._if(group, owners) for answer, owners in owned_by(hits).items() if tried} | leads
        return OpenPoint(
            kind="fact",
            id=group.fact,
            item=None if group.subject.kind == "transfer" else group.names[0],
            items=group.names,
            description=group.item.description if group.item else "",
            why=group.rules,
            question=about_owners(_question_of(fact), hits),
            if_={answer: _published(found) for answer, found in leads.items()},
            weight=self._weight(leads.values()) + (HINTED if group.hinted or hits else 0),
        )

    def _affiliates(self, group: Group, fact: Any) -> list[PartyHit]:
        """Return the listed firms that a party may belong to, where the question is who owns it."""
        return affiliates(self.screened, group.names) if isinstance(fact, Fact) and fact.type == "owners" else []

    def _answers(self, group: Group, fact: Fact) -> Iterator[tuple[str, Verdict]]:
        even = break_even(self.exam, group, defaults(self.exam.book, self.fixed)) if fact.unit in MONEY else None
        if even is not None:
            yield from self._around(group, even)
            return
        known = group.subject.facts.get(group.fact.partition(".")[2])
        named = named_values(self.exam, group) if fact.asked_together else []
        for word in dict.fromkeys([*answers_of(fact, known), *named]):
            yield word, self._if(group, answer_of(fact, word, known))

    def _around(self, group: Group, even: Even) -> Iterator[tuple[str, Verdict]]:
        """Yield both sides of the amount at which the share reaches its threshold."""
        text = f"{money(even.at)} {even.currency}".strip()
        little = even.at / BILLION
        exactly = self._if(group, Interval.at(even.at))
        if even.frees:
            yield f"{text} or less", exactly
            yield f"above {text}", self._if(group, Interval.at(even.at + little))
        else:
            yield f"below {text}", self._if(group, Interval.at(even.at - little))
            yield f"{text} or more", exactly

    def _if(self, group: Group, answer: Any) -> Verdict:
        case = answered(self.exam.case, self.exam.book, group.fact, group.names, answer)
        other = self.exam.with_case(case, other_item=group.fact.startswith("item."))
        return verdict(self.exam.book, decide(self.exam.book, apply_all(other)), self.fixed)

    def _weight(self, leads: Any) -> int:
        weight = 0
        for found in leads:
            settles = found.outcome in {str(outcome) for outcome in Outcome} and found.outcome != self.found.outcome
            weight += SETTLES if settles else 0
            weight += abs(found.certain - self.found.certain) + abs(found.possible - self.found.possible)
        return weight


def _promise(group: Group) -> tuple[bool, bool, int, str, list[str]]:
    return group.about_item, not group.hinted, -len(group.names), group.fact, group.names


def _published(found: Verdict) -> Published:
    return found.outcome  # type: ignore[return-value]


def _question_of(fact: Any) -> Text:
    return fact.question or fact.label or Text(en="Please state this fact.", zh="请说明该项事实。")
