"""What deciding a bill costs, in time and memory, as a ratio to reading the same file with the same reader.

    python benchmarks/bom.py 1000 10000 100000

Two bills of each size: `usual`, where parts and assemblies come back, and `distinct`, where hardly any line is like
another one. Each measurement is a process of its own; times are of the processor, so that other work on the machine
counts less.
"""

import csv
import datetime
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HEADINGS = (
    "Level", "Part Number", "Description", "Quantity", "Unit Price", "Currency", "Country of Origin", "Made in",
    "Supplier", "HS Code", "Form", "Magnet",
)  # fmt: skip
WORDS = ("screw", "washer", "bracket", "cable", "bearing", "resistor 10k", "housing", "board", "gasket", "connector")
PLACES = ("CN", "DE", "JP", "KR", "TW", "US", "PL", "", "VN", "")
MAGNETS = (("ring magnet N42SH", "magnet", "NdFeB"), ("sensor magnet", "", ""), ("coupling magnet", "magnet", "SmCo"))
DEEPEST, SUPPLIERS, MAGNET_IN = 5, 60, 40
Part = tuple[str, ...]


def part(chance: random.Random, number: int) -> Part:
    """Return a part without components: number, description, price, origin, made in, supplier, customs number, form."""
    home = PLACES[number % len(PLACES)]
    made = home if number % 3 else ""
    word, form, magnet = MAGNETS[number % len(MAGNETS)] if number % MAGNET_IN == 0 else (WORDS[number % 10], "", "")
    price = f"{chance.randrange(1, 9000) / 100:.2f}" if number % 11 else ""
    return (
        f"P-{number:06}",
        word,
        price,
        home,
        made,
        f"S{number % SUPPLIERS:02}",
        f"{8400 + number % 97}90",
        form,
        magnet,
    )


def rows(chance: random.Random, part_of: Callable[[], Part], kept: dict[int, list[list[Any]]], level: int) -> list[Any]:
    """Return the rows of one assembly; where some are kept for its level, half of the time one of these."""
    if kept is not None and len(kept.get(level, ())) > 30 and chance.random() < 0.8:  # noqa: PLR2004
        return chance.choice(kept[level])
    number = chance.randrange(10**6)
    price = f"{chance.randrange(20_000, 90_000) / 100:.2f}"
    head = (f"A-{number:06}", "assembly", price, PLACES[number % 9], PLACES[number % 9], "own", "", "assembly", "")
    found: list[Any] = [(level, 1 + number % 2, head)]
    for _ in range(chance.randint(3, 9)):
        if level < DEEPEST and chance.random() < 0.3:  # noqa: PLR2004
            found += rows(chance, part_of, kept, level + 1)
        else:
            found.append((level + 1, chance.choice((1, 1, 2, 4, 12)), part_of()))
    kept.setdefault(level, []).append(found)
    return found


def bill(count: int, kind: str) -> Iterator[tuple[Any, ...]]:
    """Yield the lines of a bill, the product first."""
    chance = random.Random(7)  # noqa: S311 - the same bill every time
    numbers = iter(range(1, 10**9))
    library = [part(chance, number) for number in range(1, max(300, count // 25))]
    usual = kind == "usual"
    part_of = (lambda: chance.choice(library)) if usual else (lambda: part(chance, next(numbers)))
    yield (0, 1, ("ROOT", "machine", "9000000.00", "DE", "DE", "own", "", "finished-product", ""))
    kept: dict[int, list[list[Any]]] = {}
    left = count - 1
    while left > 0:
        found = rows(chance, part_of, kept if usual else {}, 1)[:left]
        left -= len(found)
        yield from found


def write_bill(path: Path, count: int, kind: str = "usual") -> None:
    """Write a bill of so many lines as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for level, many, (number, word, price, home, made, supplier, code, *form) in bill(count, kind):
            writer.writerow((level, number, word, many, price, "EUR", home, made, supplier, code, *form))


def measure(path: str, what: str) -> None:
    """Print what reading a bill costs, or reading and deciding it with the determination as JSON."""
    from exportctl.case.bom.read import read_bom  # noqa: PLC0415
    from exportctl.case.read import read_cases  # noqa: PLC0415
    from exportctl.determine.determine import determine  # noqa: PLC0415
    from exportctl.law.read import shipped_book  # noqa: PLC0415

    book, start = shipped_book(), time.process_time()
    read = read_bom(Path(path))
    found: dict[str, Any] = {}
    if what == "decide":
        given = {"transfer.kind": "goods", "transfer.from": "JP", "transfer.to": "KR", "on": datetime.date(2026, 1, 15)}
        (case,) = read_cases(read.document, book, given)
        determination = determine(book, case)
        found = {"json_mb": len(determination.to_json()) / 1e6, "outcome": determination.outcome}
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": spent, "peak_mb": peak, **found}))


def measured(path: Path, what: str) -> dict[str, Any]:
    """Return what a process of its own measures."""
    command = [sys.executable, __file__, "--measure", str(path), what]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - this very file
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def compare(count: int, kind: str) -> str:
    """Return one row of the table: reading, and reading and deciding, of one bill."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bill.csv"
        write_bill(path, count, kind)
        read, decided = measured(path, "read"), measured(path, "decide")
    return (
        f"| {kind} | {count:,} | {read['seconds']:.2f} | {decided['seconds']:.1f} "
        f"| {decided['seconds'] / read['seconds']:.0f} | {read['peak_mb']:.0f} | {decided['peak_mb']:.0f} "
        f"| {decided['peak_mb'] / read['peak_mb']:.1f} | {decided['json_mb']:.1f} | {decided['outcome']} |"
    )


if __name__ == "__main__":
    if sys.argv[1] == "--measure":
        measure(*sys.argv[2:])
    else:
        print("| bill | lines | read, s | decided, s | ratio | read, MB | decided, MB | ratio | JSON, MB | outcome |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        for size in map(int, sys.argv[1:]):
            for which in ("usual", "distinct"):
                print(compare(size, which), flush=True)
