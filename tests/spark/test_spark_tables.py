"""Tables as users have them: Spark says of each what one machine says, or refuses it in a line."""

import csv
import datetime
import shutil
from importlib.util import find_spec

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app

if shutil.which("java") is None or find_spec("pyspark") is None or find_spec("polars") is None:
    pytest.skip("Java or pyspark is missing: screening by Spark is not tested", allow_module_level=True)

import polars as pl

pytestmark = [
    pytest.mark.xdist_group("spark"), pytest.mark.filterwarnings("default"), pytest.mark.usefixtures("spark"),
]  # fmt: skip
HEADER, ROW = "shipment_id,from,to,form,note\n", "A{},JP,KR,magnet,x\n"
BOM = "assembly,component,form\nNX-9,R-4,magnet\n"


def screen(source, out, *options):
    found = CliRunner().invoke(app, ["screen", str(source), "-o", str(out), *map(str, options)])
    return found.exit_code, " ".join(found.output.split())


def by_spark(source, out, *options):
    return screen(source, out, "--engine", "spark", *options)


def rows_of(place):
    """Return the cells of a CSV file, or of all files of a folder, the header first."""
    found = []
    for path in sorted(place.glob("part-*")) if place.is_dir() else [place]:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        found += [tuple(row) for row in rows]
    return [tuple(header), *sorted(found)]


def both(source, folder, *options, one=None):
    """Screen a table on one machine and on Spark, and return the rows, which have to agree."""
    status, said = screen(one or source, folder / "one.csv", *options)
    assert status == 0, said
    status, said = by_spark(source, folder / "two.csv", *options)
    assert status == 0, said
    assert rows_of(folder / "two.csv") == rows_of(folder / "one.csv")
    assert rows_of(folder / "two.csv.rejected.csv") == rows_of(folder / "one.csv.rejected.csv")
    return rows_of(folder / "one.csv")


def test_files_are_cut_alike_whichever_of_them_are_counted_again(tmp_path):
    """Left alone, Spark cuts the first file at another place when only that one is counted once more."""
    (tmp_path / "in.csv").mkdir()
    cell = "\n".join(["JP,KR,JP,magnet," + "x" * 34] * 45)
    first = "".join(f'A{at},JP,KR,magnet,"{cell}"\n' for at in range(20))
    first = f"A,JP,KR,magnet,{'z' * 1200}\n" + first
    second = "".join(f"B{at},JP,KR,magnet,{'y' * 500}\n" for at in range(80))
    (tmp_path / "in.csv" / "a.csv").write_text(HEADER + first)
    (tmp_path / "in.csv" / "b.csv").write_text(HEADER + second)
    (tmp_path / "whole.csv").write_text(HEADER + first + second)
    assert len(both(tmp_path / "in.csv", tmp_path, one=tmp_path / "whole.csv")) == 1 + 21 + 80


def test_a_header_without_rows_is_told_as_what_it_is(tmp_path):
    (tmp_path / "in.csv").write_text(HEADER)
    status, said = by_spark(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (status, "holds a header and no rows" in said) == (1, True), said


def test_files_of_one_header_may_end_their_lines_differently(tmp_path):
    (tmp_path / "in.csv").mkdir()
    (tmp_path / "in.csv" / "a.csv").write_text(HEADER + ROW.format(1))
    (tmp_path / "in.csv" / "b.csv").write_bytes((HEADER + ROW.format(2)).replace("\n", "\r\n").encode())
    (tmp_path / "whole.csv").write_text(HEADER + ROW.format(1) + ROW.format(2))
    both(tmp_path / "in.csv", tmp_path, one=tmp_path / "whole.csv")
    (tmp_path / "in.csv" / "c.csv").write_text(ROW.format(3))
    status, said = by_spark(tmp_path / "in.csv", tmp_path / "out.csv")
    assert (status, "c.csv: has another header than `file:" in said) == (1, True), said


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_folder_inside_a_table_is_never_passed_over(tmp_path, ending):
    table = tmp_path / f"in.{ending}"
    (table / "2026").mkdir(parents=True)
    frame = pl.DataFrame({"from": ["JP"], "to": ["KR"]})
    for path in (table / f"a.{ending}", table / "2026" / f"b.{ending}"):
        frame.write_csv(path) if ending == "csv" else frame.write_parquet(path)
    status, said = by_spark(table, tmp_path / "out.csv")
    assert (status, "2026: is a folder inside the table" in said) == (1, True), said
    assert not (tmp_path / "out.csv").exists()


def test_a_column_that_only_some_files_have_is_read(tmp_path):
    table = tmp_path / "in.parquet"
    table.mkdir()
    pl.DataFrame({"from": ["JP"], "to": ["KR"]}).write_parquet(table / "a.parquet")
    pl.DataFrame({"from": ["JP"], "to": ["KR"], "origin": ["CN"]}).write_parquet(table / "b.parquet")
    whole = pl.DataFrame({"from": ["JP"] * 2, "to": ["KR"] * 2, "origin": [None, "CN"]})
    whole.write_parquet(tmp_path / "whole.parquet")
    assert {row[2] for row in both(table, tmp_path, one=tmp_path / "whole.parquet")[1:]} == {"", "CN"}
    pl.DataFrame({"from": ["JP"], "to": ["KR"], "origin": [1.5]}).write_parquet(table / "c.parquet")
    status, said = by_spark(table, tmp_path / "out.csv")
    assert (status, "in.parquet: its files hold a column in two types" in said) == (1, True), said


def test_columns_that_differ_in_capitals_are_two(tmp_path):
    (tmp_path / "in.csv").write_text("from,to,note,Note\nJP,KR,a,b\n")
    assert both(tmp_path / "in.csv", tmp_path)[1][2:4] == ("a", "b")


def test_signs_of_patterns_in_a_name_are_part_of_it(tmp_path):
    (tmp_path / "in[1].csv").write_text(HEADER + ROW.format(1))
    status, said = by_spark(tmp_path / "in[1].csv", f"{tmp_path}/out{{a}}.csv/")
    assert (status, "out{a}.csv.rejected.csv, out{a}.csv.summary.json" in said) == (0, True), said
    assert len(rows_of(tmp_path / "out{a}.csv")) == 2
    assert rows_of(tmp_path / "out{a}.csv.rejected.csv") == [("row", "column", "value", "problem", "hint")]


def test_a_file_that_spark_overlooks_and_one_that_is_missing_are_named(tmp_path):
    (tmp_path / "_in.csv").write_text(HEADER + ROW.format(1))
    status, said = by_spark(tmp_path / "_in.csv", tmp_path / "out.csv")
    assert (status, "_in.csv: Spark overlooks files" in said) == (1, True), said
    status, said = by_spark(tmp_path / "none.csv", tmp_path / "out.csv")
    assert (status, "none.csv: there is no such file" in said) == (1, True), said


def test_nothing_that_is_read_is_written_to(tmp_path):
    texts = {
        "out.csv.rejected.csv": "from,to,part_number,end_user\nJP,KR,NX-9,Customer\n",
        "out.csv.parties.csv": "name,list\nCustomer,watch-list\n", "out.csv.summary.json": "{}", "bom.csv": BOM,
    }  # fmt: skip
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    source, out = tmp_path / "out.csv.rejected.csv", tmp_path / "out.csv"
    for read, where, options in (
        (source, out, ()), (source, tmp_path / "bom.csv", ("--bom", tmp_path / "bom.csv")),
        (tmp_path / "bom.csv", out, ("--parties", tmp_path / "out.csv.parties.csv")),
        (source, f"file://{source}", ()), (source, tmp_path / "out.csv.rejected.csv" / "inside.csv", ()),
    ):  # fmt: skip
        status, said = by_spark(read, where, *options)
        assert (status, "would be overwritten" in said or "lies inside a table" in said) == (1, True), said
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == texts


@pytest.mark.parametrize("line", [b"X,Y\xfc,magnet\n", b"X,Y\n", b"X,Y,notaform\n"])
def test_a_table_of_components_is_refused_in_the_words_of_one_machine(tmp_path, line):
    (tmp_path / "in.csv").write_text("from,to,part_number\nJP,KR,NX-9\n")
    (tmp_path / "bom.csv").write_bytes(BOM.encode() + line)
    wanted = screen(tmp_path / "in.csv", tmp_path / "one.csv", "--bom", tmp_path / "bom.csv")
    assert (wanted[0], "bom.csv: row 2: " in wanted[1]) == (1, True), wanted
    assert by_spark(tmp_path / "in.csv", tmp_path / "two.csv", "--bom", tmp_path / "bom.csv") == wanted


def test_lists_and_times_stand_in_a_text_as_on_one_machine(tmp_path):
    day = datetime.datetime(2026, 1, 15, 10)  # noqa: DTZ001 - one without a zone
    table = pl.DataFrame({
        "from": ["JP"] * 3, "to": ["KR"] * 3, "end_user_lists": [["control-list", "watch-list"], [], None],
        "plain": [day] * 3, "zoned": [day.replace(tzinfo=datetime.UTC)] * 3, "parts": [{"a": 1}] * 3,
    }).with_columns(milli=pl.col("plain").dt.cast_time_unit("ms"))  # fmt: skip
    table.write_parquet(tmp_path / "in.parquet")
    cells = [row[2] for row in both(tmp_path / "in.parquet", tmp_path)[1:]]
    assert sorted(cells) == ["", "control-list; watch-list", "none"]
    status, said = by_spark(tmp_path / "in.parquet", tmp_path / "two.parquet")
    assert status == 0, said
    found = pl.read_parquet(tmp_path / "two.parquet" / "*.parquet").select(table.columns)
    assert found["zoned"].to_list() == table["zoned"].to_list()


def test_columns_may_have_the_names_of_sparks_own(tmp_path):
    names = ["_metadata", "file_path", "row_index", "file"]
    table = {"from": ["JP", "JP"], "to": ["KR", "VN"]} | {name: [f"{name} 1", f"{name} 2"] for name in names}
    pl.DataFrame(table).write_parquet(tmp_path / "in.parquet")
    assert both(tmp_path / "in.parquet", tmp_path)[1][2:6] == ("_metadata 1", "file_path 1", "row_index 1", "file 1")


@pytest.mark.parametrize("out", ["me:ta.csv", "file:/trade/me:ta.csv", "hdfs://host:9000/me:ta.csv", "10:30/ta.csv"])
def test_a_colon_in_a_name_is_refused_before_anything_is_read(tmp_path, out):
    (tmp_path / "in.csv").write_text(HEADER + ROW.format(1))
    expected = f"{out}: holds `:`, which Spark's file systems do not take in a name"
    assert by_spark(tmp_path / "in.csv", out)[0] == 1
    assert expected in by_spark(tmp_path / "in.csv", out)[1]
    assert expected in by_spark(out, tmp_path / "out.csv")[1]


def test_cells_come_out_as_on_one_machine_whatever_they_hold(tmp_path):
    cells = [
        '"a\r\nb"', '"a\nb"', '"a ""b"" c"', "=1+1", '"=1,2"', "-5", "@x", '" a "', " a ", "\ta", '""', "", "é 磁体",
        "a\\b", '"a\\""b"', '"\r\n"', "'x", "+", "NULL", "null", '"\\"',
    ]  # fmt: skip
    rows = "".join(f"A{at},JP,KR,magnet,{cell}\r\n" for at, cell in enumerate(cells))
    (tmp_path / "in.csv").write_text(HEADER.replace("\n", "\r\n") + rows, newline="")
    found = {row[0]: row[4] for row in both(tmp_path / "in.csv", tmp_path)[1:]}
    assert len(found) == len(cells)
    assert (found["A0"], found["A2"], found["A3"]) == ("a\r\nb", 'a "b" c', "'=1+1")
