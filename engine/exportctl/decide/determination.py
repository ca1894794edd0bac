"""A determination: what was decided about one case, with every reason. Its JSON form is the published contract.

Decimals are strings; a ratio that does not end is a fraction such as `1/3`. Texts that the contract gives as plain
strings are English; the same words in Chinese stand beside them under `…_zh`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from exportctl.decide.part import Part
from exportctl.decide.screened import PartiesScreened
from exportctl.law.evidence import Evidence
from exportctl.law.state import State
from exportctl.law.strict import Text

Definite = Literal[
    "prohibited", "refusal_presumed", "case_by_case", "licence_required",
    "suspended", "not_yet_required", "exempt", "no_requirement_found",
]  # fmt: skip
Published = Definite | Literal["needs_facts", "verify_law", "depends_on_reading"]
Truth = Literal["yes", "no", "unknown"]


class Reason(Part):
    """One clause of a provision: what it says, what was found, and how far from the limit.

    `subject` is what it was put to, `also` the other items of which the very same was found.
    """

    holds: Truth
    meaning: Text
    words: str
    fact: str
    subject: str
    value: str | None
    test: str
    distance: str | None = None
    also: tuple[str, ...] = ()


class Finding(Part):
    """One provision put to the case.

    `short` names the instrument. `bears_on` are the controls that may apply and that this rule lifts or reviews.

    `item` is the item, party or transfer it was decided on, `items` every one with the same answer. `contained`: the
    listed thing is inside the exported item. `lifted_by` names the rules that are proved to take it away, `reviewed_by`
    those that raise it.
    """

    rule: str
    instrument: str
    short: Text
    provision: str
    provision_zh: str
    title: Text
    kind: Literal["control", "scope", "exemption", "review", "duty"]
    item: str | None
    items: list[str]
    applies: Truth
    law: State
    law_note: str
    law_note_zh: str
    outcome: Definite | None
    codes: list[str]
    contained: bool
    bears_on: list[str]
    lifted_by: list[str] | None
    reviewed_by: list[str]
    presumed: bool
    evidence: Evidence
    reasons: list[Reason]


class OpenPoint(Part):
    """Something that is not known and could change the answer, with what each answer leads to.

    `weight` orders the points: how many of the answers settle the outcome, then how far they move the bounds.
    """

    kind: Literal["fact", "law", "reading", "unseen"]
    id: str
    item: str | None
    items: list[str]
    description: str
    why: list[str]
    question: Text
    if_: dict[str, Published] = Field(alias="if")
    weight: int

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Portion(Part):
    """A part that makes up a share: what it adds to one piece of the item; `counts` says whether it surely does."""

    item: str
    description: str
    counts: Truth
    amount: tuple[str, str | None]


class Flip(Part):
    """What would change the side of the threshold, everything else as it is.

    `fact` of `item` at `at` (in `unit`; null: another country) takes the share to the threshold, or below it: `turns`.
    """

    item: str
    fact: str
    at: str | None
    unit: str
    turns: Literal["reached", "not_reached"]


class Share(Part):
    """The share of an item's value that is Chinese-origin Part 1 content, under the readings named.

    `items` are all that are like it, in everything and so in their share. `numerator` and `worth` are intervals in
    `currency`; a high end of null has no bound. `distance` is how far both ends lie above the threshold. `portions` are
    the parts that make it up, the greatest first; `unlisted` says how many smaller ones there are.
    """

    item: str
    items: list[str] = []
    description: str
    denominator: str
    readings: dict[str, str]
    numerator: tuple[str, str | None]
    worth: tuple[str, str | None] | None
    currency: str | None
    low: str
    high: str
    threshold: str
    distance: tuple[str, str] | None = None
    reaches: Truth
    portions: list[Portion] = []
    unlisted: int = 0
    flips: list[Flip] = []
    break_even: str | None
    break_even_zh: str | None


class Answered(Part):
    """A fact that somebody stated when asked: which, of what, who said it and when, and where that is written."""

    item: str
    fact: str
    answer: str
    by: str
    on: str
    place: str


class DutyDue(Part):
    """Something to do: who, when, under which provision; `arises` says whether it is sure to.

    `due` is the last day of its term; `due_note` says why it cannot be computed.
    """

    id: str
    who: str
    who_zh: str
    when: str
    when_zh: str
    due: str | None
    due_note: Text | None = None
    provision: str
    provision_zh: str
    evidence: Evidence
    text: Text
    arises: Truth


class LicenceHeld(Part):
    """A licence that is held, put beside the findings: it never takes one away.

    `standing`: whether it covers this export. `differs` are the fields in which it does not, `not_known` those that
    cannot be compared: until, item, end_user, quantity, kind. How much of it is used up is not asked.
    """

    number: str | None
    kind: str | None
    standing: Literal["covering", "not_covering", "expired", "unknown"]
    differs: list[str]
    not_known: list[str]
    until: str | None


class Suspect(Part):
    """A part whose description raises a question: what its words suggest, and how many are in one exported item.

    `pieces` is an interval; a high end of null has no bound.
    """

    item: str
    description: str
    suggests: list[Text]
    pieces: tuple[str, str | None]


class Instead(Part):
    """One change of what the case states, in words, and the outcome it would lead to.

    `yours`: a person can arrange it; otherwise it is a fact about others that can only be established.
    """

    text: Text
    fact: str
    item: str | None
    outcome: Published
    direction: Literal["milder", "stricter"]
    yours: bool


class Revived(Part):
    """What the outcome would be if the suspended provisions worked again."""

    outcome: Published


class RuleBookUsed(Part):
    """The rules a determination rests on."""

    version: str
    sha256: str


class Determination(Part):
    """What was decided about one case on one day."""

    title: str
    on: str
    known_on: str | None
    outcome: Published
    certain: Definite
    possible: Definite
    headline: Text
    assumptions: list[str]
    assumptions_zh: list[str]
    warnings: list[str]
    suspects: list[Suspect]
    readings: dict[str, str]
    evidence: Evidence | None
    law_checked_on: str
    findings: list[Finding]
    open_points: list[OpenPoint]
    shares: list[Share]
    duties: list[DutyDue]
    licences: list[LicenceHeld] = []
    parties: PartiesScreened | None = None
    answers: list[Answered] = []
    if_revived: Revived | None
    what_if: list[Instead] = []
    not_checked: list[str]
    not_checked_zh: list[str]
    rulebook: RuleBookUsed
    engine: str
    second_opinion: Literal["agrees", "unavailable"]

    def to_json(self) -> str:
        """Return the determination as one line of JSON."""
        return self.model_dump_json(by_alias=True)
