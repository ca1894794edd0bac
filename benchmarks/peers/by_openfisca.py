"""The same rules by OpenFisca-core: what turns texts into its arrays, and what asks it for the outcomes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from annex import HELD, METALS
from by_plain import mix
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_rules import COUNTRY, FORM, MAGNET, METAL, NONE, OUTCOMES, PURPOSE, SYSTEM

YEAR = "2026"


def prepare(frame: pl.DataFrame) -> dict[str, Any]:
    """Return the texts of a table as arrays that OpenFisca takes without another conversion."""
    return _columns(frame, _numbered)


def prepare_by_itself(frame: pl.DataFrame) -> dict[str, Any]:
    """Return the same arrays, texts of a choice made into numbers by OpenFisca's own means."""
    return _columns(frame, lambda kind, texts: kind.encode(texts.to_numpy().astype(str)))


def _numbered(kind: Any, texts: pl.Series) -> Any:
    return kind.encode(texts.cast(pl.Enum(list(kind.__members__))).to_physical().to_numpy())


def _columns(frame: pl.DataFrame, encoded: Callable[[Any, pl.Series], Any]) -> dict[str, Any]:
    owned = frame["end_user_owned_by_listed_share"].replace("none", "0")
    return _mixes(frame["elements"]) | {
        "form": encoded(FORM, frame["form"]),
        "magnet": encoded(MAGNET, frame["magnet"].replace("", NONE)),
        "on": frame["on"].str.to_date().to_physical().to_numpy() + date(1970, 1, 1).toordinal(),
        "start": encoded(COUNTRY, frame["from"]),
        "to": encoded(COUNTRY, frame["to"]),
        "origin": encoded(COUNTRY, frame["origin"]),
        "chinese_technology": (frame["chinese_technology"] != "none").to_numpy(),
        "military": (frame["end_user_military"] == "yes").to_numpy(),
        "listed": (frame["end_user_lists"] != "none").to_numpy(),
        "owned_percent": owned.cast(pl.Int32).to_numpy(),
        "purpose": encoded(PURPOSE, frame["purposes"]),
        "logic_nm": frame["logic_nm"].cast(pl.Int32).to_numpy(),
        "value": frame["value"].cast(pl.Float32).to_numpy(),
        "cn_part1_value": frame["cn_part1_value"].cast(pl.Float32).to_numpy(),
    }


def _mixes(texts: pl.Series) -> dict[str, Any]:
    """Return the main metal and the elements of each row, read once from each text."""
    distinct = texts.unique()
    rows = texts.cast(pl.Enum(distinct)).to_physical().to_numpy()
    found = [mix(text) for text in distinct]
    metals = pl.Series([main if main in METALS else NONE for main, _ in found])
    return {"main": _numbered(METAL, metals)[rows]} | {
        f"holds_{element}": np.array([element in holds for _, holds in found])[rows] for element in HELD
    }


def outcomes(columns: dict[str, Any]) -> pl.Series:
    """Return the outcome of each row."""
    simulation = SimulationBuilder().build_default_simulation(SYSTEM, len(columns["on"]))
    for name, values in columns.items():
        simulation.set_input(name, YEAR, values)
    return pl.Series(OUTCOMES).gather(pl.Series(np.asarray(simulation.calculate("outcome", YEAR))))
