"""Amounts of one tree in one currency, by the user's rates; and prices by kilogram from the user's table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from exportctl.case.price import Tables
from exportctl.exact import Interval
from exportctl.law.strict import Text
from exportctl.problem import did_you_mean

AMOUNTS = ("unit_value", "value", "cn_part1_value", "price_per_kg")
PRICED_IN = "price_currency"


@dataclass
class Exchange:
    """What a tree is valued by. `used` are the prices and rates that came into it, as assumptions."""

    tables: Tables = field(default_factory=Tables)
    currencies: dict[str, Any] = field(default_factory=dict)
    used: dict[str, Text] = field(default_factory=dict)

    def note(self, facts: dict[str, Any], where: Any) -> dict[str, Any]:
        """Return the facts of an item with a price where the table has one, after taking down its currencies."""
        if "currency" in facts:
            self.currencies.setdefault(facts["currency"], where)
        priced = "unit_mass_g" in facts and not facts.keys() & set(AMOUNTS[:2]) and "price_per_kg" not in facts
        price = self.tables.price_of(facts) if priced else None
        if price is None:
            return facts
        self.currencies.setdefault(price.currency, where)
        self.used[price.said.en] = price.said
        return {**facts, "price_per_kg": price.amount, PRICED_IN: price.currency}

    @property
    def currency(self) -> str | None:
        """The currency of the tree: that of its first amount."""
        return next(iter(self.currencies), None)

    def faults(self) -> Iterator[tuple[Any, str, str]]:
        """Yield where currencies of a tree do not add up, why, and what would help."""
        if len(self.currencies) < 2:  # noqa: PLR2004 - one currency adds up
            return
        named = ", ".join(sorted(self.currencies))
        if self.tables.rates is None:
            hint = "state every value in one currency, or give a rate table with --rates"
            yield list(self.currencies.values())[-1], f"amounts in {named} do not add up", hint
            return
        for currency, where in self.currencies.items():
            if currency not in self.tables.rates:
                yield where, f"the rate table has no `{currency}`", did_you_mean(currency, self.tables.rates)

    def converted(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """Return the facts of an item with its amounts in the currency of the tree.

        Raises:
            ValueError: an amount has no currency although the tree has several.
        """
        rates, found = self.tables.rates, dict(facts)
        if len(self.currencies) < 2 or rates is None or self.currencies.keys() - rates.keys():  # noqa: PLR2004
            return found
        for name in AMOUNTS:
            if name not in found:
                continue
            own = found.get(PRICED_IN) if name == "price_per_kg" else None
            currency = own or found.get("currency")
            if currency is None:
                raise ValueError(f"`{name}` has no currency, and the amounts here are in several")
            found[name] *= Interval.at(self._rate(currency))
        return found

    def _rate(self, currency: str) -> Any:
        rates = self.tables.rates or {}
        for name in (currency, str(self.currency)):
            if currency != self.currency:
                self.used[rates[name].said.en] = rates[name].said
        return rates[currency].worth / rates[str(self.currency)].worth
