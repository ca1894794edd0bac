"""Material declarations: IPC-1752A and B, and IEC 62474 as chemSHERPA writes it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.declaration.xml import first, inside, name_of, parse_xml
from exportctl.case.words import mass, substance
from exportctl.case.words.symbol import elements_of_cas
from exportctl.exact import number, written
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document, Path_

STANDARDS = {"webstds.ipc.org/175": "IPC-1752", "std.iec.ch/iec62474": "IEC 62474"}
PRODUCTS = frozenset(["Product"])
PARTS = frozenset(["SubProduct", "ProductPart", "Part", "SubPart", "Article", "Component"])
MATERIALS = frozenset(["HomogeneousMaterial", "Material"])
SUBSTANCES = frozenset(["Substance"])
NODES = PARTS | MATERIALS
PERCENT = {"%": Fraction(1), "percent": Fraction(1), "ppm": Fraction(1, 10_000)}
_CAS = re.compile(r"[0-9]{2,7}-[0-9]{2}-[0-9]")


@dataclass
class _Reading:
    place: str
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


def read_material(path: Path, part: str | None = None) -> BillOfMaterials:
    """Return the product of a material declaration, with its parts, its materials and the elements they name.

    A substance states that its elements are in the material; how much of it only where the amount has a unit and the
    substance is the element itself. What a declaration does not name stays unknown, for it lists what some rule asked
    for. `part` chooses among several products by number or name.

    Raises:
        Refused: the file is no such declaration, holds several products and none is chosen, or an amount cannot be
            read.
    """
    root = parse_xml(path)
    standard = next((name for space, name in STANDARDS.items() if space in str(root.tag)), None)
    if standard is None:
        hint = "IPC-1752A, IPC-1752B and IEC 62474 are read"
        raise Refused([Problem(str(path), "", f"`{name_of(root)}` is no declaration that is known", hint)])
    reading = _Reading(str(path))
    product = _chosen(list(inside(root, PRODUCTS)), part, reading)
    item = _node(product, "1", ("item",), reading)
    company = first(root, "SupplyCompany")
    if company is not None and company.get("name"):
        item["supplier"] = company.get("name")
    if reading.problems:
        raise Refused(reading.problems)
    warnings = (f"{path}: the declaration names what its standard asks for; its silence on an element proves nothing",)
    return BillOfMaterials(
        Document(str(path), {"item": item}, reading.lines), warnings, rows=reading.rows, read_as=_said(root, standard)
    )


def _said(root: Any, standard: str) -> tuple[str, ...]:
    company = first(root, "SupplyCompany")
    return (f"{standard} declaration", *([f"by {company.get('name')}"] if company is not None else []))


def _chosen(products: list[Any], part: str | None, reading: _Reading) -> Any:
    named = [product for product in products if part is None or part in _facts(product, reading).values()]
    if len(named) == 1:
        return named[0]
    known = ", ".join(f"`{'` '.join(str(v) for v in _facts(product, reading).values())}`" for product in products[:12])
    text = f"the declaration is for {len(products)} products: {known}" if products else "no product is declared"
    raise Refused([Problem(reading.place, "", text, "choose one with `--part NUMBER`" if products else "")])


def _node(element: Any, number_: str, path: Path_, reading: _Reading) -> dict[str, Any]:
    """Return a product, a part or a material as a raw item."""
    reading.lines[path] = element.sourceline
    reading.rows += 1
    item: dict[str, Any] = {"id": number_, **_facts(element, reading)}
    nodes = list(inside(element, NODES, SUBSTANCES))
    if nodes:
        item["components_complete"] = "no"
        item["components"] = [
            _node(node, f"{number_}.{at + 1}", (*path, "components", at), reading) for at, node in enumerate(nodes)
        ]
    elif elements := _elements(element, item, reading):
        item["elements"] = elements
    return item


def _facts(element: Any, reading: _Reading) -> dict[str, Any]:
    """Return number, name, mass and how many of it there are, as far as they are stated."""
    named = first(element, "ProductID", NODES)
    source = element if named is None else named
    found = {
        "part_number": source.get("itemNumber") or source.get("identifier"),
        "description": source.get("itemName") or source.get("name"),
        "unit_mass_g": _grams(element, reading),
    }
    facts = {key: value for key, value in found.items() if value}
    if name_of(element) in PARTS:
        facts["quantity"] = element.get("quantity") or element.get("numberOfUnits")
    return facts


def _grams(element: Any, reading: _Reading) -> str | None:
    for tag, amount, unit in (("Mass", "mass", "unitOfMeasure"), ("Amount", "value", "UOM")):
        stated = first(element, tag, NODES | SUBSTANCES)
        if stated is not None and stated.get(amount):
            try:
                return mass(f"{stated.get(amount)} {stated.get(unit) or ''}".strip())
            except ValueError as error:
                reading.problems.append(Problem(f"{reading.place}:{stated.sourceline}", tag, str(error)))
    return None


def _elements(element: Any, item: dict[str, Any], reading: _Reading) -> dict[str, str | None]:
    """Return the elements the substances of a material name; an element that two of them hold is added up."""
    found: dict[str, str | None] = {}
    for stated in inside(element, SUBSTANCES):
        reading.rows += 1
        symbols = _symbols(stated)
        amount = _amount(stated, item, reading) if len(symbols) == 1 else None
        for symbol in symbols:
            found[symbol] = _sum(found[symbol], amount) if symbol in found else amount
    return found


def _sum(one: str | None, other: str | None) -> str | None:
    return None if one is None or other is None else written(number(one) + number(other))


def _symbols(stated: Any) -> tuple[str, ...]:
    texts = [value for part in (stated, *stated) for value in part.attrib.values()]
    for text in texts:
        if _CAS.fullmatch(text.strip()) and (known := elements_of_cas(text)):
            return known
    try:
        return tuple(substance(stated.get("name") or "").elements)
    except ValueError:
        return ()


def _amount(stated: Any, item: dict[str, Any], reading: _Reading) -> str | None:
    try:
        return _percent(stated, item, reading)
    except ValueError as error:
        reading.problems.append(Problem(f"{reading.place}:{stated.sourceline}", "Substance", str(error)))
        return None


def _percent(stated: Any, item: dict[str, Any], reading: _Reading) -> str | None:
    """Return the mass percent of a substance: a concentration with its unit, or its mass in the material's."""
    concentration = first(stated, "Concentration")
    if concentration is not None and concentration.get("value"):
        unit = PERCENT.get((concentration.get("UOM") or concentration.get("unitOfMeasure") or "").casefold())
        return written(number(concentration.get("value")) * unit) if unit else None
    grams = _grams(stated, reading)
    if grams and (whole := item.get("unit_mass_g")) and number(whole):
        share = number(grams) / number(whole) * 100
        return written(share) if "/" not in written(share) else None
    return None
