"""Workbooks of shipments: read row by row, as the cells are shown, and nothing of them lost in silence."""

import openpyxl
import pytest
import xlsxwriter

from exportctl.batch.formats import open_source
from exportctl.batch.heading import read_headings
from exportctl.batch.sheet import Sheet
from exportctl.problem import Refused

NAMES = ("from", "to", "on", "value", "note")


def workbook(path, rows, change=lambda _: None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    change(book)
    book.save(path)
    return path


def all_of(source, rows=2):
    source.rows = rows
    chunks = list(source.chunks(0, 1))
    texts = [row for chunk in chunks for row in chunk.texts.iter_rows()]
    return texts, [number for chunk in chunks for number in chunk.numbers], chunks


def test_numbers_are_those_a_spreadsheet_shows_and_blank_rows_do_not_count(tmp_path):
    path = workbook(tmp_path / "in.xlsx", [
        NAMES, ("JP", "KR", "2026-01-15", 0.1 + 0.2, None), (None,) * 5, ("DE", "US", None, 1e-7, "x"),
        ("DE", "US", None, 12345678901234.5, "0012"), ("", "US", None, 7, "=1+1"),
    ])  # fmt: skip
    texts, numbers, _ = all_of(Sheet(path))
    assert texts == [
        ("JP", "KR", "2026-01-15", "0.3", None), ("DE", "US", None, "0.0000001", "x"),
        ("DE", "US", None, "12345678901234.5", "0012"), (None, "US", None, "7", None),
    ]  # fmt: skip
    assert numbers == [1, 2, 3, 4]


def test_days_have_no_midnight(tmp_path):
    path = tmp_path / "in.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["from", "to", "on"])
        sheet.write_row(1, 0, ["JP", "KR"])
        sheet.write_number(1, 2, 46037, book.add_format({"num_format": "dd.mm.yyyy"}))
    assert all_of(Sheet(path))[0] == [("JP", "KR", "2026-01-15")]


def test_a_cell_behind_the_named_columns_sets_its_row_apart(tmp_path):
    path = workbook(tmp_path / "in.xlsx", [NAMES[:3], ("JP", "KR", "2026-01-15", "lost?"), ("DE", "US", "2026-01-16")])
    texts, numbers, (chunk,) = all_of(Sheet(path))
    assert texts == [("DE", "US", "2026-01-16")]
    assert numbers == [2]
    assert chunk.rejected["row"].to_list() == [1]
    assert "lost?" in chunk.rejected["value"][0]


def test_two_columns_with_one_name_are_refused(tmp_path, book):
    path = workbook(tmp_path / "in.xlsx", [("from", "to", "value", "value"), ("JP", "KR", 1, 2)])
    with pytest.raises(Refused, match="value"):
        read_headings(Sheet(path).names, book, str(path))


def test_a_hidden_sheet_is_not_the_first_one(tmp_path):
    def hide(book):
        book.active.sheet_state = "hidden"
        shown = book.create_sheet("shown")
        shown.append(NAMES[:2])
        shown.append(("MX", "VN"))

    assert all_of(Sheet(workbook(tmp_path / "in.xlsx", [NAMES[:2], ("JP", "KR")], hide)))[0] == [("MX", "VN")]


def test_reading_goes_on_at_any_row(tmp_path):
    rows = [(f"A{number}", "KR") for number in range(7)]
    source = Sheet(workbook(tmp_path / "in.xlsx", [NAMES[:2], *rows]))
    texts, _, chunks = all_of(source, rows=3)
    assert texts == rows
    for chunk in chunks:
        later = [row for one in source.chunks(chunk.end, chunk.next_row) for row in one.texts.iter_rows()]
        assert later == rows[chunk.next_row - 1 :]
    assert source.share(chunks[-1].end) == 1


@pytest.mark.parametrize(("rows", "words"), [([], "the sheet is empty"), ([(None, " ")], "the sheet is empty")])
def test_a_sheet_without_a_header_is_refused(tmp_path, rows, words):
    with pytest.raises(Refused, match=words):
        open_source(workbook(tmp_path / "in.xlsx", rows))


def test_a_workbook_that_is_none_is_refused(tmp_path):
    (tmp_path / "in.xlsx").write_bytes(b"from,to\n")
    with pytest.raises(Refused, match="this is no workbook"):
        open_source(tmp_path / "in.xlsx")
