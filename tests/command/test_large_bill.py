"""A bill of a few thousand lines from end to end: every line is accounted for and the answer stays readable."""

import csv
import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.command.progress_bar import progress_bar
from exportctl.progress import counted, watched

GIVEN = ("--from", "JP", "--to", "KR", "--on", "2026-01-15")
HEADINGS = ["Level", "Part Number", "Description", "Quantity", "Unit Price", "Currency", "Country of Origin", "Made in"]
PLACES = ["DE", "CN", "", "KR", "JP", "US", ""]
LARGEST_TEXT, LARGEST_JSON = 120_000, 2_500


def line(number):
    """A part: every 37th a magnet by its words, prices from 0.01 to 9.97, some origins blank."""
    name = "ring magnet" if number % 37 == 0 else ["screw", "board", "cable", "housing"][number % 4]
    return [
        f"P{number % 1500}",
        name,
        1 + number % 3,
        f"{number % 997 / 100 + 0.01:.2f}",
        "EUR",
        *[PLACES[number % 7]] * 2,
    ]


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    path = tmp_path_factory.mktemp("bill") / "machine.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([HEADINGS, [0, "M", "machine", 1, "9000000", "EUR", "DE", "DE"]])
        for group in range(300):
            writer.writerow([1, f"A{group % 90}", "group", 1, "900", "EUR", "DE", "DE"])
            writer.writerows([2, *line(group * 9 + n)] for n in range(9))
    return path


@pytest.fixture(scope="module")
def run(bill):
    def run(*options):
        done = CliRunner().invoke(app, ["bom", str(bill), *GIVEN, *options])
        assert done.exit_code == 0, done.output
        assert done.stderr == ""
        return done.stdout

    return run


@pytest.fixture(scope="module")
def found(run):
    return json.loads(run("--format", "json"))


def test_every_magnet_of_a_large_bill_is_a_suspect_and_is_asked_about(found):
    magnets = {f"1.{n // 9 + 1}.{n % 9 + 1}" for n in range(2700) if n % 37 == 0}
    assert {suspect["item"] for suspect in found["suspects"]} == magnets
    asked = {item for point in found["open_points"] if point["id"] == "item.form" for item in point["items"]}
    assert magnets <= asked
    assert (found["outcome"], found["second_opinion"]) == ("needs_facts", "agrees")


def test_every_line_of_a_large_bill_stands_in_the_json_which_grows_with_the_lines_only(found):
    lines = {f"1.{n // 9 + 1}.{n % 9 + 1}" for n in range(2700)} | {f"1.{n + 1}" for n in range(300)}
    listed = next(one for one in found["findings"] if one["rule"] == "mofcom-gac-2025-18.list")
    told = {name for reason in listed["reasons"] for name in [reason["subject"], *reason["also"]]}
    assert lines <= told
    assert len(json.dumps(found)) < LARGEST_JSON * len(lines)


@pytest.mark.parametrize("kind", ["text", "md"])
def test_what_is_said_of_a_large_bill_stays_readable(run, kind):
    text = run("--format", kind)
    assert len(text) < LARGEST_TEXT
    assert "× ring magnet" in text


def test_in_a_terminal_a_bar_says_how_much_is_done_and_in_a_pipe_nothing_does():
    shown, silent = (Console(file=io.StringIO(), force_terminal=terminal, width=100) for terminal in (True, False))
    for screen in (shown, silent):
        with progress_bar(screen):
            assert list(counted("deciding parts", range(400))) == list(range(400))
    assert "deciding parts" in shown.file.getvalue()
    assert "400/400" in shown.file.getvalue()
    assert silent.file.getvalue() == ""


def test_every_stage_of_a_bill_is_told_to_its_end(run):
    told = {}
    with watched(lambda stage, done, total: told.__setitem__(stage, (done, total))):
        run("--format", "json")
    assert {"reading parts", "deciding parts", "finding what is missing", "what answers lead to"} <= told.keys()
    assert all(done == total for done, total in told.values()), told


def test_work_within_work_is_not_told_apart_and_nothing_is_lost():
    told = []
    with watched(lambda *step: told.append(step)):
        inner = [list(counted("inner", range(3))) for _ in counted("outer", range(2))]
    assert inner == [[0, 1, 2]] * 2
    assert told == [("outer", 0, 2), ("outer", 1, 2), ("outer", 2, 2)]
