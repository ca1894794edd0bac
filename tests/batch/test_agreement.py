"""A row decided in columns says what `check` says of the same facts, in every column."""

import copy
import os
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batch.flat import answers, cells_of, checked, screened
from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening
from exportctl.case.read import read_documents
from exportctl.determine import open_point
from exportctl.worked.run import _expectations, case_files, changed
from properties.generated import cases, dates, items

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
AT_ONCE = 8 if LONG else 1
CASES = Path(__file__).parents[2] / "cases"
COLUMNS_OF_ROWS = (
    "on", "transfer_kind", "from", "to", "transfer.provided_in_china_to_foreigner", "exporter_country",
    "exporter_chinese_person", "parties.exporter.knows_overseas_rare_earth_use", "purposes", "logic_nm",
    "memory_layers", "end_use.ai_military_potential", "activities", "technology.public_domain",
    "technology.basic_research", "form", "kind", "magnet", "elements", "composition", "made_in", "origin",
    "chinese_technology", "value", "item.quantity", "cn_part1_value",
    *(f"parties.importer.{name}" for name in ("country", "military", "lists", "owners")),
    "end_user_country", "end_user_military", "end_user_lists", "parties.end_user.owners",
)  # fmt: skip
TELLING = {"form", "kind", "magnet", "elements", "composition", "made_in", "origin", "chinese_technology"}


def runs():
    """Return the runs of every worked case that a row can hold, by the options they are decided with."""
    found = defaultdict(list)
    for path in case_files(CASES):
        for document in read_documents(path):
            for expected in _expectations(document):
                data = copy.deepcopy(document.data)
                for place, value in expected.set.items():
                    changed(data, place, value)
                data |= {"on": expected.on} if expected.on else {}
                del data["expect"]
                if (cells := cells_of(copy.deepcopy(data))) is not None:
                    options = (expected.known_on, tuple(sorted(expected.readings.items())))
                    found[options].append((replace(document, data=data), cells))
    return found


def agree(book, pairs, known_on=None, readings=()):
    """Assert that each row of a table is answered as its case is."""
    fixed = dict(readings)
    found, rejected = screened(book, [cells for _, cells in pairs], known_on=known_on, readings=fixed)
    assert rejected.is_empty(), rejected.to_dicts()
    for (raw, cells), answer in zip(pairs, found, strict=True):
        assert answer == checked(book, raw, known_on, fixed), cells


RUNS = runs()


@pytest.mark.parametrize("options", RUNS, ids=str)
def test_every_worked_case_that_fits_a_row_is_answered_alike(book, options):
    agree(book, [(document.data, cells) for document, cells in RUNS[options]], *options)


def test_most_worked_cases_fit_a_row():
    assert sum(len(each) for each in RUNS.values()) > 400


def as_a_row_has_it(case):
    """Return a case as a row can say it: a block in which nothing is said does not exist."""
    item = case.get("item", {})
    if not TELLING & item.keys() or all(item[name] is None for name in TELLING & item.keys()):
        item = {}
    parties = {role: facts for role, facts in case.get("parties", {}).items() if facts}
    said = {name: block for name, block in case.items() if name != "item"} | {"parties": parties}
    return said | {"item": item} if item else said


flat = st.builds(
    lambda case, item, day: as_a_row_has_it(
        {**case, "item": item, "on": date.fromisoformat(day), "title": "generated"}
    ),
    cases,
    items(depth=0),
    dates,
)


@pytest.fixture(scope="module")
def screening(book):
    """Return one screening for all generated rows: what it remembers must not change an answer."""
    return Screening(book, read_headings(COLUMNS_OF_ROWS, book, "generated"))


@pytest.fixture(scope="module")
def without_trials():
    """Leave out what answers to open points would lead to, which stands in no column and takes most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_point, "MOST_VISITS", 0)
        patch.setattr(open_point, "LEAST_TRIED", 0)
        yield


@pytest.mark.usefixtures("without_trials")
@settings(max_examples=10_000 // AT_ONCE if LONG else settings().max_examples)
@given(st.lists(flat, min_size=AT_ONCE, max_size=AT_ONCE))
def test_generated_rows_are_answered_alike(book, screening, cases):
    rows = [cells_of(copy.deepcopy(case)) for case in cases]
    assert set().union(*rows) <= set(COLUMNS_OF_ROWS)
    found, rejected = answers(screening, rows)
    assert rejected.is_empty(), rejected.to_dicts()
    for case, answer in zip(cases, found, strict=True):
        assert answer == checked(book, case), case
