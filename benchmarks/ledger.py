"""Ledgers of shipments as companies keep them: parts, routes, customers come back, values do not; some rows are wrong.

python benchmarks/ledger.py 100000 ledger.csv
python benchmarks/ledger.py 100000 ledger.csv lots

With `lots`, every row is a lot with an analysis of its own, for one of 20 000 customers: hardly any row comes back.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

PIECE = 200_000
FAULTS, KNOWN = 0.02, 0.08
HOLD = [0.0005, 0.001, 0.02]
COUNTRIES = ["CN", "JP", "KR", "DE", "US", "VN", "MY", "TH", "TW", "HK", "SG", "IN", "NL", "FR", "MX", "HU"]
SPECS = [
    ("magnet", "sintered-magnet", "NdFeB", "Nd 29; Dy 2.5; Fe 67; B 1", "complete"),
    ("magnet", "sintered-magnet", "NdFeB", "NdFeB", "partial"),
    ("magnet", "bonded-magnet", "NdFeB", "Nd 27; Fe 70; B 1", "complete"),
    ("magnet", "sintered-magnet", "SmCo", "Sm 25; Co 50; Fe 15; Cu 6", "complete"),
    ("assembly", "rotor-assembly", "NdFeB", None, None),
    ("component", "motor", "NdFeB", "Nd; Dy; Fe; B", "partial"),
    ("component", "sensor", None, None, None),
    ("finished-product", "headphone", "NdFeB", None, None),
    ("oxide", "other", None, "Dy2O3", "complete"),
    ("oxide", "other", None, "Tb 85; O 15", "complete"),
    ("metal", "other", None, "Dy 99.9", "partial"),
    ("alloy", "other", None, "Tb 20; Dy 20; Fe 60", "complete"),
    ("target", "other", None, "Gd 99.95", "partial"),
    ("target", "other", None, "Y", None),
    ("powder", "phosphor-powder", None, "Y 50; Eu 4; O 20", "partial"),
    ("part", "other", "other", "Fe 70; O 30", "complete"),
    ("part", "other", None, "Al 98; Si 2", "complete"),
    ("component", "other", None, "Cu; Fe", "partial"),
    (None, None, None, None, None),
]
OFTEN = ["bracket", "rotor magnet", "servo motor", "sensor 5V", "target disc", "powder 25 kg drum"]
NAMES = [*OFTEN * 5, "flange, steel"]
RAGGED = 3
SPOILED = {0: (5, b"Atlantis"), 1: (2, b"2026-02-30"), 2: (-4, b"12.5.0"), 4: (8, b'"open'), 5: (8, b"M\xfcller")}


class Catalogue:
    """What comes back in a ledger: parts, customers, days."""

    def __init__(self, seed: int, *, lots: bool = False) -> None:
        self.random = random.Random(seed)  # noqa: S311 - a ledger, no secret
        self.lots = lots
        self.parts = [self._part(n) for n in range(3000)]
        self.customers = [self._customer(n) for n in range(20_000 if lots else 600)]
        self.days = [f"20{y}-{m:02d}-{d:02d}" for y in (25, 26) for m in range(1, 13) for d in range(1, 29)]

    def _part(self, number: int) -> tuple[str | None, ...]:
        one = self.random
        form, kind, magnet, elements, composition = one.choice(SPECS)
        made, origin = one.choice([("JP", "JP"), ("CN", "CN"), ("JP", "CN"), ("DE", None), (None, None)])
        technology = one.choice(["none", "none", "magnet-making", None])
        return (f"NX-{number}", one.choice(NAMES), form, kind, magnet, elements, composition, made, origin, technology)

    def _lot(self) -> tuple[str | None, ...]:
        """Return a part with an analysis of its own."""
        one = self.random
        part = list(one.choice(self.parts))
        if part[5] and " " in part[5]:
            part[5] = "; ".join(f"{e.split()[0]} {one.randrange(1, 2500) / 100}" for e in part[5].split("; "))
            part[6] = "partial"
        return tuple(part)

    def _customer(self, number: int) -> tuple[str | None, ...]:
        one = self.random
        military = one.choices(["no", "yes", None], [90, 2, 8])[0]
        lists = one.choices(["none", "control-list", "watch-list", None], [90, 1, 1, 8])[0]
        share = one.choices(["none", "60", "49.9", None], [90, 1, 1, 8])[0]
        purpose = one.choices(["civil", "military", "logic-chips", "disaster-relief", None], [80, 2, 4, 2, 12])[0]
        country = one.choice(COUNTRIES)
        return (
            f"Customer {number} Ltd",
            country,
            military,
            lists,
            share,
            purpose,
            one.choice(["JP", "CN", "DE", "SG"]),
        )

    def rows(self, count: int, first: int) -> pl.DataFrame:
        """Return rows of a ledger, all well formed."""
        one = self.random
        parts = [self.parts[int(one.paretovariate(0.4)) % 3000] for _ in range(count)]
        buyers = [self.customers[int(one.paretovariate(0.35)) % 600] for _ in range(count)]
        if self.lots:
            parts = [self._lot() for _ in range(count)]
            buyers = one.choices(self.customers, k=count)
        cents = [one.randrange(100, 5_000_000) for _ in range(count)]
        known = [one.random() < KNOWN for _ in range(count)]
        column = lambda rows, at: pl.Series([row[at] for row in rows], dtype=pl.String)  # noqa: E731
        return pl.DataFrame(
            {
                "shipment_id": pl.Series([f"S{n:09d}" for n in range(first, first + count)]),
                "line": pl.Series(["1"] * count),
                "on": pl.Series(one.choices(self.days, k=count)),
                "transfer_kind": pl.Series(["goods"] * count),
                "from": column(buyers, 6),
                "to": column(buyers, 1),
                "exporter_country": column(buyers, 6),
                "exporter_chinese_person": pl.Series(["no"] * count),
                "end_user": column(buyers, 0),
                "end_user_country": column(buyers, 1),
                "end_user_military": column(buyers, 2),
                "end_user_lists": column(buyers, 3),
                "end_user_owned_by_listed_share": column(buyers, 4),
                "purposes": column(buyers, 5),
                "part_number": column(parts, 0),
                "description": column(parts, 1),
                "form": column(parts, 2),
                "kind": column(parts, 3),
                "magnet": column(parts, 4),
                "elements": column(parts, 5),
                "composition": column(parts, 6),
                "made_in": column(parts, 7),
                "origin": column(parts, 8),
                "chinese_technology": column(parts, 9),
                "value": pl.Series([f"{c // 100}.{c % 100:02d}" for c in cents]),
                "currency": pl.Series(["USD"] * count),
                "cn_part1_value": pl.Series(
                    [f"{c / 100 * one.choice(HOLD):.2f}" if k else None for c, k in zip(cents, known, strict=True)],
                    dtype=pl.String,
                ),
                "order_note": pl.Series(
                    one.choices([None, "rush", "per contract 7", "=SUM(A1)"], [90, 5, 4, 1], k=count)
                ),
            }
        )


def spoiled(line: bytes, kind: int) -> bytes:
    """Return a line with one fault: a place, day or amount that is none, ragged, badly quoted, wrongly encoded."""
    cells = line.split(b",")
    if kind == RAGGED:
        return b",".join(cells[:-3])
    at, text = SPOILED[kind]
    cells[at] = text
    return b",".join(cells)


def pieces(count: int, seed: int, faults: float, *, lots: bool = False) -> Iterator[tuple[bytes, dict[int, int]]]:
    """Yield the lines of a ledger, and the faults they hold by number of row, from 1."""
    catalogue = Catalogue(seed, lots=lots)
    for first in range(0, count, PIECE):
        frame = catalogue.rows(min(PIECE, count - first), first)
        lines = frame.write_csv(include_header=first == 0).encode().split(b"\n")
        planted: dict[int, int] = {}
        for at in range(first == 0, len(lines) - 1):
            if catalogue.random.random() < faults and b'"' not in lines[at]:
                kind = catalogue.random.randrange(6)
                lines[at] = spoiled(lines[at], kind)
                planted[first + at + (first > 0)] = kind
        yield b"\n".join(lines), planted


def write(path: Path, count: int, seed: int = 7, faults: float = FAULTS, *, lots: bool = False) -> dict[int, int]:
    """Write a ledger and return its faults by number of row, from 1."""
    planted: dict[int, int] = {}
    with path.open("wb") as file:
        for text, found in pieces(count, seed, faults, lots=lots):
            file.write(text)
            planted |= found
    return planted


if __name__ == "__main__":
    print(Counter(write(Path(sys.argv[2]), int(sys.argv[1]), lots="lots" in sys.argv[3:]).values()))
