"""Where a determination differs from what a worked case expects."""

from __future__ import annotations

from collections.abc import Iterator

from exportctl.decide.determination import Determination, Finding
from exportctl.worked.expectation import Expectation, ExpectedReason, ExpectedShare


def differences(expected: Expectation, found: Determination) -> Iterator[str]:
    """Yield one sentence for each difference; none when the determination is as expected."""
    for name in ("outcome", "certain", "possible", "evidence"):
        wanted, got = getattr(expected, name), getattr(found, name)
        if wanted is not None and wanted != got:
            yield f"{name} is {got}, expected {wanted}"
    yield from _findings(expected, found)
    for reason in expected.reasons:
        yield from _reason(reason, found)
    yield from _open(expected, found)
    for share in expected.shares:
        yield from _share(share, found)
    if expected.duties is not None and (got := sorted(d.id for d in found.duties)) != sorted(expected.duties):
        yield f"duties are {', '.join(got) or 'none'}, expected {', '.join(sorted(expected.duties)) or 'none'}"
    yield from _due(expected, found)
    revived = found.if_revived.outcome if found.if_revived else None
    if expected.if_revived is not None and revived != expected.if_revived:
        yield f"if_revived is {revived}, expected {expected.if_revived}"


def _findings(expected: Expectation, found: Determination) -> Iterator[str]:
    by_rule = {finding.rule: finding for finding in found.findings}
    wanted = (
        [(rule, "applies", value) for rule, value in expected.applies.items()]
        + [(rule, "law", value) for rule, value in expected.law.items()]
        + [(rule, "codes", value) for rule, value in expected.codes.items()]
        + [(rule, "lifted_by", value or None) for rule, value in expected.lifted.items()]
        + [(rule, "reviewed_by", value) for rule, value in expected.reviewed.items()]
        + [(rule, "presumed", value) for rule, value in expected.presumed.items()]
    )
    for rule, name, value in wanted:
        if rule not in by_rule:
            yield f"there is no rule `{rule}`"
        elif getattr(by_rule[rule], name) != value:
            yield f"{rule}: {name} is {_said(getattr(by_rule[rule], name))}, expected {_said(value)}"


def _said(value: object) -> str:
    return ", ".join(value) or "none" if isinstance(value, list) else str(value)


def _reason(wanted: ExpectedReason, found: Determination) -> Iterator[str]:
    finding: Finding | None = next((f for f in found.findings if f.rule == wanted.rule), None)
    reasons = [r for r in finding.reasons if r.fact == wanted.fact] if finding else []
    given = {name: value for name in ("value", "distance", "subject") if (value := getattr(wanted, name)) is not None}
    for reason in reasons:
        if reason.holds == wanted.holds and all(getattr(reason, n) == v for n, v in given.items()):
            return
    got = (
        "; ".join(f"{r.holds}, value {r.value}, distance {r.distance}, of {r.subject}" for r in reasons) or "not tested"
    )
    yield f"{wanted.rule}: {wanted.fact} is {got}; expected {wanted.holds} {given or ''}".rstrip()


def _open(expected: Expectation, found: Determination) -> Iterator[str]:
    by_id = {point.id: point for point in reversed(found.open_points)}
    for name, answers in expected.open.items():
        if name not in by_id:
            yield f"`{name}` is not an open point; open are {', '.join(sorted(by_id)) or 'none'}"
            continue
        for answer, outcome in answers.items():
            if by_id[name].if_.get(answer) != outcome:
                yield f"{name}: {answer} leads to {by_id[name].if_.get(answer)}, expected {outcome}"
    for name in expected.not_open:
        if name in by_id:
            yield f"`{name}` is an open point"


def _due(expected: Expectation, found: Determination) -> Iterator[str]:
    due, held = {d.id: d.due for d in found.duties}, {one.number: one for one in found.licences}
    for name, day in expected.due.items():
        if name not in due or due[name] != (day and day.isoformat()):
            yield f"{name} is due {due.get(name, 'never: it does not arise')}, expected {day}"
    for number, wanted in expected.licences.items():
        got = held.get(number)
        if got is None or (got.standing, got.differs, got.not_known) != (
            wanted.standing,
            wanted.differs,
            wanted.not_known,
        ):
            yield f"licence {number} is {got}, expected {wanted}"


def _share(wanted: ExpectedShare, found: Determination) -> Iterator[str]:
    shares = [s for s in found.shares if s.item == wanted.item]
    for share in shares:
        if (share.low, share.high) == (wanted.low, wanted.high) and wanted.readings in (None, share.readings):
            return
    got = "; ".join(f"{s.low}..{s.high} {s.readings or ''}".rstrip() for s in shares) or "none"
    yield f"share of {wanted.item} is {got}, expected {wanted.low}..{wanted.high}"
