"""The picture of a determination as one self-contained SVG."""

from __future__ import annotations

import datetime

from exportctl.case.case import Case
from exportctl.decide.determination import Determination
from exportctl.decide.examine import Examination
from exportctl.decide.gap import defaults
from exportctl.determine.view import View
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Derived
from exportctl.picture.icicle import icicle
from exportctl.picture.paint import Drawing
from exportctl.picture.scale import shares_against_the_line
from exportctl.picture.tree import Node, tree_of_value

WIDTH = 1100


def draw(
    book: RuleBook, case: Case, determination: Determination, lang: Lang, known_on: datetime.date | None = None
) -> str:
    """Return the picture: the outcome, each share against its threshold, the tree of value."""
    headline = of(lang, determination.headline)
    drawing = Drawing(WIDTH, headline)
    drawing.text(24, 36, say(lang, f"outcome.{determination.outcome}"), "big")
    drawing.text(24, 58, headline, "small", WIDTH * 1.15)
    drawing.text(24, 76, f"{determination.title} · {determination.on}", "small", WIDTH)
    bottom = shares_against_the_line(drawing, determination, lang, 112)
    tree = _tree(book, case, determination, known_on)
    if tree is not None:
        bottom = icicle(drawing, tree, case.item.currency if case.item else None, lang, bottom)
    return drawing.svg(bottom)


def _tree(book: RuleBook, case: Case, determination: Determination, known_on: datetime.date | None) -> Node | None:
    exam = Examination(book, case, known_on)
    derived = _share(book)
    fixed = {name: choice for name, choice in determination.readings.items() if name in book.readings}
    return None if derived is None else tree_of_value(exam, derived, View(defaults(book, fixed)))


def _share(book: RuleBook) -> Derived | None:
    shares = (d for d in book.vocabulary.derived.values() if d.primitive == "value_share")
    return next(shares, None)
