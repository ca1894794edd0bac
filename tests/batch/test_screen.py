"""`exportctl screen`: files in and out, rows that cannot be read, runs that are killed."""

import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from batch.flat import checked
from exportctl.batch import sink
from exportctl.batch.answer import COLUMNS
from exportctl.batch.delimited import Delimited
from exportctl.batch.heading import read_headings
from exportctl.batch.journal import Journal
from exportctl.batch.run import Run
from exportctl.batch.sink import Sink
from exportctl.batch.terms import Terms
from exportctl.command.app import app
from exportctl.problem import Refused

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import ledger  # noqa: E402

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
HEADER = "shipment_id,on,transfer_kind,from,to,form,magnet,elements,made_in,origin,value,cn_part1_value,note"
MAGNET = "A1,2026-01-15,goods,JP,KR,magnet,NdFeB,Nd 29; Dy 2.5,JP,JP,1000,1,x"


def run(*arguments):
    return CliRunner().invoke(app, ["screen", *map(str, arguments)])


def table(folder, *lines, name="in.csv"):
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def one_terms(book):
    """Return the terms of ledgers."""
    catalogue = ledger.Catalogue(1).rows(1, 0)
    return Terms(book, read_headings(catalogue.columns, book, "ledger"), date(2026, 1, 15))


def test_a_row_comes_back_with_its_answer_and_everything_it_had(tmp_path, book):
    out = tmp_path / "out.csv"
    result = run(table(tmp_path, HEADER, MAGNET), "-o", out)
    assert result.exit_code == 0, result.output
    (row,) = rows_of(out)
    assert list(row) == [*HEADER.split(","), *COLUMNS]
    assert row["note"] == "x"
    item = {"form": "magnet", "magnet": "NdFeB", "elements": {"Nd": 29, "Dy": "2.5"}, "made_in": "JP", "origin": "JP"}
    facts = {"on": date(2026, 1, 15), "transfer": {"kind": "goods", "from": "JP", "to": "KR"}}
    wanted = checked(book, {**facts, "item": {**item, "value": "1000", "cn_part1_value": "1"}})
    assert {name: row[name] or None for name in COLUMNS} == {name: text or None for name, text in wanted.items()}
    assert (row["share_low"], row["share_high"]) == ("0.001", "0.001")
    assert "mofcom-2025-61.art-1-1" in row["rules"].split("; ")
    assert "1 rows in = 1 rows out + 0 rejected" in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "in.csv", "out.csv", "out.csv.rejected.csv", "out.csv.summary.html", "out.csv.summary.json",
    ]  # fmt: skip


def test_a_share_just_below_the_threshold_is_told_from_one_that_reaches_it(tmp_path):
    below = MAGNET.replace("1000,1,", "1000,0.999999999,").replace("A1", "A2")
    run(table(tmp_path, HEADER, MAGNET, below), "-o", tmp_path / "out.csv")
    reaches, misses = rows_of(tmp_path / "out.csv")
    assert "mofcom-2025-61.art-1-1" in reaches["rules"].split("; ")
    assert not [rule for rule in misses["rules"].split("; ") if rule.startswith("mofcom-2025-61.art-1-1")]
    assert misses["share_high"] == "0.000999999999"


def test_every_planted_fault_is_found_and_nothing_else(tmp_path, one_terms):
    path, out = tmp_path / "ledger.csv", tmp_path / "out.csv"
    count = 1_000_000 if LONG else 50_000
    planted = ledger.write(path, count, seed=3)
    counts = Run(Delimited(path, ","), one_terms, path, out).go(lambda *_: None, resume=False)
    assert counts.read == count == counts.written + counts.rejected
    columns = {0: "to", 1: "on", 2: "value", 3: "", 4: "", 5: ""}
    found = {int(row["row"]): row["column"] for row in rows_of(tmp_path / "out.csv.rejected.csv")}
    assert found == {row: columns[kind] for row, kind in planted.items()}
    assert set(planted.values()) == set(columns)
    kept = pl.read_csv(out, columns=["shipment_id"])["shipment_id"]
    wanted = pl.int_range(1, count + 1, eager=True).filter(~pl.int_range(1, count + 1, eager=True).is_in(list(planted)))
    assert kept.str.slice(1).cast(pl.Int64).to_list() == (wanted - 1).to_list()


def test_a_rejected_row_is_named_by_number_column_value_problem_and_hint(tmp_path):
    bad = ["", MAGNET.replace("KR", "Atlantis"), MAGNET.replace("1000,1,", "1e3,1,"), MAGNET + ",more", MAGNET]
    run(table(tmp_path, HEADER, MAGNET, *bad), "-o", tmp_path / "out.csv")
    first, second, third = rows_of(tmp_path / "out.csv.rejected.csv")
    assert (first["row"], first["column"], first["value"]) == ("2", "to", "Atlantis")
    assert "ISO 3166" in first["hint"]
    assert (second["row"], second["column"], second["problem"]) == ("3", "value", "`1e3` is not a number")
    assert (third["row"], third["column"]) == ("4", "")
    assert len(rows_of(tmp_path / "out.csv")) == 2


@pytest.mark.parametrize("text", ['rotor, 5"\nsecond line', "rotor\nsecond line"])
def test_a_cell_over_several_lines_is_one_row_wherever_a_block_ends(tmp_path, text):
    frame = ledger.Catalogue(5).rows(60, 0).with_columns(description=pl.lit(text))
    path = tmp_path / "in.csv"
    frame.write_csv(path)
    for block in (400, 5_000, 10**6):
        chunks = list(Delimited(path, ",", block).chunks(0, 1))
        assert (
            pl.concat([c.texts for c in chunks])
            .select("description", "value")
            .equals(frame.select("description", "value"))
        )
        assert pl.concat([c.numbers for c in chunks]).to_list() == list(range(1, 61))
        assert all(c.rejected.is_empty() for c in chunks)


def test_formulas_are_made_harmless_and_negative_numbers_stay(tmp_path):
    lines = [MAGNET[:-1] + note for note in ("=cmd()", "@x", "-5.20", "+1", "-x")]
    run(table(tmp_path, HEADER, *lines), "-o", tmp_path / "out.csv")
    assert [row["note"] for row in rows_of(tmp_path / "out.csv")] == ["'=cmd()", "'@x", "-5.20", "+1", "'-x"]


@pytest.mark.parametrize("ending", [".tsv", ".jsonl", ".parquet", ".xlsx"])
def test_every_format_goes_in_and_out_with_the_same_answers(tmp_path, ending):
    names, cells = HEADER.split(","), [MAGNET.split(","), MAGNET.replace("KR", "CN").replace("Dy 2.5", "Dy").split(",")]
    frame = pl.DataFrame(dict(zip(names, zip(*cells, strict=True), strict=True)))
    plain = table(tmp_path, HEADER, *map(",".join, cells))
    run(plain, "-o", tmp_path / "plain.csv")
    wanted = [{name: row[name] or None for name in COLUMNS} for row in rows_of(tmp_path / "plain.csv")]
    source = tmp_path / f"in{ending}"
    write = {".tsv": lambda: frame.write_csv(source, separator="\t"), ".jsonl": lambda: frame.write_ndjson(source),
             ".parquet": lambda: frame.write_parquet(source), ".xlsx": lambda: frame.write_excel(source)}  # fmt: skip
    write[ending]()
    out = tmp_path / f"out{ending}"
    result = run(source, "-o", out)
    assert result.exit_code == 0, result.output
    read = {".tsv": lambda: pl.read_csv(out, separator="\t", infer_schema=False), ".jsonl": lambda: pl.read_ndjson(out),
            ".parquet": lambda: pl.read_parquet(out),
            ".xlsx": lambda: pl.read_excel(out, infer_schema_length=0)}  # fmt: skip
    found = read[ending]().select(COLUMNS).to_dicts()
    assert [{name: value or None for name, value in row.items()} for row in found] == wanted


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["on,to", "2026-01-15,KR"], "no column is known to hold `transfer.from`"),
        (["from,to,Ship To Country,transfer.to", "JP,KR,KR,KR"], "all mean `transfer.to`"),
        (["from,to,outcome", "JP,KR,x"], "the result has a column `outcome` of its own"),
        (["from,to,to", "JP,KR,KR"], "there are 2 columns named `to`"),
        ([HEADER], "holds a header and no rows"),
    ],
)
def test_a_table_that_cannot_be_screened_is_refused_in_a_line(tmp_path, lines, words):
    result = run(table(tmp_path, *lines), "-o", tmp_path / "out.csv")
    assert result.exit_code == 1
    assert words in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["in.csv"]


def test_places_that_will_not_do_are_refused(tmp_path):
    path = table(tmp_path, HEADER, MAGNET)
    before = path.read_bytes()
    assert "overwrite its input" in run(path, "-o", path).output
    assert "no such folder" in run(path, "-o", tmp_path / "no" / "out.csv").output
    assert "is no format of tables" in run(path, "-o", tmp_path / "out.txt").output
    assert "no such file" in run(tmp_path / "none.csv", "-o", tmp_path / "o.csv").output
    assert path.read_bytes() == before


def test_a_mapping_decides_which_column_counts(tmp_path):
    path = table(tmp_path, "from,to,Land,form", "JP,KR,CN,oxide")
    mapping = table(tmp_path, "Land: item.origin", name="map.yaml")
    result = run(path, "-o", tmp_path / "out.csv", "--map", mapping, "--json")
    assert result.exit_code == 0, result.output
    assert json.loads((tmp_path / "out.csv.summary.json").read_text())["columns"]["Land"] == "item.origin"
    assert json.loads(result.output)["rows_out"] == 1


SCRIPT = """
import datetime, sys
from pathlib import Path
from exportctl.batch.delimited import Delimited
from exportctl.batch.heading import read_headings
from exportctl.batch.journal import Journal
from exportctl.batch.run import Run
from exportctl.batch.sink import Sink
from exportctl.batch.terms import Terms
from exportctl.law.read import shipped_book
path, out = Path(sys.argv[1]), Path(sys.argv[2])
source = Delimited(path, ",", int(sys.argv[4]))
terms = Terms(shipped_book(), read_headings(source.names, shipped_book(), "x"), datetime.date(2026, 1, 15))
Run(source, terms, path, out).go(lambda *_: None, resume=sys.argv[3] == "resume")
"""


def test_a_killed_run_goes_on_without_a_missing_or_double_row(tmp_path):
    """Every other moment lies anywhere in a run, its start and its end too; the others come when something is noted."""
    rows, block, kills = (1_000_000, 4_000_000, 30) if LONG else (600, 8_000, 3)
    path, whole, out = tmp_path / "in.csv", tmp_path / "whole.csv", tmp_path / "killed.csv"
    ledger.write(path, rows, seed=11)
    start = lambda to, how: subprocess.Popen([sys.executable, "-c", SCRIPT, path, to, how, str(block)])  # noqa: E731
    began = time.monotonic()
    assert start(whole, "anew").wait() == 0
    lasts, chance = time.monotonic() - began, random.Random(2)  # noqa: S311 - moments, no secrets
    journal = out.with_name(out.name + ".journal")
    killed = 0
    for number in range(kills):
        process = start(out, "anew")
        while number % 2 == 0 and process.poll() is None and not noted(journal):
            time.sleep(0.02)
        time.sleep(chance.uniform(0, 0.2) * lasts if number % 2 == 0 else chance.uniform(0.1, 1) * lasts)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert start(out, "resume").wait() == 0
        for ending in ("", ".rejected.csv", ".summary.json"):
            assert out.with_name(out.name + ending).read_bytes() == whole.with_name(whole.name + ending).read_bytes()
        assert not journal.exists()
        out.unlink()
    assert killed


def noted(journal):
    """Return whether a run has noted how far it got."""
    return journal.exists() and journal.read_text(encoding="utf-8").count("\n") > 1


def stopped(out, one_terms, monkeypatch):
    """Return how to go on with a run that was stopped before its result had its name, and what a whole run gives."""
    path = out.with_name("in.csv")
    ledger.write(path, 300, seed=5)
    make = lambda where: Run(Delimited(path, ",", 8_000), one_terms, path, where)  # noqa: E731
    whole = out.with_name(f"whole{out.suffix}")
    make(whole).go(lambda *_: None, resume=False)
    with monkeypatch.context() as patch:
        patch.setattr(Sink, "finish", only_of_rejected(Sink.finish))
        with pytest.raises(KeyboardInterrupt):
            make(out).go(lambda *_: None, resume=False)
    return lambda: make(out).go(lambda *_: None, resume=True), whole


def only_of_rejected(finish):
    def finished(sink):
        if not sink.final.name.endswith("rejected.csv"):
            raise KeyboardInterrupt
        finish(sink)

    return finished


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_run_stopped_while_results_get_their_names_goes_on(tmp_path, one_terms, monkeypatch, name):
    go_on, whole = stopped(tmp_path / name, one_terms, monkeypatch)
    assert (tmp_path / f"{name}.rejected.csv").exists()
    go_on()
    for ending in ("", ".rejected.csv"):
        assert (tmp_path / (name + ending)).read_bytes() == whole.with_name(whole.name + ending).read_bytes()


def test_a_run_stopped_while_its_parts_are_taken_away_is_complete(tmp_path, one_terms, monkeypatch):
    path, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    ledger.write(path, 300, seed=5)
    run = lambda: Run(Delimited(path, ",", 8_000), one_terms, path, out)  # noqa: E731

    def interrupted(folder):
        (folder / "part-000000.parquet").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run().go(lambda *_: None, resume=False)
    result = out.read_bytes()
    counts = run().go(lambda *_: None, resume=True)
    assert out.read_bytes() == result
    assert counts.written == pl.read_parquet(out).height > 200
    beside = {"in.csv", *(f"out.parquet{ending}" for ending in ("", ".rejected.csv", ".summary.json", ".summary.html"))}
    assert {one.name for one in tmp_path.iterdir()} == beside


def test_a_result_too_long_for_a_sheet_is_refused_when_that_is_known(tmp_path, one_terms, monkeypatch):
    path, out = tmp_path / "in.csv", tmp_path / "out.xlsx"
    ledger.write(path, 600, seed=5)
    monkeypatch.setattr(sink, "MOST_IN_A_SHEET", 100)
    seen = []
    with pytest.raises(Refused, match="a sheet holds 100 rows, and the result has 1"):
        Run(Delimited(path, ",", 8_000), one_terms, path, out).go(lambda _, rows: seen.append(rows), resume=False)
    assert sum(seen) < 300
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "lose"),
    [
        ("out.csv", lambda partial: os.truncate(partial, partial.stat().st_size // 2)),
        ("out.csv", lambda partial: partial.unlink()),
        ("out.parquet", lambda partial: (partial / "part-000001.parquet").unlink()),
    ],
)
def test_a_run_does_not_go_on_behind_rows_that_are_gone(tmp_path, one_terms, monkeypatch, name, lose):
    go_on, _ = stopped(tmp_path / name, one_terms, monkeypatch)
    lose(tmp_path / f"{name}.partial")
    with pytest.raises(Refused, match="less is there"):
        go_on()
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.jsonl"])
def test_rows_are_on_the_disk_before_the_journal_counts_on_them(tmp_path, one_terms, monkeypatch, name):
    path, kept, asked = tmp_path / "in.csv", set(), []
    ledger.write(path, 300, seed=5)
    to_disk, note = os.fsync, Journal.note
    monkeypatch.setattr(os, "fsync", lambda file: (to_disk(file), kept.add(os.fstat(file).st_ino)))
    out = tmp_path / name

    def noted(journal, state):
        if state.get("complete"):
            return
        partial = tmp_path / f"{name}.partial"
        newest = partial / f"part-{state['size'] - 1:06d}.parquet" if partial.is_dir() else partial
        asked.append(newest.stat().st_ino in kept)
        note(journal, state)

    monkeypatch.setattr(Journal, "note", noted)
    Run(Delimited(path, ",", 8_000), one_terms, path, out).go(lambda *_: None, resume=False)
    assert len(asked) > 2
    assert all(asked)
