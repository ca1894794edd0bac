"""How long deciding a bill of materials takes, and how much memory, as a ratio to reading the same file.

    python benchmarks/bom.py 1000 [more row counts]

Each count runs in a process of its own; times are of the processor, so that other work on the machine counts less.
"""

import datetime
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = ("screw", "bracket", "motor", "housing", "cable", "magnet ring", "board", "washer", "bearing", "ferrite bead")
PLACES = ("CN", "DE", "JP", "", "KR", "")
DEEPEST = 6


def write_bill(path: Path, rows: int) -> None:
    chance, level = random.Random(7), 1  # noqa: S311 - the same bill every time
    lines = ["Level,Part Number,Description,Quantity,Unit Price,Currency,Country of Origin,Made in"]
    lines.append("0,ROOT,machine,1,9000000,EUR,DE,DE")
    for n in range(rows - 1):
        home, made = PLACES[n % 6], PLACES[n // 3 % 6]
        price = f"{(n % 997) / 100 + 0.01:.2f}"
        lines.append(f"{level},P{n % 7919},{WORDS[n % 10]} {n % 977},{1 + n % 4},{price},EUR,{home},{made}")
        turn = chance.random()
        level += 1 if turn < 0.35 and level < DEEPEST else -1 if 0.35 <= turn < 0.6 and level > 1 else 0  # noqa: PLR2004
    path.write_text("\n".join(lines), encoding="utf-8")


def measure(rows: int) -> None:
    from exportctl.case.bom.read import read_bom  # noqa: PLC0415
    from exportctl.case.read import read_cases  # noqa: PLC0415
    from exportctl.determine.determine import determine  # noqa: PLC0415
    from exportctl.law.read import shipped_book  # noqa: PLC0415

    book, marks = shipped_book(), [time.process_time()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bill.csv"
        write_bill(path, rows)
        marks = [time.process_time()]
        bill = read_bom(path)
    given = {"transfer.kind": "goods", "transfer.from": "JP", "transfer.to": "KR", "on": datetime.date(2026, 1, 15)}
    (case,) = read_cases(bill.document, book, given)
    marks.append(time.process_time())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = determine(book, case)
    marks.append(time.process_time())
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read, decided = marks[1] - marks[0], marks[2] - marks[1]
    figures = {"read_s": read, "decide_s": decided, "time_ratio": decided / read, "peak_mb": after / 1024}
    print(json.dumps({"rows": rows, **figures, "memory_ratio": after / before, "outcome": found.outcome}))


if __name__ == "__main__":
    if sys.argv[1] == "--one":
        measure(int(sys.argv[2]))
    else:
        for count in sys.argv[1:]:
            subprocess.run([sys.executable, __file__, "--one", count], check=True)  # noqa: S603 - this very file
