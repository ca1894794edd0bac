"""Two executors in processes of their own say what one machine says; one that is killed takes nothing with it."""

import csv
import json
import os
import shutil
import signal
import sys
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app

if shutil.which("java") is None or find_spec("pyspark") is None or find_spec("polars") is None:
    pytest.skip("Java or pyspark is missing: screening by Spark is not tested", allow_module_level=True)

import polars as pl

from exportctl.spark.hadoop import Place
from exportctl.spark.run import ALL, PARTIAL

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
import ledger

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.filterwarnings("default")]
COMPONENTS = """assembly,component,quantity,form,magnet,elements,composition,origin,value,currency
NX-9,R-4,2,magnet,NdFeB,,,CN,3,USD
R-4,D-2,3,metal,,"Dy 99.9",complete,CN,0.75,USD
NX-9,S-1,1,part,,"Fe 70; O 30",complete,JP,1,USD
"""


def screen(source, out, *options):
    result = CliRunner().invoke(app, ["screen", str(source), "-o", str(out), "--json", *options])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def rows_of(place):
    """Return the rows of a CSV file, or of all files of a folder."""
    paths = sorted(place.glob("part-*")) if place.is_dir() else [place]
    found = []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file)
    return sorted(found, key=lambda row: list(row.values()))


def with_open_cells(path):
    """Let every seventh note of a ledger go on over two more lines, the first of which looks like a row."""
    lines = path.read_bytes().split(b"\n")
    width = lines[0].count(b",")
    for at in range(7, len(lines) - 1, 7):
        if lines[at].count(b",") == width and b'"' not in lines[at]:
            *cells, _ = lines[at].split(b",")
            lines[at] = b",".join([*cells, b'"over' + b"," * width + b'\nthree ""lines""\n"'])
    path.write_bytes(b"\n".join(lines))


def killed_while_it_decides(spark, out):
    """Kill an executor as soon as some blocks are decided and others are at work; return the process."""
    gateway, tracker = driver_of(spark), spark.sparkContext.statusTracker()
    began = time.monotonic()
    while time.monotonic() - began < 120:
        stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
        if (out.with_name(out.name + PARTIAL) / ALL).exists() and any(
            stage and stage.numActiveTasks and stage.numCompletedTasks for stage in stages
        ):
            process = executors_of(gateway)[0]
            os.kill(process, signal.SIGKILL)
            return process
        time.sleep(0.01)
    return None


def driver_of(spark):
    return spark.sparkContext._gateway.proc.pid  # noqa: SLF001 - nothing else says which process it is


def executors_of(parent):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes()
            above = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if b"CoarseGrainedExecutorBackend" in words and above == parent:
            found.append(int(folder.name))
    return found


@pytest.mark.usefixtures("spark")
def test_two_executors_say_what_one_machine_says(tmp_path):
    source, one, two = tmp_path / "in.csv", tmp_path / "one.csv", tmp_path / "two.csv"
    ledger.write(source, 700, seed=11)
    with_open_cells(source)
    assert source.stat().st_size > 3 * 30_000
    before = source.read_bytes()
    (tmp_path / "listed.csv").write_text("name,list\nCustomer 0 Limited,watch-list\nCustomer 1,control-list\n")
    (tmp_path / "components.csv").write_text(COMPONENTS)
    lists = ("--parties", str(tmp_path / "listed.csv"), "--bom", str(tmp_path / "components.csv"))
    wanted, found = screen(source, one, *lists), screen(source, two, "--engine", "spark", *lists)
    assert found == wanted
    assert found["rows_in"] == found["rows_out"] + found["rows_rejected"]
    assert rows_of(two) == rows_of(one)
    assert rows_of(tmp_path / "two.csv.rejected.csv") == rows_of(tmp_path / "one.csv.rejected.csv")
    assert (tmp_path / "two.csv.parties.csv").read_text() == (tmp_path / "one.csv.parties.csv").read_text()
    assert found["parties"]["match"] > 0
    assert {row["share_low"] for row in rows_of(two) if row["part_number"] == "NX-9"} - {"", "0"}
    assert 1 < len(list(two.glob("part-*"))) < 20, "in blocks of its own size, whatever the size of another table"
    assert source.read_bytes() == before
    assert not (tmp_path / "two.csv.partial").exists()
    summary = json.loads((tmp_path / "two.csv.summary.json").read_text())
    assert summary["outcomes"] == wanted["outcomes"]
    again = CliRunner().invoke(app, ["screen", str(source), "-o", str(two), "--engine", "spark"])
    assert (again.exit_code, "something of this name" in again.output) == (1, True)


def test_a_file_system_without_room_is_told_before_anything_is_read(tmp_path, spark, monkeypatch):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    ledger.write(source, 50, seed=11)
    size = source.stat().st_size
    assert Place(spark, str(source)).size == Place(spark, str(tmp_path / "i*.csv")).size == size
    assert Place(spark, str(tmp_path)).free == pytest.approx(shutil.disk_usage(tmp_path).free, rel=0.05)
    monkeypatch.setattr(Place, "free", 8 * size - 1)
    refused = CliRunner().invoke(app, ["screen", str(source), "-o", str(out), "--engine", "spark"])
    assert (refused.exit_code, "the result may need" in " ".join(refused.output.split())) == (1, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.csv"]
    monkeypatch.setattr(Place, "free", 8 * size)
    screen(source, out, "--engine", "spark")


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize("trouble", [OSError("no answer"), SystemExit(130), KeyboardInterrupt()])
def test_nothing_is_left_whatever_goes_wrong_before_a_row_is_read(tmp_path, monkeypatch, trouble):
    source = tmp_path / "in.csv"
    ledger.write(source, 5, seed=11)

    def size(_place):
        raise trouble

    monkeypatch.setattr(Place, "size", property(size))
    result = CliRunner().invoke(app, ["screen", str(source), "-o", str(tmp_path / "out.csv"), "--engine", "spark"])
    assert result.exit_code != 0
    assert [one.name for one in tmp_path.iterdir()] == ["in.csv"]


def test_a_killed_executor_takes_nothing_with_it(tmp_path, spark):
    source, one, two = tmp_path / "in.parquet", tmp_path / "one.parquet", tmp_path / "two.parquet"
    for part in range(5):
        source.mkdir(exist_ok=True)
        rows = ledger.Catalogue(part).rows(300, part * 300)
        bad = pl.when(pl.int_range(pl.len()) % 50 == 7).then(pl.lit("Atlantis")).otherwise("to").alias("to")
        amount = pl.col("line").cast(pl.Int16)
        rows.with_columns(bad, amount).write_parquet(source / f"part-{part}.parquet")
    whole = tmp_path / "whole.parquet"
    pl.concat([pl.read_parquet(path) for path in sorted(source.glob("*.parquet"))]).write_parquet(whole)
    wanted = screen(whole, one)
    killed = []
    watch = threading.Thread(target=lambda: killed.append(killed_while_it_decides(spark, two)))
    watch.start()
    found = screen(source, two, "--engine", "spark")
    watch.join()
    assert killed != [None]
    assert not Path(f"/proc/{killed[0]}").exists() or killed[0] not in executors_of(driver_of(spark))
    assert found == wanted
    assert found["problems"] == {"to": 30}
    result = pl.read_parquet(two / "*.parquet")
    assert result.schema["line"] == pl.Int16
    assert result.sort("shipment_id").equals(pl.read_parquet(one).sort("shipment_id"))
    assert rows_of(tmp_path / "two.parquet.rejected.csv") == rows_of(tmp_path / "one.parquet.rejected.csv")
