"""Money as a cell writes it: an amount, and the currency its sign or letters name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from exportctl.case.words.number import plain_number, short

_SIGNS = {
    "us$": "USD", "usd": "USD", "u.s.$": "USD", "€": "EUR", "eur": "EUR", "euro": "EUR", "£": "GBP", "gbp": "GBP",
    "jpy": "JPY", "円": "JPY", "jp¥": "JPY", "yen": "JPY", "cny": "CNY", "rmb": "CNY", "cn¥": "CNY", "人民币": "CNY",
    "人民币元": "CNY", "krw": "KRW", "₩": "KRW", "원": "KRW", "hk$": "HKD", "hkd": "HKD", "nt$": "TWD", "twd": "TWD",
    "ntd": "TWD", "s$": "SGD", "sgd": "SGD", "a$": "AUD", "aud": "AUD", "c$": "CAD", "cad": "CAD", "chf": "CHF",
    "sfr": "CHF", "fr.": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "PLN", "czk": "CZK", "inr": "INR",
    "₹": "INR", "vnd": "VND", "₫": "VND", "thb": "THB", "฿": "THB", "myr": "MYR", "mxn": "MXN", "brl": "BRL",
    "r$": "BRL", "try": "TRY", "₺": "TRY",
    "$": "$", "¥": "¥", "元": "元", "kr": "kr",
}  # fmt: skip
_PARTS = re.compile(r"(?P<before>[^0-9+\-.,]*)(?P<number>[+-]?[0-9.,][0-9.,' ’]*)(?P<after>[^0-9]*)")


@dataclass(frozen=True)
class Money:
    """An amount as plain decimal text, and its currency; None where the text names none.

    The currency is an ISO 4217 code, or a sign that several currencies share (`$`, `¥`, 元) and that adds up with
    itself only.
    """

    amount: str
    currency: str | None = None


def money(text: str, mark: str | None = None) -> Money:
    """Return the amount and currency of a text: `US$ 1,234.50`, `1.234,50 €`, `12.5元`. `mark` as in `plain_number`.

    Raises:
        ValueError: it is no amount of money, or may be two, or names two currencies.
    """
    written = unicodedata.normalize("NFKC", short(text)).strip().replace("\u00a0", " ")
    match = _PARTS.fullmatch(written)
    if match is None:
        raise ValueError(f"`{text}` is not an amount of money")
    amount = plain_number(match["number"].strip(), mark)
    named = {_sign(part, text) for part in (match["before"], match["after"]) if part.strip()}
    if len(named) > 1:
        raise ValueError(f"`{text}` names two currencies")
    return Money(amount, named.pop() if named else None)


def currency(text: str) -> str:
    """Return the ISO 4217 code a text names, or the sign that several currencies share.

    Raises:
        ValueError: no currency is known by it.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    if re.fullmatch("[A-Z]{3}", written):
        return "CNY" if written == "RMB" else "TWD" if written == "NTD" else written
    return _sign(written, text)


def _sign(part: str, text: str) -> str:
    known = _SIGNS.get(part.strip().casefold()) or _SIGNS.get(part.strip().casefold().removesuffix("."))
    if known is None:
        raise ValueError(f"`{part.strip()}` in `{text}` is not a currency")
    return known
