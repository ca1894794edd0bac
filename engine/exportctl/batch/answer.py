"""The columns a screening adds to a row, and what stands in them: from a determination, or from columns.

A `?` behind a rule, a code's rule or a duty: it may apply, and what is not known decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from exportctl.decide.determination import Determination, Finding, Share
from exportctl.exact import written
from exportctl.law.book import RuleBook

COLUMNS = (
    "outcome", "certain", "possible", "rules", "instruments", "provisions", "codes", "law_states",
    "share_low", "share_high", "reasons", "open_points", "duties", "rulebook",
)  # fmt: skip
BETWEEN = "; "
MAY = "?"
NOT_KNOWN = "not known whether "


@dataclass(frozen=True)
class Listed:
    """A rule as a row names it: whether it applies, how its provision stands, the codes and reasons behind it.

    `said` holds meanings with `yes`, `no` or `unknown`; `duties` the duties it brings with the truth of each.
    """

    rule: str
    applies: str
    law: str
    codes: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    lifted_by: tuple[str, ...]
    shown: bool
    duties: tuple[tuple[str, str], ...]


class Named(NamedTuple):
    """What the columns name of a rule that is shown: `rule` has a mark where it only may apply."""

    rule: str
    instrument: str
    provision: str
    law: str
    codes: tuple[str, ...]
    reason: str


def answer_of(book: RuleBook, found: Determination) -> dict[str, str | None]:
    """Return what the columns say of one determination."""
    shown = shown_of(book, found.findings)
    depends = [f"{point.kind} {point.id}" for point in found.open_points if point.kind != "fact"]
    low, high = share_shown(found.shares, {f"reading:{name}": choice for name, choice in found.readings.items()}, book)
    return {
        "outcome": found.outcome,
        "certain": found.certain,
        "possible": found.possible,
        **about_rules(shown),
        "share_low": low,
        "share_high": high,
        "reasons": reasons(shown, depends),
        "open_points": BETWEEN.join(sorted({point.id for point in found.open_points if point.kind == "fact"})),
        "duties": duties([(due.id, due.arises) for due in found.duties]),
        "rulebook": rulebook(book),
    }


def shown_of(book: RuleBook, findings: Iterable[Finding]) -> list[Named]:
    """Return what the columns name of findings, in their order."""
    return [named(book, one) for finding in findings if (one := listed_as(finding)) is not None and one.shown]


def named(book: RuleBook, one: Listed) -> Named:
    """Return what the columns name of a rule that is shown."""
    rule = one.rule + ("" if one.applies == "yes" else MAY)
    instrument, provision = book.rules[one.rule].instrument, book.cited[one.rule]
    return Named(rule, instrument, provision, one.law, one.codes, _reason(provision, one))


def about_rules(shown: Sequence[Named]) -> dict[str, str | None]:
    """Return the columns that name rules, in the order of their ids."""
    rules, instruments, provisions, states, codes, _ = zip(*shown, strict=True) if shown else ((),) * len(Named._fields)
    return {
        "rules": BETWEEN.join(rules),
        "instruments": BETWEEN.join(dict.fromkeys(instruments)),
        "provisions": BETWEEN.join(provisions),
        "codes": BETWEEN.join(dict.fromkeys(chain.from_iterable(codes))),
        "law_states": BETWEEN.join(states),
    }


def reasons(shown: Iterable[Named], depends: Iterable[str]) -> str:
    """Return why: each rule with the clauses that hold or are open, and the questions of law behind the outcome."""
    parts, open_still = [one.reason for one in shown], sorted(depends)
    return " | ".join([*parts, f"depends on {', '.join(open_still)}"] if open_still else parts)


def duties(arising: Iterable[tuple[str, str]]) -> str:
    """Return the duties, each once, with a mark behind those that only may arise."""
    found: dict[str, bool] = {}
    for name, truth in arising:
        found[name] = found.get(name, False) or truth == "yes"
    return BETWEEN.join(name + ("" if sure else MAY) for name, sure in sorted(found.items()))


def rulebook(book: RuleBook) -> str:
    """Return the version of the rule book and the beginning of its hash."""
    return f"{book.version} {book.sha256[:12]}"


def _reason(provision: str, one: Listed) -> str:
    """Return a rule with its clauses that hold or are open, and what lifts it."""
    words = {"yes": "", "unknown": NOT_KNOWN}
    said = [words[holds] + meaning for meaning, holds in dict.fromkeys(one.said) if holds in words]
    lifted = f"; lifted by {', '.join(one.lifted_by)}" if one.lifted_by else ""
    return f"{provision}: {'; '.join(said)}{lifted}"


def listed_as(finding: Finding) -> Listed | None:
    """Return a finding as a row names it; None for a rule that does not apply."""
    if finding.applies == "no":
        return None
    return Listed(
        finding.rule,
        finding.applies,
        finding.law,
        tuple(finding.codes),
        tuple((reason.meaning.en, str(reason.holds)) for reason in finding.reasons),
        tuple(finding.lifted_by or ()),
        finding.law != "not_issued" and (finding.kind in ("control", "duty") or bool(finding.bears_on)),
        (),
    )


def share_shown(shares: Sequence[Share], taken: Mapping[str, str], book: RuleBook) -> tuple[str | None, str | None]:
    """Return the greatest share of any item that is tested, as the readings are taken."""
    chosen = {f"reading:{name}": reading.default for name, reading in book.readings.items()} | dict(taken)
    ends: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for share in shares:
        if all(chosen.get(f"reading:{name}", choice) == choice for name, choice in share.readings.items()):
            ends.setdefault(share.item, []).append((Fraction(share.low), Fraction(share.high)))
    if not ends:
        return None, None
    low = max(min(low for low, _ in each) for each in ends.values())
    return written(low), written(max(high for each in ends.values() for _, high in each))
