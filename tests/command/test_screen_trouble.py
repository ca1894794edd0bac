"""What goes wrong around `exportctl screen`: a line, a status, the input as it was, nothing under the final name."""

import datetime
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app

pl = pytest.importorskip("polars")

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import ledger  # noqa: E402

SMALL = "shipment_id,from,to,form,value\nA1,JP,KR,magnet,1000\n"


def screen(*arguments):
    result = CliRunner().invoke(app, ["screen", *map(str, arguments)])
    return result.exit_code, result.output


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(SMALL)
    return path


def left(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["in.csv", "in.tsv", "in.parquet", "in.xlsx", "in.jsonl"])
def test_an_empty_file_is_refused(tmp_path, name):
    (tmp_path / name).touch()
    status, said = screen(tmp_path / name, "-o", tmp_path / "out.csv")
    assert (status, "the file is empty" in said, left(tmp_path)) == (1, True, [name])


@pytest.mark.parametrize(("name", "text"), [("in.parquet", "no parquet"), ("in.xlsx", "PK\3\4"), ("in.jsonl", "[1]\n")])
def test_a_file_that_is_not_what_its_name_says_is_refused_in_a_line(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    status, said = screen(tmp_path / name, "-o", tmp_path / "out.csv")
    assert (status, "Traceback" in said, left(tmp_path)) == (1, False, [name])
    assert name in said


def test_a_file_too_large_for_the_disk_is_refused_before_it_is_read(tmp_path, source):
    with source.open("ab") as file:
        file.truncate(shutil.disk_usage(tmp_path).free // 6)
    began = time.process_time()
    status, said = screen(source, "-o", tmp_path / "out.csv")
    assert (status, "the result may need" in said, left(tmp_path)) == (1, True, ["in.csv"])
    assert time.process_time() - began < 20


def test_the_input_is_never_written_to_under_any_of_its_names(tmp_path, source):
    (tmp_path / "soft.csv").symlink_to(source)
    (tmp_path / "hard.csv").hardlink_to(source)
    for name in ("in.csv", "soft.csv", "hard.csv"):
        status, said = screen(source, "-o", tmp_path / name)
        assert (status, "overwrite its input" in said) == (1, True)
    assert source.read_text() == SMALL
    assert left(tmp_path) == ["hard.csv", "in.csv", "soft.csv"]


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("out.csv.rejected.csv", ()),
        ("in.csv", ("--parties", "out.csv.parties.csv")),
        ("in.csv", ("--parties", "out.csv")),
        ("in.csv", ("--bom", "out.csv")),
        ("in.csv", ("--map", "out.csv.summary.json")),
    ],
)
def test_no_file_that_is_read_is_written_to(tmp_path, monkeypatch, source, options):
    monkeypatch.chdir(tmp_path)
    name = options[1] if options else source
    (tmp_path / "in.csv").write_text("from,to,end_user,part_number\nJP,KR,Customer,NX-9\n")
    texts = {"--parties": "name,list\nCustomer,watch-list\n", "--bom": "assembly,component\nNX-9,R-4\n", "--map": "{}"}
    (tmp_path / name).write_text(texts[options[0]] if options else SMALL)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    status, said = screen(source, "-o", "out.csv", *options)
    assert (status, f"{name}: is read, and would be overwritten by `{name}`" in said) == (1, True), said
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".xlsx"])
def test_several_values_in_a_cell_of_parquet_are_a_text_in_a_result_without_such_cells(tmp_path, ending):
    lists = [["control-list", "watch-list"], [], None]
    table = pl.DataFrame({"from": ["JP"] * 3, "to": ["KR"] * 3, "end_user_lists": lists, "parts": [{"a": 1}] * 3})
    table.write_parquet(tmp_path / "in.parquet")
    out = tmp_path / f"out{ending}"
    status, said = screen(tmp_path / "in.parquet", "-o", out)
    assert (status, "3 rows in = 3 rows out" in said) == (0, True), said
    if ending == ".xlsx":
        found = pl.read_excel(out, engine="calamine", infer_schema_length=0)
    else:
        found = pl.read_csv(out, separator="\t" if ending == ".tsv" else ",", infer_schema=False)
    assert found["end_user_lists"].to_list() == ["control-list; watch-list", "none", None]


def test_a_result_goes_to_a_file_in_a_folder_that_can_be_written_to(tmp_path, source):
    (tmp_path / "folder.csv").mkdir()
    status, said = screen(source, "-o", tmp_path / "folder.csv")
    assert (status, said.splitlines()[0]) == (1, f"{tmp_path}/folder.csv: is a folder")
    closed = Path("/proc/self") if os.geteuid() == 0 else tmp_path / "closed"
    if os.geteuid():
        closed.mkdir(mode=0o500)
    status, said = screen(source, "-o", closed / "out.csv")
    assert (status, "cannot be written to" in said) == (1, True)
    assert source.read_text() == SMALL


def test_days_of_a_workbook_are_read_as_days(tmp_path):
    rows = {"from": ["JP"], "to": ["KR"], "on": [datetime.date(2026, 1, 15)], "value": [1000.5], "form": ["magnet"]}
    pl.DataFrame(rows).write_excel(tmp_path / "in.xlsx")
    status, said = screen(tmp_path / "in.xlsx", "-o", tmp_path / "out.xlsx")
    assert (status, "1 rows in = 1 rows out" in said) == (0, True), said
    found = pl.read_excel(tmp_path / "out.xlsx", engine="calamine", infer_schema_length=0)
    assert found.select("on", "value").row(0) == ("2026-01-15", "1000.5")


def started(source, out, *options, **how):
    command = [sys.executable, "-m", "exportctl", "screen", source, "-o", out, *options]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **how)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """Return a ledger and the name of what becomes of it, by ending."""
    folder = tmp_path_factory.mktemp("finished")
    ledger.write(folder / "in.csv", 200, seed=5)
    for ending in (".csv", ".parquet", ".jsonl", ".xlsx"):
        assert screen(folder / "in.csv", "-o", folder / f"whole{ending}")[0] == 0
    return folder


def test_ctrl_c_leaves_a_line_and_a_run_that_goes_on(tmp_path, finished):
    source, out = finished / "in.csv", tmp_path / "out.csv"
    before = source.read_bytes()
    process = started(source, out)
    while not (tmp_path / "out.csv.journal").exists():
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == f"interrupted; go on with `--resume`, or begin {out} anew without it\n"
    assert not out.exists()
    assert source.read_bytes() == before
    assert screen(source, "--resume", "-o", out)[0] == 0
    assert out.read_bytes() == (finished / "whole.csv").read_bytes()


@pytest.mark.parametrize("ending", [".csv", ".parquet", ".jsonl", ".xlsx"])
def test_a_full_disk_in_the_middle_leaves_a_line_and_a_run_that_goes_on(tmp_path, finished, ending):
    """No file may grow beyond 9 kB, as on a disk that is full."""
    source, out = finished / "in.csv", tmp_path / f"out{ending}"
    before = source.read_bytes()
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))  # noqa: E731
    process = started(source, out, preexec_fn=limit)
    _, said = process.communicate()
    assert process.returncode == 1, said
    assert said.startswith(f"{out}: cannot go on: ")
    assert "go on with `--resume`" in said
    assert "Traceback" not in said
    assert not out.exists()
    assert not out.with_name(out.name + ".whole").exists()
    assert source.read_bytes() == before
    assert screen(source, "--resume", "-o", out)[0] == 0
    read = {".parquet": pl.read_parquet, ".jsonl": pl.read_ndjson, ".csv": pl.read_csv, ".xlsx": pl.read_excel}[ending]
    assert read(out).equals(read(finished / f"whole{ending}"))
    assert left(tmp_path) == sorted(out.name + more for more in ("", ".rejected.csv", ".summary.html", ".summary.json"))
