"""The same rules as variables of OpenFisca-core: arrays of whole columns; its numbers are float32 and int32."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum as Plain
from typing import Any

import numpy as np
from annex import HELD, LINES, MAGNETS, METALS, Line
from by_plain import FROM_DAY_OF_ISSUE, FROM_DECEMBER, HALF, SMALL_NM, SUSPENDED
from openfisca_core import indexed_enums, periods
from openfisca_core.entities import build_entity
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

SHIPMENT = build_entity(key="shipment", plural="shipments", label="A shipment", is_person=True)
WHEN = periods.DateUnit.YEAR
NONE = "none"
OUTCOMES = [
    "no_requirement_found", "exempt", "suspended", "not_yet_required", "refusal_presumed", "case_by_case",
    "licence_required",
]  # fmt: skip


def _enum(name: str, members: list[str]) -> Any:
    return indexed_enums.Enum(name, [(member, member) for member in members])


COUNTRY = _enum("Country", ["JP", "DE", "SG", "CN", "KR", "US", "VN", "MX"])
PURPOSE = _enum("Purpose", ["civil", "military", "logic-chips", "disaster-relief", "wmd"])
FORM = _enum("Form", ["metal", "alloy", "oxide", "magnet", "target"])
MAGNET = _enum("Magnet", [NONE, *MAGNETS, "other"])
METAL = _enum("Metal", [NONE, *METALS])
OUTCOME = _enum("Outcome", OUTCOMES)
KINDS: dict[str, Any] = {
    "form": FORM, "magnet": MAGNET, "main": METAL, **{f"holds_{element}": bool for element in HELD},
    "on": int, "start": COUNTRY, "to": COUNTRY, "origin": COUNTRY, "chinese_technology": bool, "military": bool,
    "listed": bool, "owned_percent": int, "purpose": PURPOSE, "logic_nm": int, "value": float, "cn_part1_value": float,
}  # fmt: skip


def _variable(name: str, kind: Any, formula: Any = None) -> type[Variable]:
    values = {"value_type": kind}
    if issubclass(kind, Plain):
        values = {"value_type": indexed_enums.Enum, "possible_values": kind, "default_value": next(iter(kind))}
    body = {"entity": SHIPMENT, "definition_period": WHEN, "label": name} | values
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def _line(line: Line) -> Callable[[Any, Any], Any]:
    def formula(one: Any, at: Any) -> Any:
        met = one("form", at) == FORM[line.form]
        if line.main:
            met = met & (one("main", at) == METAL[line.main])
        if line.magnet:
            met = met & (one("magnet", at) == MAGNET[line.magnet])
        for element in line.holds:
            met = met & one(f"holds_{element}", at)
        return met

    return formula


def _part(part: int) -> Callable[[Any, Any], Any]:
    codes = [line.code for line in LINES if line.part == part]
    return lambda one, at: np.logical_or.reduce([one(code, at) for code in codes])


def made_with(one: Any, at: Any) -> Any:
    share = one("cn_part1_value", at) / one("value", at)
    return one("chinese_technology", at) + one("part_2", at) * (share >= np.float32(0.001))


def caught(one: Any, at: Any) -> Any:
    abroad = (one("start", at) != COUNTRY.CN) * (one("to", at) != COUNTRY.CN)
    listed = one("part_1", at) + one("part_2", at)
    return abroad * listed * ((one("origin", at) == COUNTRY.CN) + one("made_with", at))


def refused(one: Any, at: Any) -> Any:
    use = one("purpose", at)
    bad = (use == PURPOSE.military) + (use == PURPOSE.wmd)
    return one("military", at) + one("listed", at) + (one("owned_percent", at) >= HALF) + bad


def outcome(one: Any, at: Any) -> Any:
    on, origin, content = one("on", at), one("origin", at) == COUNTRY.CN, one("made_with", at)
    works = origin * (on >= FROM_DAY_OF_ISSUE.toordinal()) + content * (on >= FROM_DECEMBER.toordinal())
    use, bad = one("purpose", at), one("refused", at)
    return np.select(
        [
            ~one("caught", at), (use == PURPOSE["disaster-relief"]) * ~bad,
            (on >= SUSPENDED[0].toordinal()) * (on <= SUSPENDED[1].toordinal()), ~works, bad,
            (use == PURPOSE["logic-chips"]) * (one("logic_nm", at) <= SMALL_NM),
        ],
        [np.int16(number) for number in range(6)], np.int16(6),
    )  # fmt: skip


def system() -> TaxBenefitSystem:
    """Return the rules."""
    found = TaxBenefitSystem([SHIPMENT])
    for name, kind in KINDS.items():
        found.add_variable(_variable(name, kind))
    formulas = {line.code: _line(line) for line in LINES} | {"part_1": _part(1), "part_2": _part(2)}
    for name, formula in formulas.items():
        found.add_variable(_variable(name, bool, formula))
    for formula in (made_with, caught, refused):
        found.add_variable(_variable(formula.__name__, bool, formula))
    found.add_variable(_variable("outcome", OUTCOME, outcome))
    return found


SYSTEM = system()
