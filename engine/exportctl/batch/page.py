"""The summary of a screening as one page of HTML with charts, which needs nothing else to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

COLOURS = {
    "prohibited": "#7f1d1d", "refusal_presumed": "#b91c1c", "case_by_case": "#c2410c", "licence_required": "#d97706",
    "suspended": "#6d5bd0", "not_yet_required": "#4f7cac", "exempt": "#3f8f6b", "no_requirement_found": "#5f7a61",
    "needs_facts": "#8a8f98", "verify_law": "#a3a84b", "depends_on_reading": "#9c7a97",
}  # fmt: skip
PLAIN = "#4f7cac"
TABLES = (
    ("outcomes", "Rows by outcome"), ("instruments", "Rows by instrument"), ("destinations", "Rows by destination"),
    ("open_points", "Facts that are missing"), ("parties", "Rows by the strongest hit in the list of parties"),
    ("problems", "Rejected rows by column"),
)  # fmt: skip
SHOWN, WIDTH, ROW, LABEL = 20, 720, 24, 260
STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}"
    "h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}svg{max-width:100%;height:auto}"
    "table{border-collapse:collapse}td{padding:.2rem 1.2rem .2rem 0}"
    "td+td{text-align:right;font-variant-numeric:tabular-nums}"
)


def page(data: Mapping[str, Any]) -> str:
    """Return the page of a summary."""
    charts = "".join(_section(title, data[name]) for name, title in TABLES if data[name])
    rows = "".join(
        f"<tr><td>{label}</td><td>{data[name]:,}</td></tr>"
        for name, label in (("rows_in", "rows in"), ("rows_out", "rows out"), ("rows_rejected", "rows rejected"))
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Screening of {escape(data["input"])}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<h1>Screening of {escape(data['input'])}</h1><table>{rows}</table>{charts}"
        f"<p>Rule book {escape(data['rulebook'][:12])}, exportctl {escape(data['engine'])}; rows without a date are "
        f"decided as of {escape(data['today'])}.{_list(data)} Not legal advice; <i>no requirement found</i> means "
        "none was found on the facts given.</p></html>\n"
    )


def _list(data: Mapping[str, Any]) -> str:
    """Return which list the parties were held against."""
    held = data.get("parties_list")
    return f" Parties were held against {escape(held['file'])} ({held['sha256'][:12]})." if held else ""


def _section(title: str, counted: Mapping[str, int]) -> str:
    shown = list(counted.items())[:SHOWN]
    left = len(counted) - len(shown)
    more = f"<p>and {left} more, in the JSON file</p>" if left else ""
    return f"<section><h2>{title}</h2>{_bars(title, shown)}{more}</section>"


def _bars(title: str, counted: list[tuple[str, int]]) -> str:
    most = max(number for _, number in counted)
    bars = "".join(_bar(at, name, number, most) for at, (name, number) in enumerate(counted))
    height = ROW * len(counted)
    return (
        f'<svg role="img" aria-label="{escape(title)}" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'font-size="13" font-family="system-ui,sans-serif">{bars}</svg>'
    )


def _bar(at: int, name: str, number: int, most: int) -> str:
    wide = max(1, (WIDTH - LABEL - 90) * number // most)
    top = at * ROW
    return (
        f'<text x="{LABEL - 8}" y="{top + 16}" text-anchor="end">{escape(name[:40])}</text>'
        f'<rect x="{LABEL}" y="{top + 4}" width="{wide}" height="{ROW - 8}" fill="{COLOURS.get(name, PLAIN)}"/>'
        f'<text x="{LABEL + wide + 6}" y="{top + 16}">{number:,}</text>'
    )
