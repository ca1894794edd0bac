"""How a provision stood on a day: one of five states, computed from dates, never stored."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Literal

from exportctl.fork import fork
from exportctl.law.book import RuleBook
from exportctl.law.evidence import Evidence, weakest
from exportctl.law.instrument import Instrument, Suspension
from exportctl.law.strict import Text

State = Literal["not_issued", "not_yet_effective", "in_force", "suspended", "unverified"]


@dataclass(frozen=True)
class Standing:
    """The state of a provision on a day, why, and how well the dates behind it are established."""

    state: State
    note: Text
    evidence: Evidence


def standing(
    book: RuleBook, instrument_id: str, provision: str, on: datetime.date, known_on: datetime.date | None
) -> Any:
    """Return the standing of a provision on a day, forked over the reading of a suspension's last day.

    With `known_on`, instruments issued after that day are treated as if they did not exist.
    """
    instrument = book.instruments[instrument_id]
    if on < instrument.issued or (known_on and known_on < instrument.issued):
        return Standing("not_issued", _issued(instrument), instrument.evidence)
    unsuspended = _unsuspended(instrument, provision, on)
    for suspension in reversed(instrument.suspended):
        if suspension.provisions and provision not in suspension.provisions:
            continue
        if known_on and known_on < book.instruments[suspension.by].issued:
            continue
        if on >= suspension.start:
            return _around_end(book, suspension, on, unsuspended)
    return unsuspended


def _unsuspended(instrument: Instrument, provision: str, on: datetime.date) -> Standing:
    effective = instrument.effective_for(provision)
    evidence = weakest([instrument.evidence, effective.evidence]) or "unseen"
    if on < effective.start:
        note = Text(
            en=f"{instrument.short.en} issued {instrument.issued}, takes effect {effective.start}",
            zh=f"{instrument.short.zh}已于{instrument.issued}公布，自{effective.start}起实施",
        )
        return Standing("not_yet_effective", note, evidence)
    note = Text(
        en=f"{instrument.short.en} in force since {effective.start}",
        zh=f"{instrument.short.zh}自{effective.start}起实施",
    )
    return Standing("in_force", note, evidence)


def _around_end(book: RuleBook, suspension: Suspension, on: datetime.date, unsuspended: Standing) -> Any:
    during = _during(book, suspension)
    after = (
        unsuspended if suspension.then == "in_force" else Standing("unverified", suspension.note, suspension.evidence)
    )
    if on != suspension.until:
        return during if on < suspension.until else after
    found: Any = during
    for reading, choice in suspension.last_day.items():
        choices = book.readings[reading].choices
        found = fork(f"reading:{reading}", {name: found if name == choice else after for name in choices})
    return found


def _during(book: RuleBook, suspension: Suspension) -> Standing:
    """Return the standing inside a suspension; where nobody saw the suspension itself, the state is not established."""
    if suspension.evidence == "unseen":
        return Standing("unverified", suspension.note, suspension.evidence)
    by = book.instruments[suspension.by].short
    if suspension.for_good:
        note = Text(en=f"stopped from {suspension.start} by {by.en}", zh=f"根据{by.zh}自{suspension.start}起停止实施")
    else:
        note = Text(
            en=f"suspended from {suspension.start} to {suspension.until} by {by.en}",
            zh=f"根据{by.zh}自{suspension.start}至{suspension.until}暂停实施",
        )
    return Standing("suspended", note, suspension.evidence)


def _issued(instrument: Instrument) -> Text:
    return Text(
        en=f"{instrument.short.en} was issued only on {instrument.issued}",
        zh=f"{instrument.short.zh}于{instrument.issued}才公布",
    )
