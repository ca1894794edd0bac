"""Licences already held, put beside the findings: covering, not covering, expired, or not known."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.case.case import Case
from exportctl.case.licence import Licence
from exportctl.decide.determination import Finding, LicenceHeld
from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, truth

NO_GENERAL_LICENCE = ("dual-use-regs.art-26-watch-list", "mofcom-2026-34.drones")


def licences_held(case: Case, findings: list[Finding]) -> list[LicenceHeld]:
    """Return each licence of a case with what it covers; it takes no finding away. Source: Regulations, Article 15."""
    return [_held(licence, case, findings) for licence in case.licences]


def _held(licence: Licence, case: Case, findings: list[Finding]) -> LicenceHeld:
    fields = {
        "until": truth(None if licence.until is None else case.on <= licence.until),
        "item": _item(licence, findings),
        "end_user": _end_user(licence, case),
        "quantity": _quantity(licence, case),
        "kind": _kind(licence, findings),
    }
    covers = all_of(fields.values())
    standing = {YES: "covering", NO: "not_covering", UNKNOWN: "unknown"}[covers]
    return LicenceHeld(
        number=licence.number,
        kind=licence.kind,
        standing="expired" if fields["until"] is NO else standing,
        differs=[name for name, holds in fields.items() if holds is NO],
        not_known=[name for name, holds in fields.items() if holds is UNKNOWN],
        until=licence.until.isoformat() if licence.until else None,
    )


def _item(licence: Licence, findings: list[Finding]) -> Kleene:
    """Return whether the licence is for a code that a control found: a broader code is not taken to cover it."""
    controls = [f for f in findings if f.kind == "control" and f.applies != "no" and f.law != "not_issued"]
    sure = {code for f in controls if f.applies == "yes" for code in f.codes}
    if licence.item is None or not controls:
        return UNKNOWN
    if licence.item in sure:
        return YES
    open_still = any(f.applies == "unknown" or not f.codes for f in controls)
    broader = any(code.startswith(f"{licence.item}.") for code in sure)
    return UNKNOWN if open_still or broader else NO


def _end_user(licence: Licence, case: Case) -> Kleene:
    named = [name for party in case.parties if party.role == "end_user" for name in _names(party.facts.get("name"))]
    if licence.end_user is None or not named:
        return UNKNOWN
    return truth(_plain(licence.end_user) in {_plain(name) for name in named})


def _names(name: object) -> Iterator[str]:
    if isinstance(name, str) and name.strip():
        yield name


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _quantity(licence: Licence, case: Case) -> Kleene:
    """Return whether the licence is for at least what is exported; how much of it is used up nobody said."""
    if licence.quantity is None or case.item is None or case.item.quantity is None:
        return UNKNOWN
    most, sent = licence.quantity.low, case.item.quantity
    if sent.low > most:
        return NO
    return truth(True if sent.high is not None and sent.high <= most else None)


def _kind(licence: Licence, findings: list[Finding]) -> Kleene:
    """Return whether a licence of this kind may be used: none but a single one where a provision says so."""
    if licence.kind is None:
        return UNKNOWN
    barred = [f.applies for f in findings if f.rule in NO_GENERAL_LICENCE and f.law == "in_force" and _bears(f)]
    if licence.kind == "single" or not barred:
        return YES
    return NO if "yes" in barred else YES if set(barred) == {"no"} else UNKNOWN


def _bears(finding: Finding) -> bool:
    return finding.kind == "control" or bool(finding.bears_on)
