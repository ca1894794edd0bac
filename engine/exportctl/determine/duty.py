"""What has to be done: the duties of provisions that apply and are in force."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from exportctl.decide.determination import DutyDue, Finding, Truth
from exportctl.determine.working_day import working_day_after
from exportctl.law.book import RuleBook
from exportctl.law.rule import Rule
from exportctl.law.strict import Text

NOT_COMPUTABLE = Text(
    en="not computable: the working days of that year are not known here", zh="无法计算：该年度工作日安排在此未知"
)
_RANK: dict[Truth, int] = {"no": 0, "unknown": 1, "yes": 2}


def duties(book: RuleBook, findings: list[Finding], on: datetime.date) -> list[DutyDue]:
    """Return each duty once, with whether it is sure to arise; duties of suspended provisions do not.

    A term in working days runs from the day after the export, `on`.
    """
    arising: dict[str, Truth] = {}
    by_rule = {finding.rule: finding for finding in findings}
    for finding in findings:
        if finding.kind == "review" and not any(_works(by_rule[name]) for name in finding.bears_on):
            continue
        for name, truth in _of(book.rules[finding.rule], finding):
            arising[name] = max(arising.get(name, truth), truth, key=lambda t: _RANK[t])
    return [_due(book, name, truth, on) for name, truth in arising.items()]


def _works(control: Finding) -> bool:
    """Return whether a control may apply, may be in force and is not lifted."""
    return control.applies != "no" and control.law in ("in_force", "unverified") and not control.lifted_by


def _of(rule: Rule, finding: Finding) -> Iterator[tuple[str, Truth]]:
    if finding.kind == "exemption" and not finding.bears_on:
        return
    if not _works(finding):
        return
    truth: Truth = finding.applies if finding.law == "in_force" else "unknown"
    for name in rule.then.duties:
        yield name, truth


def _due(book: RuleBook, name: str, truth: Truth, on: datetime.date) -> DutyDue:
    duty = book.duties[name]
    due = working_day_after(on, duty.working_days) if duty.working_days else None
    return DutyDue(
        id=name,
        who=duty.who.en,
        who_zh=duty.who.zh,
        when=duty.when.en,
        when_zh=duty.when.zh,
        due=due.isoformat() if due else None,
        due_note=NOT_COMPUTABLE if duty.working_days and due is None else None,
        provision=f"{book.instruments[duty.instrument].short.en}, {duty.provision.en}",
        provision_zh=f"{book.instruments[duty.instrument].short.zh}，{duty.provision.zh}",
        evidence=duty.evidence,
        text=duty.text,
        arises=truth,
    )
