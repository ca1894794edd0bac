"""Rows passed on as lines are, byte for byte, what a table of the same cells would be written as."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.batch.lines import Lines
from exportctl.batch.row_text import as_lines, harmless

NAMES = ("from", "note", "to")
cell = st.text(st.sampled_from(list('a"=,\t\r\n -+@0é\0 ')), max_size=6)


def written(frame, separator):
    return harmless(frame).write_csv(include_header=False, separator=separator)


@pytest.mark.parametrize("separator", [",", "\t"])
@given(rows=st.lists(st.tuples(cell, cell, cell).filter(lambda row: any(map(str.strip, row))), min_size=1, max_size=8))
def test_lines_passed_on_are_those_of_the_table(separator, rows):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)
    data = file.getvalue().encode()
    whole = Lines(NAMES, separator, "x").chunk(data, 1, 0, last=True)
    part = Lines(NAMES, separator, "x", ("to",)).chunk(data, 1, 0, last=True)
    assert part.texts.equals(whole.texts.select("to"))
    assert whole.lines is None
    assert part.lines.to_frame().write_csv(include_header=False, quote_style="never") == written(whole.frame, separator)
    assert (part.rejected.to_dicts(), part.numbers.to_list()) == (whole.rejected.to_dicts(), whole.numbers.to_list())


def test_quoted_cells_and_empty_ones_are_read_as_before():
    data = b'"JP","flange, steel","KR"\nJP,"",KR\n"JP","5"" disc",KR\n'
    found = Lines(NAMES, ",", "x").chunk(data, 1, 0, last=True)
    assert found.texts["note"].to_list() == ["flange, steel", None, '5" disc']
    assert found.rejected.is_empty()


def test_a_cell_that_holds_the_mark_between_rows_is_written_whole():
    frame = pl.DataFrame({"a": ["x\0\ny", "z"], "b": ["1", "2"]})
    assert as_lines(frame, ",").to_list() == ['"x\0\ny",1', "z,2"]
