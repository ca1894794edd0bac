"""Prints the table of docs/files.md: `python tests/case/files/files_table.py`, or with other files behind it."""

import datetime
import sys
from pathlib import Path

from exportctl.case.declaration.read import read_bill
from exportctl.case.read import read_cases
from exportctl.command.options import book_of
from exportctl.determine.determine import determine

ROOT = Path(__file__).parents[3]
FILES = (
    "cases/bom/solo12/odri_solo12_multilevel_bom.csv",
    "cases/bom/actuator/odri_actuator_module_v1.1_bom.csv",
    "cases/bom/foot-switch/odri_foot_contact_switch_bom.xlsx",
    "cases/bom/pcie-sata/cyclonedx_hbom_pcie_sata.json",
    "cases/bom/omts/omts-import-example.xlsx",
    "cases/bom/omts/omts-supplier-list-example.xlsx",
)
GIVEN = {
    "transfer.kind": "goods",
    "transfer.from": "JP",
    "transfer.to": "KR",
    "on": datetime.date(2026, 1, 15),
}
COLUMNS = (
    "file", "rows in", "parts", "may hold a magnet", "origin not known", "elements not known", "value not known",
    "outcome", "questions",
)  # fmt: skip


def row(path, book):
    """The line of the table for one file: what was read, and what a determination asks about it."""
    bill = read_bill(path)
    (case,) = read_cases(bill.document, book, GIVEN)
    parts = list(case.item.walk())
    leaves = [part for part in parts if not part.components]
    magnets = [part for part in parts if part.hints or part.facts.get("magnet")]
    unknown = [
        sum("origin" not in part.facts for part in parts),
        sum("elements" not in part.facts for part in leaves),
        sum(part.value is None and part.line_value is None for part in parts),
    ]
    decided = determine(book, case)
    asked = sum(point.kind == "fact" for point in decided.open_points)
    cells = [path.name, bill.rows, len(parts), len(magnets), *unknown, decided.outcome, asked]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


if __name__ == "__main__":
    known = book_of(None)
    print(f"| {' | '.join(COLUMNS)} |\n|{' --- |' * len(COLUMNS)}")  # noqa: T201
    for name in sys.argv[1:] or [str(ROOT / name) for name in FILES]:
        print(row(Path(name), known))  # noqa: T201
