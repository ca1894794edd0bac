"""The whole way from a case to its determination."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from exportctl import __version__
from exportctl.case.case import Case
from exportctl.decide.apply import Application, apply_all
from exportctl.decide.determination import Determination, Finding, Revived, RuleBookUsed
from exportctl.decide.examine import Examination
from exportctl.decide.gap import Verdict, defaults, verdict
from exportctl.decide.outcome import control_bounds, decide
from exportctl.decide.screened import PartiesScreened
from exportctl.determine.ask import missing
from exportctl.determine.assumption import ASSUMPTIONS, NOT_CHECKED, about_the_future
from exportctl.determine.duty import duties
from exportctl.determine.finding import Findings
from exportctl.determine.held import licences_held
from exportctl.determine.open_point import OpenPoints
from exportctl.determine.suspect import suspects
from exportctl.determine.value_share import value_shares
from exportctl.determine.view import View
from exportctl.explain.headline import headline
from exportctl.fork import leaves, questions, settle
from exportctl.law.book import RuleBook
from exportctl.law.evidence import Evidence, weakest
from exportctl.law.strict import Text
from exportctl.second_opinion.opinion import second_opinion


def determine(
    book: RuleBook,
    case: Case,
    *,
    known_on: datetime.date | None = None,
    readings: Mapping[str, str] | None = None,
    screened: PartiesScreened | None = None,
) -> Determination:
    """Return the determination of a case.

    `known_on` leaves out instruments issued after that day; `readings` fixes readings by id; `screened` is what a list
    of parties holds on those of the case, which has been added to it already.

    Raises:
        Disagreement: the second engine decides otherwise; nothing is issued.
    """
    fixed = dict(readings or {})
    exam = Examination(book, case, known_on)
    applied = apply_all(exam)
    bounds = decide(book, applied)
    opinion = second_opinion(exam, applied, bounds)
    found = verdict(book, bounds, fixed)
    view = View(defaults(book, fixed))
    findings = Findings(exam, applied, view).all
    deciding = _deciding(book, applied, findings, found, view)
    checked_on = book.oldest_check(finding.instrument for finding in deciding or findings)
    assumed = [ASSUMPTIONS[name] for name in case.assumed] + about_the_future(case.on, checked_on)
    assumed += case.noted
    groups, points = missing(exam, applied, view), OpenPoints(exam, bounds, fixed, found, screened)
    return Determination(
        title=case.title,
        on=case.on.isoformat(),
        known_on=known_on.isoformat() if known_on else None,
        outcome=found.outcome,
        certain=str(found.certain),
        possible=str(found.possible),
        headline=_headline(book, case, found, deciding),
        assumptions=[text.en for text in assumed],
        assumptions_zh=[text.zh for text in assumed],
        warnings=[*case.warnings, *points.left(groups)],
        suspects=suspects(book, case.item),
        readings=_readings_used(book, bounds, fixed),
        evidence=_evidence(deciding or findings),
        law_checked_on=checked_on,
        findings=findings,
        open_points=points.all(groups),
        shares=value_shares(exam, applied, view),
        duties=duties(book, findings, case.on),
        licences=licences_held(case, findings),
        parties=screened,
        if_revived=_revived(book, applied, findings, fixed),
        not_checked=[text.en for text in NOT_CHECKED],
        not_checked_zh=[text.zh for text in NOT_CHECKED],
        rulebook=RuleBookUsed(version=book.version, sha256=book.sha256),
        engine=__version__,
        second_opinion=opinion.status,
    )


def _deciding(
    book: RuleBook, applied: Mapping[str, Application], findings: list[Finding], found: Verdict, view: View
) -> list[Finding]:
    """Return the controls that make the outcome what it is: those that reach the certain, else the possible bound."""
    by_rule = {finding.rule: finding for finding in findings}
    reach = []
    for rule in book.of_kind("control"):
        each = list(leaves(settle(control_bounds(book, applied, applied[rule.id]), view.world)))
        certain, possible = max(b.certain for b in each), max(b.possible for b in each)
        finding = by_rule[rule.id]
        sure = found.certain > 0 and certain == found.certain
        open_still = found.outcome != str(found.certain) and possible > 0 and possible == found.possible
        if sure or open_still or (finding.lifted_by is not None and found.certain == 0):
            reach.append(finding)
    return reach


def _headline(book: RuleBook, case: Case, found: Verdict, deciding: list[Finding]) -> Text:
    rules = [name for f in deciding for name in (*_raising(book, f, found), f.rule)]
    named = [(book.instruments[book.rules[name].instrument].short, book.rules[name].provision) for name in rules]
    presumed = found.outcome == "no_requirement_found" and any(f.presumed for f in deciding)
    return headline(found.outcome, str(found.certain), str(found.possible), named, presumed, case.on.isoformat())


def _raising(book: RuleBook, finding: Finding, found: Verdict) -> list[str]:
    """Return the reviews of other instruments that raise a control to the outcome: they say more than the control."""
    reviews = [book.rules[name] for name in finding.reviewed_by]
    return [r.id for r in reviews if r.then.outcome == found.outcome and r.instrument != finding.instrument]


def _evidence(findings: list[Finding]) -> Evidence | None:
    return weakest(f.evidence for f in findings if f.law != "not_issued")


def _readings_used(book: RuleBook, bounds: Any, fixed: Mapping[str, str]) -> dict[str, str]:
    """Return the readings that bear on this case, and those the user fixed, each with the choice taken."""
    asked = {name.removeprefix("reading:") for name in questions(bounds) if name.startswith("reading:")}
    chosen = defaults(book, fixed)
    return {name: chosen[f"reading:{name}"] for name in sorted(asked | set(fixed))}


def _revived(
    book: RuleBook, applied: Mapping[str, Application], findings: list[Finding], fixed: Mapping[str, str]
) -> Revived | None:
    waiting = ("suspended", "unverified")
    if not any(f.kind == "control" and f.law in waiting and f.applies != "no" for f in findings):
        return None
    return Revived(outcome=verdict(book, decide(book, applied, revived=True), fixed).outcome)
