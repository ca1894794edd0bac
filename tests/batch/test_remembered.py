"""What a screening remembers between tables only saves work: forgetting it, or another process, changes no answer."""

import pickle
import sys
from pathlib import Path

import polars as pl
import pytest

from exportctl.batch import met
from exportctl.batch import screening as module
from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening
from exportctl.problem import Refused

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import ledger


@pytest.fixture(scope="module")
def tables():
    return [ledger.Catalogue(seed, lots=lots).rows(150, 0) for seed, lots in ((1, False), (2, True), (1, True))]


@pytest.fixture(scope="module")
def screening(book, tables):
    return Screening(book, read_headings(tables[0].columns, book, "ledger"))


def test_a_screening_that_forgets_answers_as_one_that_does_not(screening, tables, monkeypatch):
    first = [screening.screen(table) for table in tables]
    begun = screening.begun
    monkeypatch.setattr(module, "MOST_TEXTS", 10)
    second = [screening.screen(table) for table in tables]
    assert screening.begun == begun + len(tables)
    assert pl.concat([one.answers for one in first]).equals(pl.concat([one.answers for one in second]))


@pytest.mark.parametrize("limit", ["MOST_CELLS", "MOST_ROWS", "MOST_DECISIONS"])
def test_everything_that_grows_with_a_table_is_bounded(screening, tables, monkeypatch, limit):
    screening.screen(tables[0])
    begun = screening.begun
    monkeypatch.setattr(module, limit, 10)
    screening.screen(tables[0])
    assert screening.begun == begun + 1


def test_more_kinds_of_rows_than_have_a_number_are_refused_with_a_sentence(book, tables, monkeypatch):
    monkeypatch.setattr(met, "WIDTHS", (20, 3, 8, 12))
    with pytest.raises(Refused) as refused:
        Screening(book, read_headings(tables[0].columns, book, "ledger")).screen(tables[0])
    assert [one.problem for one in refused.value.problems] == ["more than 8 kinds of parties and routes at a time"]


def test_a_screening_sent_to_another_process_answers_alike(screening, tables):
    sent = pickle.loads(pickle.dumps(screening))  # noqa: S301 - our own
    assert sent.begun == 1
    assert sent.screen(tables[0]).answers.equals(screening.screen(tables[0]).answers)


def test_decisions_are_the_same_where_parts_are_too_many_for_a_place_each(book, tables, screening, monkeypatch):
    wanted = [screening.screen(table).answers for table in tables]
    assert screening.rows.met.table is not None
    monkeypatch.setattr(met, "MOST_PLACES", 0)
    other = Screening(book, screening.headings, screening.today)
    found = [other.screen(table).answers for table in (*tables, tables[0])]
    assert other.rows.met.table is None
    assert all(one.equals(same) for one, same in zip(found, [*wanted, wanted[0]], strict=True))


def test_tables_read_ahead_are_answered_in_their_order(screening, tables):
    wanted = [screening.screen(table) for table in tables]
    found = list(screening.each(tables))
    assert [one.answers.equals(same.answers) for one, same in zip(found, wanted, strict=True)] == [True] * len(tables)
    assert [one.outcomes.to_list() for one in found] == [one.answers["outcome"].to_list() for one in wanted]
    assert [one.rejected.rows() for one in found] == [one.rejected.rows() for one in wanted]


def test_lines_of_answers_are_the_answers(screening, tables):
    found = screening.screen(tables[0])
    assert found.stated["top"].null_count() < found.stated.height
    lines = found.lines(",").write_csv(include_header=False, quote_style="never")
    assert lines == found.answers.write_csv(include_header=False)
    assert found.counted["rows"].sum() == found.answers.height
