"""The parts that make up a share: the topmost Chinese-origin Part 1 items, and what may be one or hold one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from exportctl.decide.examine import Examination
from exportctl.decide.share import Content, line_value_of, quantity_of
from exportctl.decide.subject import Subject
from exportctl.exact import ANY_AMOUNT, Interval
from exportctl.fork import Fork, World, settle
from exportctl.kleene import UNKNOWN, YES, Kleene
from exportctl.law.vocabulary import Derived


class Held(NamedTuple):
    """A part that counts or may count: what it adds to one piece of the whole, and how many of it are in one."""

    subject: Subject
    counts: Kleene
    amount: Interval
    pieces: Interval


def portions(exam: Examination, derived: Derived, whole: Subject, world: World) -> list[Held]:
    """Return the parts that make up a share with the readings taken as in `world`, the greatest first.

    Source: Announcement 61 of 2025, Article 1(1).
    """
    found = list(_portions(exam, derived, whole, world))
    return sorted(found, key=lambda held: (held.amount.high is not None, -(held.amount.high or 0), held.subject.name))


def _portions(exam: Examination, derived: Derived, whole: Subject, world: World) -> Iterator[Held]:
    waiting = [(whole, Interval.at(1))]
    while waiting:
        subject, many = waiting.pop()
        content: Content = _settled(exam.shares.content(derived, subject), world)
        stated = subject.item is not None and subject.item.cn_part1_value is not None
        if content is None or content.counted.high == 0:
            continue
        if stated or not subject.children:
            yield Held(subject, YES if content.counted.low > 0 else UNKNOWN, content.counted * many, many)
            continue
        for child in subject.children:
            counts = _settled(exam.look(derived.counts or "", child), world)
            pieces = many * quantity_of(child)
            if counts is False:
                waiting.append((child, pieces))
                continue
            line = line_value_of(child)
            amount = (line if line is not None else ANY_AMOUNT) * many
            sure = counts is True
            yield Held(
                child, YES if sure else UNKNOWN, amount if sure else Interval(amount.low * 0, amount.high), pieces
            )


def _settled(value: Any, world: World) -> Any:
    found = settle(value, world)
    return None if isinstance(found, Fork) else found
