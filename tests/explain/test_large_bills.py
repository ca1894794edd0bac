"""A determination about thousands of parts stays readable: like parts together, the worst first, the rest counted."""

from determinations import NEEDS_FACTS

from exportctl.decide.determination import Share, Suspect
from exportctl.explain.blocks import blocks
from exportctl.explain.document import Bullets, Paragraph, Table
from exportctl.law.strict import Text

SUGGESTS = [Text(en="names a magnet", zh="提到磁体")]
GRADE = [*SUGGESTS, Text(en="a grade", zh="牌号")]


def told(**changes):
    return blocks(NEEDS_FACTS.model_copy(update=changes), "en")


def said(spans):
    return "".join(span.text for span in spans)


def paragraphs(found):
    return [block.spans for block in found if isinstance(block, Paragraph)]


def lines(found):
    """Every line of every list, in order."""
    waiting = [line for block in found if isinstance(block, Bullets) for line in block.lines]
    while waiting:
        line = waiting.pop(0)
        yield said(line.spans)
        waiting = [*line.below, *waiting]


def test_suspect_parts_that_are_called_the_same_stand_together_with_all_their_pieces():
    ring = [Suspect(item=f"1.{n}", description="ring", suggests=SUGGESTS, pieces=("24", "24")) for n in range(1, 31)]
    pair = Suspect(
        item="1.40", description="pair", suggests=[*SUGGESTS, Text(en="a grade", zh="牌号")], pieces=("2", "2")
    )
    found = list(lines(told(suspects=[*ring, pair])))
    assert found.index("2 × 1.40 pair: names a magnet, a grade") < found.index("720 × ring: names a magnet")
    (concerned,) = [text for text in found if "1.1, 1.2, 1.3" in text]
    assert concerned.endswith("and 18 more")


def test_of_many_warnings_that_differ_in_amounts_some_are_shown_and_the_others_counted():
    costs = [f"bom.csv:{row}: its components cost {row}.5, more than its own value {row}" for row in range(2, 42)]
    found = list(lines(told(warnings=[*costs, "one more thing"])))
    assert sum("its components cost" in text for text in found) == 4
    (rest,) = [text for text in found if "other amounts" in text]
    assert rest.startswith("36 more say the same with other amounts, in rows: 6, 7, 8")
    assert "one more thing" in found


def share(name, reaches, high, *others):
    return Share(
        item=name, items=[name, *others], description="", denominator=name, readings={}, numerator=("0.00", "1.00"),
        worth=None, currency=None, low="0", high=high, threshold="0.001", reaches=reaches, break_even=None,
        break_even_zh=None,
    )  # fmt: skip


def test_of_many_shares_the_exported_item_and_the_worst_are_shown_and_the_others_counted():
    many = [share("1", "unknown", "1"), *(share(f"1.{n}", "no", f"0.000{n % 9}") for n in range(1, 40))]
    many += [share("1.90", "unknown", "0.5"), share("1.91", "yes", "0.2", "1.92", "1.93")]
    found = told(shares=many)
    (table,) = [block for block in found if isinstance(block, Table) and len(block.rows[0]) == 8]
    assert [said(row[0]) for row in table.rows][:3] == ["1", "1.91 (and 2 more)", "1.90"]
    (rest,) = [
        said(block.spans) for block in found if isinstance(block, Paragraph) and "more shares" in said(block.spans)
    ]
    assert rest.startswith("and 22 more shares, of which reach the threshold: 0 yes, 0 unknown, 22 no")


def test_of_many_questions_the_most_decisive_are_shown_and_the_others_counted():
    point = NEEDS_FACTS.open_points[0]
    points = [point.model_copy(update={"items": [f"1.{n}"], "item": f"1.{n}"}) for n in range(1, 51)]
    found = told(open_points=points)
    shown = next(block for block in found if isinstance(block, Bullets) and block.numbered)
    assert len(shown.lines) == 30
    assert any("and 20 more questions" in text for text in map(said, paragraphs(found)))
