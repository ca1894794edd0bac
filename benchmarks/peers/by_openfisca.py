"""The same rules as variables of OpenFisca-core: arrays of whole columns; its numbers are float32 and int32."""

from __future__ import annotations

from datetime import date
from enum import Enum as Plain
from typing import Any

import numpy as np
import polars as pl
from by_plain import FROM_DAY_OF_ISSUE, FROM_DECEMBER, HALF, SMALL_NM, SUSPENDED
from openfisca_core import indexed_enums, periods
from openfisca_core.entities import build_entity
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

SHIPMENT = build_entity(key="shipment", plural="shipments", label="A shipment", is_person=True)
WHEN, YEAR = periods.DateUnit.YEAR, "2026"
OUTCOMES = [
    "no_requirement_found", "exempt", "suspended", "not_yet_required", "refusal_presumed", "case_by_case",
    "licence_required",
]  # fmt: skip


def _enum(name: str, members: list[str]) -> Any:
    return indexed_enums.Enum(name, [(member.upper().replace("-", "_"), member) for member in members])


COUNTRY = _enum("Country", ["JP", "DE", "SG", "CN", "KR", "US", "VN", "MX"])
PURPOSE = _enum("Purpose", ["civil", "military", "logic-chips", "disaster-relief", "wmd"])
OUTCOME = _enum("Outcome", OUTCOMES)
KINDS: dict[str, Any] = {
    "on": int, "start": COUNTRY, "to": COUNTRY, "origin": COUNTRY, "chinese_technology": bool, "military": bool,
    "listed": bool, "owned_percent": int, "purpose": PURPOSE, "logic_nm": int, "value": float, "cn_part1_value": float,
}  # fmt: skip


def _variable(name: str, kind: Any, formula: Any = None) -> type[Variable]:
    values = {"value_type": kind}
    if issubclass(kind, Plain):
        values = {"value_type": indexed_enums.Enum, "possible_values": kind, "default_value": next(iter(kind))}
    body = {"entity": SHIPMENT, "definition_period": WHEN, "label": name} | values
    return type(name, (Variable,), body | ({"formula": formula} if formula else {}))


def abroad(one: Any, at: Any) -> Any:
    return (one("start", at) != COUNTRY.CN) * (one("to", at) != COUNTRY.CN)


def by_content(one: Any, at: Any) -> Any:
    return one("chinese_technology", at) + (one("cn_part1_value", at) / one("value", at) >= np.float32(0.001))


def refused(one: Any, at: Any) -> Any:
    use = one("purpose", at)
    bad = (use == PURPOSE.MILITARY) + (use == PURPOSE.WMD)
    return one("military", at) + one("listed", at) + (one("owned_percent", at) >= HALF) + bad


def outcome(one: Any, at: Any) -> Any:
    on, origin, content = one("on", at), one("origin", at) == COUNTRY.CN, one("by_content", at)
    works = origin * (on >= FROM_DAY_OF_ISSUE.toordinal()) + content * (on >= FROM_DECEMBER.toordinal())
    use, bad = one("purpose", at), one("refused", at)
    return np.select(
        [
            ~(one("abroad", at) * (origin + content)), (use == PURPOSE.DISASTER_RELIEF) * ~bad,
            (on >= SUSPENDED[0].toordinal()) * (on <= SUSPENDED[1].toordinal()), ~works, bad,
            (use == PURPOSE.LOGIC_CHIPS) * (one("logic_nm", at) <= SMALL_NM),
        ],
        list(OUTCOME)[:6], OUTCOME.LICENCE_REQUIRED,
    )  # fmt: skip


def system() -> TaxBenefitSystem:
    """Return the rules."""
    found = TaxBenefitSystem([SHIPMENT])
    for name, kind in KINDS.items():
        found.add_variable(_variable(name, kind))
    for formula in (abroad, by_content, refused):
        found.add_variable(_variable(formula.__name__, bool, formula))
    found.add_variable(_variable("outcome", OUTCOME, outcome))
    return found


def prepare(frame: pl.DataFrame) -> dict[str, Any]:
    """Return the texts of a table as arrays that OpenFisca takes without another conversion."""
    owned = frame["end_user_owned_by_listed_share"].replace("none", "0")
    return {
        "on": frame["on"].str.to_date().to_physical().to_numpy() + date(1970, 1, 1).toordinal(),
        "start": _encoded(COUNTRY, frame["from"]),
        "to": _encoded(COUNTRY, frame["to"]),
        "origin": _encoded(COUNTRY, frame["origin"]),
        "chinese_technology": (frame["chinese_technology"] != "none").to_numpy(),
        "military": (frame["end_user_military"] == "yes").to_numpy(),
        "listed": (frame["end_user_lists"] != "none").to_numpy(),
        "owned_percent": owned.cast(pl.Int32).to_numpy(),
        "purpose": _encoded(PURPOSE, frame["purposes"]),
        "logic_nm": frame["logic_nm"].cast(pl.Int32).to_numpy(),
        "value": frame["value"].cast(pl.Float32).to_numpy(),
        "cn_part1_value": frame["cn_part1_value"].cast(pl.Float32).to_numpy(),
    }


def _encoded(kind: Any, texts: pl.Series) -> Any:
    return kind.encode(texts.str.to_uppercase().str.replace("-", "_").to_numpy().astype(str))


def outcomes(columns: dict[str, Any]) -> list[str]:
    """Return the outcome of each row."""
    simulation = SimulationBuilder().build_default_simulation(system(), len(columns["on"]))
    for name, values in columns.items():
        simulation.set_input(name, YEAR, values)
    return [OUTCOMES[at] for at in np.asarray(simulation.calculate("outcome", YEAR))]
