"""The columns a screening adds to a row, and what stands in them: from a determination, or from columns.

A `?` behind a rule, a code's rule or a duty: it may apply, and what is not known decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

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


def answer_of(book: RuleBook, found: Determination) -> dict[str, str | None]:
    """Return what the columns say of one determination."""
    listed = [listed_as(finding) for finding in found.findings]
    depends = [f"{point.kind} {point.id}" for point in found.open_points if point.kind != "fact"]
    low, high = share_shown(found.shares, {f"reading:{name}": choice for name, choice in found.readings.items()}, book)
    return {
        "outcome": found.outcome,
        "certain": found.certain,
        "possible": found.possible,
        **about_rules(book, [one for one in listed if one is not None]),
        "share_low": low,
        "share_high": high,
        "reasons": reasons(book, [one for one in listed if one is not None], depends),
        "open_points": BETWEEN.join(sorted({point.id for point in found.open_points if point.kind == "fact"})),
        "duties": duties([(due.id, due.arises) for due in found.duties]),
        "rulebook": rulebook(book),
    }


def about_rules(book: RuleBook, listed: Sequence[Listed]) -> dict[str, str | None]:
    """Return the columns that name rules, in the order of their ids."""
    shown = [one for one in listed if one.shown]
    return {
        "rules": BETWEEN.join(one.rule + ("" if one.applies == "yes" else MAY) for one in shown),
        "instruments": BETWEEN.join(dict.fromkeys(book.rules[one.rule].instrument for one in shown)),
        "provisions": BETWEEN.join(book.cited[one.rule] for one in shown),
        "codes": BETWEEN.join(dict.fromkeys(code for one in shown for code in one.codes)),
        "law_states": BETWEEN.join(one.law for one in shown),
    }


def reasons(book: RuleBook, listed: Sequence[Listed], depends: Iterable[str]) -> str:
    """Return why: each rule with the clauses that hold or are open, and the questions of law behind the outcome."""
    return together([reason(book, one) for one in listed if one.shown], depends)


def together(parts: Sequence[str], depends: Iterable[str]) -> str:
    """Return the reasons of rules, and the questions of law behind the outcome, as one text."""
    open_still = sorted(depends)
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


def reason(book: RuleBook, one: Listed) -> str:
    """Return a rule with its clauses that hold or are open, and what lifts it."""
    words = {"yes": "", "unknown": NOT_KNOWN}
    said = [words[holds] + meaning for meaning, holds in dict.fromkeys(one.said) if holds in words]
    lifted = f"; lifted by {', '.join(one.lifted_by)}" if one.lifted_by else ""
    return f"{book.cited[one.rule]}: {'; '.join(said)}{lifted}"


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
