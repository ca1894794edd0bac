"""CycloneDX: a bill of materials of hardware, JSON, with its devices nested in one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.words import count
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document, Path_, dotted, parse_json, read_text

QUANTITY = "cdx:device:quantity"
HARDWARE = ("device", "hardware")
WHOLE = ("metadata", "component")


@dataclass
class _Reading:
    place: str
    problems: list[Problem] = field(default_factory=list)
    software: int = 0
    rows: int = 0

    def fault(self, path: Path_, text: str, hint: str = "") -> None:
        self.problems.append(Problem(self.place, dotted(path), text, hint))


def read_cyclonedx(path: Path, title: str = "") -> BillOfMaterials:
    """Return the device that a CycloneDX file describes, with the devices inside it.

    A quantity stands in the property `cdx:device:quantity`; without it the quantity is not known. Software inside is
    counted in a warning and no part. `title` names the whole where the file does not.

    Raises:
        Refused: the file is no CycloneDX JSON, describes no hardware, or a part of it cannot be read.
    """
    data = parse_json(read_text(path), str(path)).data
    if not isinstance(data, dict) or data.get("bomFormat") != "CycloneDX":
        raise Refused([Problem(str(path), "", "this JSON is no CycloneDX bill of materials")])
    reading = _Reading(str(path))
    root = _mapping(_mapping(data.get("metadata")).get("component"))
    item = {"id": "1", **_facts(root, WHOLE, reading)} if root else {"id": "1", "description": title or path.stem}
    item.pop("quantity", None)
    _fill(item, [*_parts(root, WHOLE, reading), *_parts(data, (), reading)], reading)
    if "components" not in item and root.get("type") not in HARDWARE:
        reading.fault((), "no device is described: this is a bill of materials of software")
    if reading.problems:
        raise Refused(reading.problems)
    if _incomplete(data, root):
        item["components_complete"] = "no"
    version = str(data.get("specVersion", ""))
    return BillOfMaterials(
        Document(str(path), {"item": item}), tuple(_warnings(data, reading)), rows=reading.rows,
        read_as=(f"CycloneDX {version}".strip(),),
    )  # fmt: skip


def _fill(root: dict[str, Any], parts: list[tuple[dict[str, Any], Path_]], reading: _Reading) -> None:
    """Put parts into an item, and theirs into them, without recursion."""
    waiting = [(root, parts)]
    while waiting:
        item, inner = waiting.pop()
        if inner:
            item["components"] = []
        for number, (part, path) in enumerate(inner):
            reading.rows += 1
            component = {"id": f"{item['id']}.{number + 1}", **_facts(part, path, reading)}
            item["components"].append(component)
            waiting.append((component, list(_parts(part, path, reading))))


def _parts(holder: dict[str, Any], path: Path_, reading: _Reading) -> Iterator[tuple[dict[str, Any], Path_]]:
    """Yield the hardware a component holds."""
    listed = holder.get("components")
    if listed is not None and not isinstance(listed, list):
        reading.fault((*path, "components"), "must be a list")
        return
    for number, part in enumerate(listed or ()):
        if not isinstance(part, dict):
            reading.fault((*path, "components", number), "must be a component with a type and a name")
        elif part.get("type") in HARDWARE:
            yield part, (*path, "components", number)
        else:
            reading.software += 1


def _facts(part: dict[str, Any], path: Path_, reading: _Reading) -> dict[str, Any]:
    name, text = str(part.get("name") or ""), str(part.get("description") or "")
    company = _mapping(part.get("supplier")).get("name") or _mapping(part.get("manufacturer")).get("name")
    found: dict[str, Any] = {
        "part_number": name,
        "description": text or name,
        "quantity": _quantity(part, path, reading),
        "supplier": company,
    }
    if not name:
        reading.fault((*path, "name"), "the name is missing")
    return {key: value for key, value in found.items() if value or key == "quantity"}


def _quantity(part: dict[str, Any], path: Path_, reading: _Reading) -> Any:
    for number, row in enumerate(part.get("properties") or ()):
        if _mapping(row).get("name") == QUANTITY:
            try:
                return count(str(row.get("value", "")))
            except ValueError as error:
                reading.fault((*path, "properties", number), str(error))
    return None


def _incomplete(data: dict[str, Any], root: dict[str, Any]) -> bool:
    """Return whether the file itself says that it does not list all of the whole."""
    rows = [_mapping(row) for row in data.get("compositions") or ()]
    about = [row for row in rows if not row.get("assemblies") or root.get("bom-ref") in row["assemblies"]]
    return any(str(row.get("aggregate", "")).startswith("incomplete") for row in about)


def _warnings(data: dict[str, Any], reading: _Reading) -> Iterator[str]:
    if reading.software:
        yield f"{reading.place}: {reading.software} components are no hardware and no parts"
    if data.get("dependencies"):
        yield f"{reading.place}: `dependencies` are not read as structure; nested components are"


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
