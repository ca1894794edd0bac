"""Exact numbers: fractions read from text, intervals of them, and how they are written down."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

DIGITS_BEFORE, DIGITS_AFTER = 18, 9
_PLAIN = re.compile(r"[+-]?(\d+)(?:\.(\d+))?")


def number(text: str | int | Decimal | Fraction) -> Fraction:
    """Return the exact number a text or a decimal stands for.

    Raises:
        ValueError: not a plain decimal number of at most 18 digits before and 9 after the point.
    """
    if isinstance(text, Fraction):
        return text
    written = format(text, "f") if isinstance(text, Decimal) else str(text).strip()
    match = _PLAIN.fullmatch(written)
    if match is None:
        raise ValueError(f"`{written}` is not a number")
    if len(match[1].lstrip("0")) > DIGITS_BEFORE or len((match[2] or "").rstrip("0")) > DIGITS_AFTER:
        raise ValueError(f"`{written}` has more than {DIGITS_BEFORE} digits before or {DIGITS_AFTER} after the point")
    digits, places = match[1] + (match[2] or ""), len(match[2] or "")
    return Fraction(-int(digits) if written[0] == "-" else int(digits), 10**places)


def written(value: Fraction) -> str:
    """Return the number as a plain decimal, or as `1/3` where the decimal would not end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = 0
    while value.denominator and (value * 10**places).denominator != 1:
        places += 1
    scaled = abs(int(value * 10**places))
    whole, part = divmod(scaled, 10**places)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:0{places}d}" if places else f"{sign}{whole}"


@dataclass(frozen=True)
class Interval:
    """A number known to lie between `low` and `high`, both ends included; `high` of None has no bound."""

    low: Fraction
    high: Fraction | None

    @classmethod
    def at(cls, value: Fraction | int) -> Interval:
        """Return the interval that holds just this number."""
        return cls(Fraction(value), Fraction(value))

    @property
    def exact(self) -> bool:
        """Whether the number itself is known."""
        return self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(self.low + other.low, high)

    def __mul__(self, other: Interval) -> Interval:
        """Multiply two intervals of numbers that are not negative."""
        zero = Fraction(0)
        if zero in (self.high, other.high):
            return Interval(zero, zero)
        high = None if self.high is None or other.high is None else self.high * other.high
        return Interval(self.low * other.low, high)

    def __str__(self) -> str:
        if self.exact:
            return written(self.low)
        return f"{written(self.low)}..{'' if self.high is None else written(self.high)}"


ZERO = Interval.at(0)
ANY_AMOUNT = Interval(Fraction(0), None)
