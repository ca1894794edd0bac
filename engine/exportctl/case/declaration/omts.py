"""OMTS workbooks: who supplies what to whom, and who owns whom.

They are no bills of materials. A workbook of the import template may name goods; a good becomes the item, with its
customs number as a hint. Suppliers in China and holdings of half or more are said as warnings, for they decide about
origin and about listed owners; they are never put into a case by themselves, since no row says which of the companies
is the party of an export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.bom.table import Row
from exportctl.case.bom.workbook import Grid, grids
from exportctl.exact import number
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document

LIST_SHEET, LIST_HEADING = "Supplier List", "supplier_name"
SHEETS = ("Organizations", "Facilities", "Goods", "Supply Relationships", "Corporate Structure")
HALF = Fraction(50)
WITH_RARE_EARTHS = ("280530", "2846", "720299", "850511")
Record = Mapping[str, str]


def is_omts(names: list[str]) -> bool:
    """Return whether the sheets of a workbook are those of the import template or of the supplier list."""
    return {"Organizations", "Supply Relationships", "Corporate Structure"} <= set(names) or names == [LIST_SHEET]


def read_omts(path: Path, names: list[str], part: str | None = None) -> BillOfMaterials:
    """Return the good a workbook names, and what it says of suppliers and owners, as warnings.

    `part` chooses among several goods by id or name.

    Raises:
        Refused: the workbook cannot be read, is no OMTS workbook, or names no such good.
    """
    sheets = {
        name: list(_records(grid))
        for name, grid in grids(path, [n for n in names if n in (*SHEETS, LIST_SHEET)]).items()
    }
    if LIST_SHEET in names:
        return _supplier_list(path, sheets[LIST_SHEET])
    goods = [record for _, record in sheets.get("Goods", ())]
    item = {"id": "1", **_good(goods, part, path)}
    companies = {record["id"]: record for _, record in sheets["Organizations"]}
    warnings = [*_supplies(path, sheets, companies), *_holdings(path, sheets, companies)]
    rows = sum(len(records) for records in sheets.values())
    return BillOfMaterials(Document(str(path), {"item": item}), tuple(warnings), rows=rows, read_as=("OMTS workbook",))


def _records(grid: Grid) -> Iterator[tuple[int, Record]]:
    """Yield each row under the headings by them; a column that is not there is blank."""
    header: Row | None = None
    for row in grid.rows:
        if header is not None:
            yield row.number, defaultdict(str, zip(header.cells, (cell.strip() for cell in row.cells), strict=False))
        elif grid.name != LIST_SHEET or LIST_HEADING in row.cells:
            header = row


def _good(goods: list[Record], part: str | None, path: Path) -> dict[str, Any]:
    chosen = [good for good in goods if part in (None, good["id"], good["name"])]
    if len(chosen) != 1 and (part is not None or len(goods) > 1):
        known = ", ".join(f"`{good['id']}`" for good in goods[:12]) or "none"
        raise Refused(
            [Problem(str(path), "", f"the workbook names {len(goods)} goods", f"choose with `--part`: {known}")]
        )
    if not chosen:
        return {}
    found = {"part_number": chosen[0]["id"], "description": chosen[0]["name"], "hs_code": chosen[0]["commodity_code"]}
    return {key: value for key, value in found.items() if value}


def _supplies(
    path: Path, sheets: Mapping[str, list[tuple[int, Record]]], companies: Mapping[str, Record]
) -> Iterator[str]:
    for row, record in sheets["Supply Relationships"]:
        supplier = companies.get(record["supplier_id"])
        if record["type"] == "supplies" and supplier and supplier["jurisdiction"] == "CN":
            yield f"{path}[Supply Relationships]:{row}: {_from_china(supplier['name'], record.get('commodity', ''))}"


def _holdings(
    path: Path, sheets: Mapping[str, list[tuple[int, Record]]], companies: Mapping[str, Record]
) -> Iterator[str]:
    for row, record in sheets["Corporate Structure"]:
        if record["type"] != "ownership":
            continue
        owner, owned = (
            companies[record[key]]["name"] if record[key] in companies else record[key]
            for key in ("parent_id", "subsidiary_id")
        )
        share = _percent(record["percentage"], path, row)
        if share is None:
            yield f"{path}[Corporate Structure]:{row}: the share of `{owner}` in `{owned}` is not stated; ask for it"
        elif share >= HALF:
            text = (
                f"`{owner}` owns {record['percentage']} % of `{owned}`; where that is a party of this export, state it"
            )
            yield f"{path}[Corporate Structure]:{row}: {text} under `owners`"


def _percent(text: str, path: Path, row: int) -> Fraction | None:
    try:
        share = number(text) if text else None
    except ValueError as error:
        raise Refused([Problem(f"{path}[Corporate Structure]:{row}", "percentage", str(error))]) from None
    if share is not None and not 0 <= share <= 2 * HALF:
        fault = f"`{text}` is no share between 0 and 100 percent"
        raise Refused([Problem(f"{path}[Corporate Structure]:{row}", "percentage", fault)])
    return share


def _supplier_list(path: Path, records: list[tuple[int, Record]]) -> BillOfMaterials:
    warnings = [
        f"{path}[{LIST_SHEET}]:{row}: {_from_china(record[LIST_HEADING], record.get('commodity', ''))}"
        for row, record in records
        if record.get("jurisdiction") == "CN"
    ]
    warnings.append(f"{path}: a list of suppliers names no parts: give the bill of materials of what is exported")
    document = Document(str(path), {"item": {"id": "1"}})
    return BillOfMaterials(document, tuple(warnings), rows=len(records), read_as=("OMTS supplier list",))


def _from_china(name: str, commodity: str) -> str:
    digits = "".join(letter for letter in commodity if letter.isdigit())
    about = f" (commodity {commodity})" if commodity else ""
    if digits.startswith(WITH_RARE_EARTHS):
        return (
            f"supplier `{name}` is in China, and {commodity} may hold rare earths: ask for elements, origin and value"
        )
    return f"supplier `{name}` is in China{about}: ask for the origin of the parts it supplies"
