"""The table of value shares."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exportctl.decide.determination import Determination, Flip, Portion, Share
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span, Spans, Table
from exportctl.explain.phrase import Lang, say
from exportctl.explain.ratio import both, interval, percent, span_of
from exportctl.explain.said import brackets

COLUMNS = ("item", "description", "numerator", "worth", "share", "threshold", "reaches", "break_even")
MOST_LINES, MOST_ROWS = 20, 20
WORST_FIRST = ("yes", "unknown", "no")


def shares(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the share of every item that was tested, with the readings it stands under."""
    if not determination.shares:
        return
    yield Heading(2, Span(say(lang, "heading.shares")))
    under = {_readings(share, lang) for share in determination.shares}
    columns = tuple(say(lang, f"column.{name}") for name in COLUMNS)
    shown, rest = _worst_first(determination.shares)
    yield Table(columns, tuple(_row(share, lang, apart=len(under) > 1) for share in shown))
    if rest:
        count = {reaches: str(sum(share.reaches == reaches for share in rest)) for reaches in WORST_FIRST}
        yield Paragraph((Span(say(lang, "line.more_shares", count=str(len(rest)), **count)),))
    if len(under) == 1 and (readings := under.pop()):
        yield Paragraph((Span(say(lang, "line.readings", readings=readings), "dim"),))
    if told := [line for share in shown for line in _made_of(share, lang)]:
        yield Bullets(tuple(told[:MOST_LINES]))


def _worst_first(shares: list[Share]) -> tuple[list[Share], list[Share]]:
    """Return the shares to show and the rest: a few in their order; of many the exported item's, then the worst."""
    if len(shares) <= MOST_ROWS:
        return shares, []
    order = sorted(shares[1:], key=lambda share: (WORST_FIRST.index(share.reaches), -Fraction(share.high)))
    order = [shares[0], *order]
    return order[:MOST_ROWS], order[MOST_ROWS:]


def _made_of(share: Share, lang: Lang) -> Iterator[Line]:
    """Yield what makes a share up, what would flip it, and how far both ends are from the threshold."""
    below = [_portion(portion, share, lang) for portion in share.portions]
    if share.unlisted:
        below.append(Line((Span(say(lang, "share.unlisted", many=str(share.unlisted))),)))
    below += [Line((Span(_flip(flip, lang)),)) for flip in share.flips]
    if below:
        far = " … ".join(percent(end, lang) for end in dict.fromkeys(share.distance or ()))
        readings = _readings(share, lang)
        under = (brackets(lang, readings),) if readings else ()
        yield Line((Span(say(lang, "share.made_of", item=share.item, distance=far)), *under), tuple(below))


def _portion(portion: Portion, share: Share, lang: Lang) -> Line:
    said = say(lang, f"counts.{portion.counts}", amount=_amount(portion.amount, share.currency, lang))
    return Line((Span(portion.item, "code"), Span(f" {portion.description} "), Span(said, portion.counts)))


def _flip(flip: Flip, lang: Lang) -> str:
    if flip.at is None:
        return say(lang, "turns.origin", item=flip.item)
    fact = say(lang, f"flipped.{flip.fact.removeprefix('item.')}")
    return say(lang, f"turns.{flip.turns}", item=flip.item, fact=fact, at=f"{flip.at} {flip.unit}".strip())


def _row(share: Share, lang: Lang, *, apart: bool) -> tuple[Spans, ...]:
    even = share.break_even_zh if lang == "zh" else share.break_even
    texts = (
        _amount(share.numerator, share.currency, lang),
        _amount(share.worth, share.currency, lang) if share.worth else say(lang, "value.unknown"),
        interval(share.low, share.high, lang, share.threshold),
        both(share.threshold, lang),
    )
    reaches = Span(say(lang, f"truth.{share.reaches}"), share.reaches)
    told = [(Span(text, "value"),) for text in texts]
    more = [brackets(lang, say(lang, "line.more", count=str(len(share.items) - 1)))] if len(share.items) > 1 else []
    return ((Span(share.item), *more), _description(share, lang, apart=apart), *told, (reaches,), (Span(even or ""),))


def _description(share: Share, lang: Lang, *, apart: bool) -> Spans:
    """Return what an item is called, with whose value and which readings its share is under where that needs saying."""
    other = share.denominator != share.item
    of_value = [brackets(lang, say(lang, "line.of_value_of", item=share.denominator))] if other else []
    readings = _readings(share, lang) if apart else ""
    under = [brackets(lang, say(lang, "line.readings", readings=readings))] if readings else []
    return (Span(share.description), *of_value, *under)


def _amount(ends: tuple[str, str | None], currency: str | None, lang: Lang) -> str:
    low, high = (None if end is None else f"{end} {currency or ''}".strip() for end in ends)
    return span_of(low or "", high, lang)


def _readings(share: Share, lang: Lang) -> str:
    colon = say(lang, "mark.colon")
    return say(lang, "mark.comma").join(f"{name}{colon}{choice}" for name, choice in sorted(share.readings.items()))
