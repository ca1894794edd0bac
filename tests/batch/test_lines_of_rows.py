"""Lines of CSV and TSV: no row is lost or changed, whatever its quotes, ends of lines and bytes are."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from exportctl.batch.delimited import Delimited
from exportctl.batch.lines import Lines, read_header
from exportctl.command.app import app
from exportctl.problem import Refused


def lines_of(data, separator=","):
    header = read_header(data, separator, "table.csv")
    return Lines(header.names, separator, "table.csv").chunk(data[header.size :], 1, header.size, last=True)


def problems(chunk):
    return [(row["row"], row["problem"]) for row in chunk.rejected.to_dicts()]


def test_two_inch_marks_do_not_swallow_the_rows_between_them():
    chunk = lines_of(b'from,description\nJP,5" pipe\nKR,bolt\nUS,3" pipe\nDE,nut\n')
    assert chunk.frame.rows() == [("KR", "bolt"), ("DE", "nut")]
    assert problems(chunk) == [(1, "its quotes do not match"), (3, "its quotes do not match")]


def test_a_record_of_several_lines_that_is_no_row_is_rejected_once():
    chunk = lines_of(
        b'from,to,note\nJP,DE,"two\n\nlines",extra\nJP,"few\ncells"\nJP,KR,"a\nb"\nJP,FR,"\xfc\nc"\nKR,US,\n'
    )
    assert chunk.frame.rows() == [("JP", "KR", "a\nb"), ("KR", "US", None)]
    assert chunk.numbers.to_list() == [3, 5]
    assert [row[:4] for row in chunk.rejected.rows()] == [
        (1, "", 'JP,DE,"two\n\nlines",extra', "has 4 cells, and the header 3"),
        (2, "", 'JP,"few\ncells"', "has 2 cells, and the header 3"),
        (4, "", 'JP,FR,"\ufffd\nc"', "holds bytes that are not UTF-8"),
    ]


@pytest.mark.parametrize("row", [b"KR,DE,nut", b'KR,DE,"nut"', b'KR,DE,5"" nut'])
def test_an_open_quote_does_not_swallow_a_row_until_the_next_one(row):
    chunk = lines_of(b'from,to,note\nJP,"open,x\n' + row + b'\nUS,MX,y"\n')
    assert [found[:2] for found in chunk.frame.rows()] == [("KR", "DE")]
    assert problems(chunk) == [(1, "its quotes do not match"), (3, "its quotes do not match")]


words = st.text(st.sampled_from(list('ab" \r\n')), max_size=6)


@given(st.lists(st.lists(words, min_size=1, max_size=4), min_size=1, max_size=9), st.sampled_from(["\n", "\r\n"]))
def test_every_record_is_one_row_or_one_rejected_row(records, end):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("from", "to", "note"), *records])
    chunk = lines_of(file.getvalue().encode())
    rows = {number: record for number, record in enumerate(records, 1) if len(record) == 3}
    assert chunk.numbers.to_list() == list(rows)
    assert chunk.frame.rows() == [tuple(cell or None for cell in row) for row in rows.values()]
    assert chunk.rejected["row"].to_list() == [number for number in range(1, len(records) + 1) if number not in rows]
    assert chunk.next_row == len(records) + 1


def test_a_row_behind_a_lone_carriage_return_is_not_lost():
    chunk = lines_of(b"from,to\nJP,US\rKR,DE\nJP,KR\n")
    assert chunk.frame.rows() == [("JP", "KR")]
    assert problems(chunk) == [(1, "holds the end of a line in a cell without quotes")]


def test_a_long_cell_of_several_lines_is_rejected_for_its_length():
    chunk = lines_of(b'from,to\n"J\n' + b"x" * 140_000 + b'",US\n')
    assert problems(chunk)[0] == (1, "holds a cell of more than 131,072 characters")


def test_a_cell_that_is_too_long_with_the_ends_of_its_lines_is_rejected():
    chunk = lines_of(b"from,to\nJP," + b'"' + b"x" * 131_060 + b"\r\n" * 8 + b'"\r\nJP,KR\r\n')
    assert problems(chunk) == [(1, "holds a cell of more than 131,072 characters")]
    assert chunk.frame.rows() == [("JP", "KR")]


def test_a_line_of_too_many_tabs_is_rejected():
    assert problems(lines_of(b"from\tto\n\t\t\n", "\t")) == [(1, "has 3 cells, and the header 2")]


def test_names_of_columns_that_are_not_utf_8_are_refused_and_never_cut_into_the_first_row():
    with pytest.raises(Refused, match="not UTF-8"):
        lines_of("from,to,größe\nJP,KR,1\n".encode("latin-1"))
    with pytest.raises(Refused, match="not UTF-8"):
        lines_of("from,to,目的国\nJP,KR,1\n".encode("gbk"))


@pytest.mark.parametrize("strange", ["\u2028", "\x85", "\x0b", "\x0c", "\x1c", "\u2029"])
def test_the_first_row_begins_behind_the_names_whatever_stands_in_them(strange):
    chunk = lines_of(f"from,t{strange}o\nJP,KR\n".encode())
    assert chunk.frame.rows() == [("JP", "KR")]
    assert chunk.rejected.is_empty()


cells = st.text(st.sampled_from(list('ab", \r\n\1é')), max_size=8)


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=9), st.sampled_from(["\n", "\r\n"]))
@example([("JP\r\n\nKR", "a"), ("b", "\r\r\n")], "\r\n")
def test_ends_of_lines_inside_cells_stay_as_they_are(rows, end):
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator=end, quoting=csv.QUOTE_ALL).writerows([("from", "to"), *rows])
    chunk = lines_of(file.getvalue().encode())
    assert chunk.rejected.is_empty()
    assert chunk.frame.rows() == [tuple(cell or None for cell in row) for row in rows]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_cell_of_several_lines_comes_out_byte_for_byte(tmp_path, end):
    rows = ['JP,KR,"a\r\nb\nc"', 'JP,DE,"d\n\r\n"']
    (tmp_path / "in.csv").write_bytes("".join(row + end for row in ("from,to,note", *rows)).encode())
    found = CliRunner().invoke(app, ["screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv")])
    assert found.exit_code == 0, found.output
    written = (tmp_path / "out.csv").read_bytes().decode()
    assert all(f"\n{row}," in written for row in rows)


pieces = st.sampled_from(["a", '"', ",", "\n", "\r\n", "\r", " ", '""', '"a,b"', '"a\nb"', "a,b\n", "a,b\n" * 60, "é"])


@settings(max_examples=300)
@given(st.lists(pieces, max_size=25).map("".join), st.integers(1, 30))
def test_small_blocks_hold_the_same_rows_as_one(tmp_path_factory, text, block):
    path = tmp_path_factory.getbasetemp() / "blocks.csv"
    path.write_bytes(b"from,to\n" + text.encode())
    whole, small = (list(Delimited(path, ",", size).chunks(0, 1)) for size in (2**20, block))
    each = [
        (
            [row for chunk in chunks for row in zip(chunk.numbers, chunk.frame.rows(), strict=True)],
            [row for chunk in chunks for row in chunk.rejected.rows()],
        )
        for chunks in (whole, small)
    ]
    assert each[0] == each[1]


def test_a_row_that_does_not_end_is_refused_before_it_fills_memory(tmp_path):
    path = tmp_path / "in.csv"
    path.write_bytes(b"from,to\nJP,KR\nJP," + b"x" * 4 * 2**20)
    with pytest.raises(Refused) as found:
        list(Delimited(path, ",", 2**20, most=2 * 2**20).chunks(0, 1))
    assert str(found.value).endswith("in.csv: row 2 does not end within 2 MB\n  hint: end each row with a new line")
    assert len(list(Delimited(path, ",", 2**20, most=8 * 2**20).chunks(0, 1))) == 2
