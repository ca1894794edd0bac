"""Like items are decided once, and it makes no difference: each decided on its own comes to the same."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exportctl.case.read import read_cases, read_documents
from exportctl.decide import examine
from exportctl.decide.tree import Tree
from exportctl.determine.determine import determine
from exportctl.law.read import shipped_book
from exportctl.worked.run import case_files
from properties.decided import case_of
from properties.test_trees import ALLOY, AROUND, DY

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
CASES = Path(__file__).parents[2] / "cases"
book = shipped_book()
few = settings(max_examples=max(12, settings.default.max_examples // 4))


class Apart(Tree):
    """A tree in which no item is like another one, and nothing is known of what an item holds but by looking."""

    def kind(self, item):
        return (id(item),)

    def liken(self, subject, *, exported):  # noqa: ARG002
        subject.likeness = subject.holding = None


def each_on_its_own(case):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(examine, "Tree", Apart)
        tree = examine.Examination(book, case).tree
        assert tree is None or all(subject.likeness is None for subject, _ in tree.places())
        return determine(book, case)


def told(determination):
    """What a determination says of every item, in which like ones do not stand together."""
    found = json.loads(determination.to_json())
    found["shares"] = sorted(
        json.dumps(
            {**share, "item": item, "denominator": item, "portions": 0, "flips": 0, "items": 0, "description": 0}
        )
        for share in found["shares"]
        for item in share["items"]
    )
    return found


def same(case):
    assert told(determine(book, case)) == told(each_on_its_own(case))


def parts(quantities):
    """Parts of few kinds in several numbers and prices, so that many are alike and some differ in an amount only."""
    kinds = [
        DY,
        ALLOY,
        {},
        {"form": "part"},
        {"description": "ring magnet N42SH"},
        {"form": "magnet", "magnet": "NdFeB"},
    ]
    place = st.sampled_from(
        [{}, {"origin": "CN"}, {"origin": "JP", "made_in": "JP"}, {"made_in": "KR", "hs_code": "850511"}]
    )
    price = st.sampled_from([{}, {"unit_value": "2.5"}, {"unit_value": "40"}])
    many = st.sampled_from(quantities).map(lambda many: {"quantity": many})
    return st.builds(
        lambda *given: {k: v for one in given for k, v in one.items()}, st.sampled_from(kinds), place, price, many
    )


@st.composite
def bills(draw):
    leaves = draw(st.lists(parts([1, 2]), min_size=2, max_size=5))
    held = st.lists(st.sampled_from(leaves), min_size=1, max_size=4)
    around = st.sampled_from(
        [{"form": "assembly"}, {"form": "magnet", "made_in": "JP"}, {"components_complete": False}]
    )
    wholes = st.builds(lambda part, more, inside: {**part, **more, "components": inside}, parts([1]), around, held)
    inner = draw(st.lists(wholes, min_size=1, max_size=3))
    item = {"form": draw(st.sampled_from(["assembly", "finished-product"])), "value": "4000", "made_in": "JP"}
    components = draw(st.lists(st.sampled_from([*leaves, *inner]), min_size=1, max_size=6))
    return {**AROUND, "item": {**item, "components": components}}


@few
@given(bills())
def test_deciding_like_items_once_comes_to_the_same_as_deciding_each(raw):
    same(case_of(raw, book))


@pytest.mark.parametrize("path", case_files(CASES if LONG else CASES / "shares"), ids=lambda path: path.stem)
def test_worked_cases_come_out_the_same_with_each_item_on_its_own(path):
    for document in read_documents(path):
        document.data.pop("expect", None)
        for case in read_cases(document, book):
            same(case)


def test_items_that_differ_in_an_amount_only_are_told_apart_by_it():
    magnet = {"form": "magnet", "kind": "sintered-magnet", "magnet": "NdFeB", "made_in": "JP", "origin": "JP"}
    magnet |= {"elements": {"Nd": 29, "Dy": 2, "Fe": 68, "B": 1}, "composition": "complete"}
    inside = {"components": [{**DY, "origin": "CN", "made_in": "CN", "value": "0.4"}], "chinese_technology": []}
    over, under = ({**magnet, **inside, "value": value} for value in ("399", "401"))
    item = {"form": "assembly", "value": "9000", "components": [under, over, under]}
    found = determine(book, case_of({**AROUND, "item": item}, book))
    limb = next(one for one in found.findings if one.rule == "mofcom-2025-61.art-1-1")
    assert (limb.applies, limb.items) == ("yes", ["1.2"])
    assert {(*share.items, share.reaches) for share in found.shares if share.item != "1"} == {
        ("1.1", "1.3", "no"),
        ("1.2", "yes"),
    }
