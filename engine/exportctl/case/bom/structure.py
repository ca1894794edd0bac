"""From rows to nested raw items: which row is a component of which, by the first kind of column that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exportctl.case.bom.arrangement import Arrangement
from exportctl.case.bom.cells import raw_facts
from exportctl.case.bom.level import by_level
from exportctl.case.bom.parent import by_parent
from exportctl.case.bom.position import by_position, has_positions, unread_positions
from exportctl.case.bom.table import Sheet
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Path_
