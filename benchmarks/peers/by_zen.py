"""The same rules as a decision graph of zen-engine: a table of the annex, expressions, and a table of outcomes.

Of both tables the first hit counts.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import by_plain
import polars as pl
import zen
from annex import LINES, Line
from by_plain import FROM_DAY_OF_ISSUE, FROM_DECEMBER, SUSPENDED

ASKED = ["form", "main", "magnet", "holds"]
FACTS = {
    "part": "part",
    "abroad": "start != 'CN' and to != 'CN'",
    "by_origin": "origin == 'CN'",
    "made_with": "chinese_technology or part == 2 and cn_part1_value * 1000 >= value",
    "refused": "military or listed or owned_percent >= 50 or purpose in ['military', 'wmd']",
    "relief": "purpose == 'disaster-relief'",
    "small_logic": "purpose == 'logic-chips' and logic_nm <= 14",
    "suspended": f"on >= {SUSPENDED[0].toordinal()} and on <= {SUSPENDED[1].toordinal()}",
    "issued": f"on >= {FROM_DAY_OF_ISSUE.toordinal()}",
    "december": f"on >= {FROM_DECEMBER.toordinal()}",
}
CHOICES = [
    ("part == 0 or not abroad or not (by_origin or made_with)", "no_requirement_found"),
    ("relief and not refused", "exempt"),
    ("suspended", "suspended"),
    ("not ((by_origin and issued) or (made_with and december))", "not_yet_required"),
    ("refused", "refusal_presumed"),
    ("small_logic", "case_by_case"),
    ("", "licence_required"),
]


def _asked(line: Line) -> dict[str, str]:
    """Return the cells of a line; an empty cell asks nothing."""
    texts = {"form": line.form, "main": line.main, "magnet": line.magnet}
    holds = " and ".join(f"'{element}' in $" for element in line.holds)
    return {name: json.dumps(text) if text else "" for name, text in texts.items()} | {"holds": holds}


def _table(
    name: str, gives: str, lines: list[dict[str, str]], *, asks: list[str], adds: bool = False
) -> dict[str, Any]:
    content = {
        "hitPolicy": "first", "passThrough": adds,
        "inputs": [{"id": ask, "name": ask} | ({"field": ask} if adds else {}) for ask in asks],
        "outputs": [{"id": "then", "name": gives, "field": gives}],
        "rules": [{"_id": str(number)} | line for number, line in enumerate(lines)],
    }  # fmt: skip
    return {"id": name, "name": name, "type": "decisionTableNode", "content": content}


def _nodes() -> list[dict[str, Any]]:
    annex = [_asked(line) | {"then": str(line.part)} for line in LINES]
    expressions = [{"id": name, "key": name, "value": text} for name, text in FACTS.items()]
    return [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        _table("annex", "part", [*annex, dict.fromkeys(ASKED, "") | {"then": "0"}], asks=ASKED, adds=True),
        {"id": "facts", "name": "facts", "type": "expressionNode", "content": {"expressions": expressions}},
        _table(
            "choice", "outcome", [{"when": when, "then": json.dumps(then)} for when, then in CHOICES], asks=["when"]
        ),
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]


def _edges(order: list[str]) -> list[dict[str, str]]:
    return [{"id": f"{a}-{b}", "type": "edge", "sourceId": a, "targetId": b} for a, b in pairwise(order)]


TEXT = json.dumps({"nodes": _nodes(), "edges": _edges(["in", "annex", "facts", "choice", "out"])})
COMPILED = zen.ZenDecisionContent(TEXT)
HOLDS_COMPILED = zen.ZenEngine({"loader": lambda _: COMPILED})
FROM_TEXT = zen.ZenEngine().create_decision(TEXT)


def prepare(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return rows as zen-engine reads them; days are counted, since its dates are slower."""
    return [row._asdict() | {"on": row.on.toordinal(), "holds": list(row.holds)} for row in by_plain.prepare(frame)]


def outcomes(rows: list[dict[str, Any]]) -> list[str]:
    """Return the outcome of each row, by a decision held compiled, which is the fastest of the ways offered."""
    return [HOLDS_COMPILED.evaluate("61", row)["result"]["outcome"] for row in rows]


def outcomes_from_text(rows: list[dict[str, Any]]) -> list[str]:
    """Return the outcome of each row, by a decision made from its text, the way that its first pages show."""
    return [FROM_TEXT.evaluate(row)["result"]["outcome"] for row in rows]
