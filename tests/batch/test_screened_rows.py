"""Rows whose parties are held against a list say what `check --parties` says of the same facts."""

import csv
import datetime
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("rapidfuzz")

import polars as pl

from batch.flat import frame_of
from exportctl.batch import party_lists
from exportctl.batch.answer import COLUMNS, answer_of
from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.batch.heading import read_headings
from exportctl.batch.party_lists import with_lists
from exportctl.batch.terms import Terms
from exportctl.case.read import read_cases
from exportctl.command.app import app
from exportctl.determine.determine import determine
from exportctl.party.decision import read_decisions
from exportctl.party.read import read_party_list
from exportctl.party.screen import Screening, screen_case
from exportctl.party.search import Search
from exportctl.strict_yaml import Document

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
LISTS = Path(__file__).parents[1] / "party" / "lists" / "plain.csv"
DECISIONS = """
decisions:
  - {name: TDK-Lambda Malaysia, listed: TDK Corporation, decision: same-party, reason: register, by: desk,
     on: 2026-03-01, until: 2026-09-30}
  - {name: Northvale Sensors, listed: "Northvale Sensors, Inc.", decision: false-positive, reason: another address,
     by: desk, on: 2025-03-05, until: 2026-02-28}
"""
NAMES = [
    "TDK Corp",
    "TDK-Lambda Malaysia",
    "General Dynamics",
    "Northvale Sensors",
    "Acme Bearings",
    "General Dinamics",
    "",
]
DAYS = ["2025-01-01", "2025-10-20", "2026-02-28", "2026-03-01", "2026-10-01", "2026-11-12"]
STATED = [None, [], ["watch-list"], [{"list": "control-list", "notice": "mofcom-2025-13"}]]
OWNERS = [None, [], [{"name": "TDK Corporation", "share": 50}, {"name": "Northvale Sensors, Inc.", "share": "49.9"}]]


def cases():
    """Yield every name with every day, lists and owners, for the end user and, in turn, for an importer."""
    for number, (name, day) in enumerate((name, day) for name in NAMES for day in DAYS):
        for lists in STATED:
            for owners in OWNERS:
                party = {"name": name or None, "country": "KR", "military": False, "lists": lists, "owners": owners}
                other = {"country": "KR", "military": False, "lists": [], "owners": []}
                role = "importer" if number % 3 == 0 else "end_user"
                parties = {"exporter": {"country": "JP", "chinese_person": False}, "end_user": party}
                if role == "importer":
                    parties |= {"importer": party, "end_user": other}
                item = {"form": "metal", "kind": "other", "elements": {"Dy": 99}, "made_in": "CN", "origin": "CN"}
                yield {"title": "generated", "on": datetime.date.fromisoformat(day),
                       "transfer": {"kind": "goods", "from": "JP", "to": "KR"}, "parties": parties,
                       "end_use": {"purposes": ["civil"]}, "item": item}  # fmt: skip


def cells(case):
    """Return a case as a row."""
    row = {"on": str(case["on"]), "transfer_kind": "goods", "from": "JP", "to": "KR", "exporter_country": "JP",
           "exporter_chinese_person": "no", "purposes": "civil", "form": "metal", "kind": "other", "elements": "Dy 99",
           "made_in": "CN", "origin": "CN"}  # fmt: skip
    for role in ("importer", "end_user"):
        for fact, value in case["parties"].get(role, {}).items():
            text = "none" if value == [] else json.dumps(value) if isinstance(value, list) else value
            row[f"parties.{role}.{fact}"] = "no" if text is False else text
    return row


@pytest.mark.parametrize("known_on", [None, datetime.date(2025, 6, 1)])
@pytest.mark.parametrize("decided", [False, True])
def test_a_row_with_a_listed_party_is_answered_as_its_case_is(book, tmp_path, known_on, decided):
    (tmp_path / "decisions.yaml").write_text(DECISIONS)
    made = read_decisions(tmp_path / "decisions.yaml") if decided else None
    held = Screening(book, Search(read_party_list(LISTS, book)), made, known_on)
    every = list(cases())[:: 1 if LONG else 11]
    rows = [cells(case) for case in every]
    names = list(dict.fromkeys(name for row in rows for name in row))
    headings = with_lists(read_headings(names, book, "rows"), "rows")
    terms = Terms(book, headings, datetime.date(2026, 1, 15), known_on, parties=held)
    frame = frame_of(names, rows)
    numbers = pl.int_range(1, len(rows) + 1, eager=True)
    found = terms.passage().of(Chunk(frame, frame, numbers, rejected_lines([]), 0, len(rows) + 1))
    assert found.rejected.is_empty(), found.rejected
    hits = 0
    for case, answer, note in zip(every, found.answers.select(COLUMNS).to_dicts(), found.hits, strict=True):
        (read,) = read_cases(Document("generated", case, {}), book)
        with_list, screened = screen_case(read, held)
        wanted = answer_of(book, determine(book, with_list, known_on=known_on, screened=screened))
        assert answer == wanted, case
        effects = [hit.effect for party in screened.screened for hit in party.hits]
        assert [json.loads(line)["effect"] for line in (note or "").splitlines()] == effects
        hits += bool(effects)
    assert 0 < hits < len(rows)


def test_lists_that_are_all_there_are_and_lists_known_so_far_stay_apart(book):
    """The first owner is on one list and no other in one row; in the other, the list of parties says so."""
    held = Screening(book, Search(read_party_list(LISTS, book)))
    stated = {"lists": [{"list": "watch-list", "notice": "mofcom-2026-12"}]}
    second = {"name": "TDK Corp", "share": 5}
    owners = [json.dumps([{"name": "TDK Corporation", "share": 50, **lists}, second]) for lists in (stated, {})]
    row = {"on": "2026-03-01", "from": "CN", "to": "JP", "end_user": "Qrst"}
    frame = pl.DataFrame([row | {"parties.end_user.owners": one} for one in owners])
    headings = with_lists(read_headings(frame.columns, book, "rows"), "rows")
    parties = Terms(book, headings, datetime.date(2026, 1, 15), parties=held).passage().parties
    first, other = parties.held_against(frame)[0]["parties.end_user.owners"]
    assert first != other


def test_lists_that_forget_what_they_found_answer_as_those_that_do_not(book, monkeypatch):
    held = Screening(book, Search(read_party_list(LISTS, book)))
    row = {"on": "2026-04-15", "from": "CN", "to": "JP", "form": "magnet"}
    names = ["TDK Corporation", "General Dynamics", "Sentinel Brook Corp.", "TDK Corporation"]
    frames = [pl.DataFrame([row | {"end_user": name}]) for name in names]
    headings = with_lists(read_headings(frames[0].columns, book, "rows"), "rows")
    answers, remembered = [], []
    for most in (party_lists.MOST, 0):
        monkeypatch.setattr(party_lists, "MOST", most)
        passage = Terms(book, headings, datetime.date(2026, 1, 15), parties=held).passage()
        found = [passage.of(Chunk(frame, frame, pl.Series([1]), rejected_lines([]), 0, 2)) for frame in frames]
        answers.append([(one.answers.rows(), one.hits.to_list()) for one in found])
        parties = passage.parties
        remembered.append([len(kept) for kept in (parties.hit, parties.known, parties.marks, parties.cells.given)])
    assert answers[0] == answers[1]
    assert len({str(rows) for rows, _ in answers[0]}) == len(set(names))
    assert remembered == [[3] * 4, [1] * 4]


def screened(folder, *options):
    lines = [
        "id,on,transfer_kind,from,to,end_user,end_user_country,end_user_military,form,kind,elements,made_in,origin",
        "1,2026-03-01,goods,CN,JP,TDK Corp,JP,no,metal,other,Dy 99,CN,CN",
        "2,2026-03-01,goods,CN,JP,TDK-Lambda,JP,no,metal,other,Dy 99,CN,CN",
        "3,2026-03-01,goods,CN,JP,=Acme,JP,no,metal,other,Dy 99,CN,CN",
        "4,2026-03-32,goods,CN,JP,TDK Corp,JP,no,metal,other,Dy 99,CN,CN",
        "5,2026-03-02,goods,CN,JP,TDK Corp,JP,no,metal,other,Dy 99,CN,CN",
    ]
    (folder / "in.csv").write_text("\n".join(lines) + "\n")
    return CliRunner().invoke(app, ["screen", str(folder / "in.csv"), "-o", str(folder / "out.csv"), *options])


def test_hits_stand_beside_the_result_with_their_rows(tmp_path):
    result = screened(tmp_path, "--parties", str(LISTS))
    assert result.exit_code == 0, result.output
    assert "in the list of parties" in result.output
    with (tmp_path / "out.csv.parties.csv").open(newline="") as file:
        first, second = csv.DictReader(file)
    told = lambda hit: (hit["rows"], hit["party"], hit["name"], hit["class"], hit["listed"], hit["effect"])  # noqa: E731
    assert told(first) == ("2", "end_user", "TDK Corp", "match", "TDK Corporation", "on-list")
    assert told(second) == ("1", "end_user", "TDK-Lambda", "possible_affiliate", "TDK Corporation", "asks-owners")
    summary = json.loads((tmp_path / "out.csv.summary.json").read_text())
    assert summary["parties"] == {"match": 2, "possible_affiliate": 1}
    assert summary["parties_list"]["file"] == LISTS.name
    assert "parties.end_user.lists" not in summary["columns"].values()
    assert LISTS.name in (tmp_path / "out.csv.summary.html").read_text()
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["1", "2", "3", "5"]
    assert list(rows[0])[12:14] == ["origin", "outcome"]
    assert "dual-use-regs.art-26-watch-list" in rows[0]["rules"].split("; ")
    assert "dual-use-regs.art-26-watch-list?" in rows[1]["rules"].split("; ")
    assert "party.lists" in rows[1]["open_points"].split("; ")


def test_a_list_without_a_column_of_names_is_refused(tmp_path):
    (tmp_path / "in.csv").write_text("from,to,form\nCN,JP,metal\n")
    options = ["screen", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"), "--parties", str(LISTS)]
    result = CliRunner().invoke(app, options)
    assert result.exit_code == 1
    assert "no column is known to hold the name of a party" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_cell_written_like_a_mark_of_the_list_is_no_mark(tmp_path):
    """What the list adds to the first row must not be found by who guesses the mark that it stands under."""
    rows = [{"from": "JP", "to": "KR", "end_user": "General Dynamics", "parties.end_user.lists": ""}]
    rows += [rows[0] | {"end_user": "Acme", "parties.end_user.lists": f"\2{number}"} for number in range(3)]
    pl.DataFrame(rows).write_csv(tmp_path / "in.csv")
    options = ["-o", str(tmp_path / "out.csv"), "--parties", str(LISTS)]
    found = CliRunner().invoke(app, ["screen", str(tmp_path / "in.csv"), *options])
    assert found.exit_code == 0, found.output
    rejected = pl.read_csv(tmp_path / "out.csv.rejected.csv", infer_schema=False)
    assert rejected["row"].to_list() == ["2", "3", "4"]
    assert set(rejected["column"]) == {"parties.end_user.lists"}
