"""The table on which other engines are compared: exportctl decides every row, and so do the rules written by hand."""

import sys
from pathlib import Path

import polars as pl
import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "peers"))
import annex
import by_plain
import rows

LEFT_OUT = {"assemblies"}


@pytest.fixture(scope="module")
def table():
    return rows.table(20_000)


@pytest.fixture(scope="module")
def answers(table):
    screened = rows.screening(table.columns).screen(table)
    assert screened.rejected.is_empty()
    return screened.answers


def test_every_row_has_one_outcome_and_nothing_is_left_to_ask(answers):
    assert answers.filter((pl.col("certain") != pl.col("possible")) | (pl.col("open_points") != "")).is_empty()
    assert answers["outcome"].n_unique() == 7


def test_the_rules_written_by_hand_answer_alike(table, answers):
    assert by_plain.outcomes(by_plain.prepare(table)) == answers["outcome"].to_list()


def test_the_table_meets_every_line_of_the_annex_that_others_are_given_and_no_other(answers):
    met = set(answers["codes"].str.split("; ").explode()) - {""}
    listed = [row for listing in rows.book().lists.values() for row in listing.rows]
    seen = {row.code for row in listed if row.evidence != "unseen" and not LEFT_OUT & set(row.groups)}
    assert {line.code for line in annex.LINES} == met == seen
