"""The tree of value from left to right: what is worth more is taller, what counts is marked, the unknown is hatched."""

from __future__ import annotations

from exportctl.determine.money import money
from exportctl.exact import Interval
from exportctl.explain.phrase import Lang, say
from exportctl.explain.ratio import span_of
from exportctl.picture.paint import Drawing
from exportctl.picture.tree import Node

LEFT, LEAST, TALL = 24, 19, 300
LEGEND = ("counts", "may", "holds", "may_hold", "none")


def icicle(drawing: Drawing, root: Node, currency: str | None, lang: Lang, top: float) -> float:
    """Draw the tree and return where the next thing can begin."""
    drawing.text(LEFT, top, say(lang, "picture.tree"), "mid")
    top = _legend(drawing, lang, top + 12) + 12
    heights = _heights(root)
    width = (drawing.width - 2 * LEFT) / _levels(root)
    waiting: list[tuple[Node, int, float]] = [(root, 0, top)]
    while waiting:
        node, level, y = waiting.pop()
        _draw(drawing, node, (LEFT + level * width, y, width, heights[id(node)]), currency, lang)
        for child in node.children:
            waiting.append((child, level + 1, y))
            y += heights[id(child)]
    return top + heights[id(root)] + 24


def _draw(
    drawing: Drawing, node: Node, where: tuple[float, float, float, float], currency: str | None, lang: Lang
) -> None:
    x, y, width, height = where
    label = say(lang, "picture.parts", many=str(node.more)) if node.more else f"{node.name} {node.label}".strip()
    worth = _amount(node.worth, currency, lang)
    title = f"{label}: {worth}; {say(lang, f'mark_of.{node.mark}')}"
    edge = " listed" if node.listed else " hinted" if node.hinted else ""
    drawing.box(x, y, width - 3, height - 2, f"box {node.mark}{edge}", title)
    inverse = "inv" if node.mark == "counts" else "on"
    drawing.text(x + 7, y + 14, label, inverse, width - 16)
    if height >= 2 * LEAST:
        drawing.text(x + 7, y + 30, worth, f"small {inverse}".strip(), width - 16)


def _amount(worth: Interval | None, currency: str | None, lang: Lang) -> str:
    if worth is None:
        return say(lang, "value.unknown")
    low, high = (None if end is None else f"{money(end)} {currency or ''}".strip() for end in (worth.low, worth.high))
    return span_of(low or "", high, lang)


def _legend(drawing: Drawing, lang: Lang, top: float) -> float:
    x = float(LEFT)
    for mark in LEGEND:
        said = say(lang, f"mark_of.{mark}")
        drawing.box(x, top, 16, 14, f"box {mark}")
        drawing.text(x + 22, top + 12, said, "small")
        x += 46 + sum(12.0 if ord(letter) > 255 else 6.2 for letter in said)  # noqa: PLR2004 - Latin letters are slim
    return top + 14


def _heights(root: Node) -> dict[int, float]:
    """Return the height of each box: at least one line of text, at least what is inside it, else by value."""
    order: list[Node] = [root]
    found: dict[int, float] = {}
    for node in order:
        order += node.children
    whole = root.weight or sum((child.weight for child in root.children), root.weight)
    for node in reversed(order):
        by_value = float(node.weight / whole) * TALL if whole else 0.0
        found[id(node)] = max(float(LEAST), min(by_value, float(TALL)), sum(found[id(c)] for c in node.children))
    return found


def _levels(root: Node) -> int:
    levels, row = 0, [root]
    while row:
        levels, row = levels + 1, [child for node in row for child in node.children]
    return levels
