"""From any file that lists parts, or declares what is in one, to a bill of materials."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.bom.columns import Ask
from exportctl.case.bom.read import Further, read_bom
from exportctl.case.bom.workbook import ENDINGS, sheet_names
from exportctl.case.declaration.amrt import is_amrt, read_amrt
from exportctl.case.declaration.cyclonedx import read_cyclonedx
from exportctl.case.declaration.material import read_material
from exportctl.case.declaration.omts import is_omts, read_omts


def read_bill(
    path: Path,
    mapping: Mapping[str, str] | None = None,
    title: str = "",
    sheet: str | None = None,
    encoding: str | None = None,
    part: str | None = None,
    ask: Ask | None = None,
    further: Further | None = None,
) -> BillOfMaterials:
    """Return what a file says of one item. What kind of file it is follows from its ending and its sheets.

    `part` chooses the product in a declaration of several; the other options are those of `read_bom`.

    Raises:
        Refused: the file cannot be read; with every fault of it.
    """
    ending = path.suffix.lower()
    if ending == ".json":
        return read_cyclonedx(path, title)
    if ending == ".xml":
        return read_material(path, part)
    if ending in ENDINGS and sheet is None:
        names = sheet_names(path)
        if is_amrt(names):
            return read_amrt(path, part)
        if is_omts(names):
            return read_omts(path, names, part)
    return read_bom(path, mapping, title, sheet, encoding, ask, further)
