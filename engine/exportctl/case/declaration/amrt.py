"""The Additional Minerals Reporting Template of the Responsible Minerals Initiative, revision 1.3.

It is no bill of materials. A company answers for its products whether rare earths are used, and which smelters they
come from; it names no amount and no element. So it gives the product, with everything that decides left open, and says
what the answers mean for the questions that stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.bom.workbook import grids
from exportctl.case.declaration.cells import Form, text
from exportctl.case.words import country
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document

SHEETS = ("Declaration", "Smelter List", "Product List", "Smelter Look-up")
RARE_EARTHS = "Rare Earth Elements"
MINERAL_CELLS = tuple(f"{column}{row}" for row in (12, 13) for column in "DEGHI")
FIRST_ANSWER, LAST_ANSWER, FIRST_COVERAGE = 31, 40, 43
FIRST_SMELTER, FIRST_PRODUCT, FIRST_KNOWN = 5, 6, 5
NOT_LISTED = "Smelter not listed"


@dataclass(frozen=True)
class Smelter:
    """A smelter that the company names for rare earths: its row, its name, its country as the form has it."""

    row: int
    name: str
    country: str


def is_amrt(names: list[str]) -> bool:
    """Return whether the sheets of a workbook are those of the template."""
    return {"Declaration", "Smelter List", "Minerals Scope"} <= set(names)


def read_amrt(path: Path, part: str | None = None) -> BillOfMaterials:
    """Return the product a filled-in template is about, and what its answers say, as warnings.

    `part` chooses a product of its product list. An answer of no about intentional use is no proof of absence: it
    covers what was added on purpose, and only as far as the suppliers answered.

    Raises:
        Refused: the workbook cannot be read, or lists no product of that number.
    """
    forms = {name: Form(grid) for name, grid in grids(path, SHEETS).items()}
    declaration, products = forms["Declaration"], list(_products(forms.get("Product List")))
    item = {"id": "1", **_product(products, part, declaration, path)}
    smelters = list(_smelters(forms))
    warnings = [f"{path}[Declaration]: {sentence}" for sentence in _answers(declaration)]
    warnings += [f"{path}[Smelter List]:{smelter.row}: {_meaning(smelter)}" for smelter in smelters]
    rows = len(products) + len(smelters) + sum(bool(answer) for _, answer in _answered(declaration))
    said = f"RMI AMRT declaration by {declaration['D8'] or 'a company that is not named'}"
    return BillOfMaterials(Document(str(path), {"item": item}), tuple(warnings), rows=rows, read_as=(said,))


def _products(form: Form | None) -> Iterator[tuple[str, str]]:
    for row in form.rows(FIRST_PRODUCT) if form else ():
        if "©" not in text(row, "B") and (text(row, "B") or text(row, "C")):
            yield text(row, "B"), text(row, "C")


def _product(products: list[tuple[str, str]], part: str | None, declaration: Form, path: Path) -> dict[str, Any]:
    chosen = [product for product in products if part in (None, *product)]
    if part is not None and len(chosen) != 1:
        known = ", ".join(f"`{number}`" for number, _ in products[:12]) or "none"
        raise Refused([Problem(str(path), "", f"the product list has no `{part}`", f"it names {known}")])
    if len(chosen) == 1:
        found = {"part_number": chosen[0][0], "description": chosen[0][1]}
        return {key: value for key, value in found.items() if value}
    return {"description": f"products of {declaration['D8'] or 'the declaring company'}"}


def _scope(declaration: Form) -> list[str]:
    return sorted(name for cell in MINERAL_CELLS if (name := declaration[cell]))


def _answered(declaration: Form) -> Iterator[tuple[str, str]]:
    """Yield each mineral with the answer whether it is used; the form sorts the minerals by name."""
    scope = _scope(declaration)
    for at, row in enumerate(range(FIRST_ANSWER, LAST_ANSWER + 1)):
        sorted_name = scope[at] if at < len(scope) else ""
        yield (declaration[f"B{row}"].removesuffix("(*)").strip() or sorted_name), declaration[f"D{row}"]


def _answers(declaration: Form) -> Iterator[str]:
    """Yield what the declaration says about rare earths, and what that leaves open."""
    scope, answers = _scope(declaration), dict(_answered(declaration))
    if not scope:
        yield "no mineral is in its scope: the form is not filled in and says nothing about rare earths"
        return
    if RARE_EARTHS not in scope:
        yield f"rare earths are not in its scope ({', '.join(scope)}): it says nothing about them"
        return
    answer = answers.get(RARE_EARTHS, "") or "no answer"
    at = list(answers).index(RARE_EARTHS) if RARE_EARTHS in answers else 0
    coverage = declaration[f"D{FIRST_COVERAGE + at}"] or "not stated"
    meaning = {
        "Yes": "it names neither element nor amount; ask for Sm, Gd, Tb, Dy, Lu, Sc and Y, part by part",
        "No": "this covers intentional use as far as suppliers answered, and is no proof that none is inside",
    }.get(answer, "the question is open; ask again")
    yield f"rare earths intentionally added or used: {answer} (suppliers that answered: {coverage}); {meaning}"


def _smelters(forms: dict[str, Form]) -> Iterator[Smelter]:
    """Yield the smelters named for rare earths; a smelter given by its number alone is looked up in the form's list."""
    known = (
        {text(row, "E"): row for row in forms["Smelter Look-up"].rows(FIRST_KNOWN)}
        if "Smelter Look-up" in forms
        else {}
    )
    for row in forms["Smelter List"].rows(FIRST_SMELTER):
        listed = known.get(text(row, "A")) if text(row, "A") else None
        metal = text(row, "B") or (text(listed, "A") if listed else "")
        if metal != RARE_EARTHS:
            continue
        name = text(row, "C") or (text(listed, "C") if listed else "")
        place = text(row, "E") or (text(listed, "D") if listed else "")
        yield Smelter(row.number, text(row, "D") if name in ("", NOT_LISTED) else name, place)


def _meaning(smelter: Smelter) -> str:
    try:
        code = country(smelter.country)
    except ValueError:
        return f"rare-earth smelter `{smelter.name}`: its country `{smelter.country}` is not read; ask where it stands"
    if code == "CN":
        return (
            f"rare-earth smelter `{smelter.name}` is in China: what it smelted may be Chinese-origin content of this "
            "product; ask which parts hold it"
        )
    return (
        f"rare-earth smelter `{smelter.name}` is in {code}: ask whether it uses Chinese-origin material or technology"
    )
