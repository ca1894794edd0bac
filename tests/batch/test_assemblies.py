"""Rows whose part number has components are answered as the case with these components is."""

import copy
import csv
import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from batch.flat import cells_of, checked, frame_of, text_of
from exportctl.batch import screening
from exportctl.batch.answer import COLUMNS
from exportctl.batch.chunk import Chunk, rejected_lines
from exportctl.batch.components import component_paths, read_components
from exportctl.batch.heading import read_headings
from exportctl.batch.terms import Terms
from exportctl.command.app import app
from exportctl.determine.open_point import OpenPoints
from exportctl.problem import Refused
from properties.generated import cases, dates, items

ROOT = "NX-1"
VALUES = ["0", "0.999999", "1", "3", "999", "1000", "1000.000001", "40000", None]


def without_empty(item):
    """Return an item in which what has no components says nothing of them, as no table can."""
    inner = [without_empty(part) for part in item.get("components") or []]
    rest = {name: fact for name, fact in item.items() if name not in ("components", "components_complete")}
    return rest | {"components": inner} if inner else rest


def lines_of(item, name):
    """Yield the lines of a table of components, the innermost first."""
    for number, part in enumerate(item.get("components", ())):
        own = f"{name}.{number + 1}"
        yield from lines_of(part, own)
        cells = {fact: text_of(value) for fact, value in part.items() if fact != "components"}
        yield {"assembly": name, "component": own, "quantity": "1", **cells}


def answered(book, rows, lines, **options):
    """Return the answers of rows with these components, and those that are rejected."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = list(dict.fromkeys(name for line in lines for name in line))
    cells = [(f"row {n}", {name: line.get(name) for name in columns}) for n, line in enumerate(lines, 1)]
    components = read_components("components", cells, component_paths(columns, book, "components"), book)
    headings = read_headings(names, book, "rows")
    frame, numbers = frame_of(names, rows), pl.int_range(1, len(rows) + 1, eager=True)
    passage = Terms(book, headings, date(2026, 1, 15), components=components, **options).passage()
    found = passage.of(Chunk(frame, frame, numbers, rejected_lines([]), 0, len(rows) + 1))
    return found.answers.select(COLUMNS).to_dicts(), found.rejected, passage


def named(item, name):
    """Return an item in which every part has the number it has in the table."""
    inner = [named(part, f"{name}.{n}") for n, part in enumerate(item.get("components", ()), 1)]
    return item | {"part_number": name} | ({"components": inner} if inner else {})


trees = st.builds(
    lambda root, parts: without_empty({**root, "components": parts}),
    items(depth=0),
    st.lists(items(depth=1), min_size=1, max_size=2),
)
values = st.lists(st.sampled_from(VALUES), min_size=3, max_size=3, unique=True)


@pytest.fixture(scope="module")
def no_what_ifs():
    """Leave out what each answer to an open point would lead to, which no row says and takes nearly all the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenPoints, "_answers", lambda *_: iter(()))
        yield


@pytest.mark.usefixtures("no_what_ifs")
@settings(max_examples=max(6, settings().max_examples // 6))
@given(cases, trees, dates, values)
def test_an_assembly_is_answered_as_its_case_is_whatever_it_is_worth(book, case, tree, day, worths):
    case = {**case, "on": date.fromisoformat(day), "title": "generated", "item": named(tree, ROOT)}
    case["parties"] = {role: facts for role, facts in case.get("parties", {}).items() if facts}
    each = [{**case, "item": {**case["item"], "value": worth, "quantity": 1}} for worth in worths]
    rows = []
    for one in each:
        flat = copy.deepcopy(one)
        del flat["item"]["components"]
        rows.append({"from": None, "to": None, **cells_of(flat)})
    found, rejected, _ = answered(book, rows, list(lines_of(tree, ROOT)))
    assert rejected.is_empty(), rejected.to_dicts()
    for one, answer in zip(each, found, strict=True):
        assert answer == checked(book, one), one


def test_kinds_of_assemblies_are_forgotten_with_what_they_rest_on(book, monkeypatch):
    metal = [LINES[2] | {"assembly": "NX-2", "quantity": "2", "value": "1.5"}]
    first, _, passage = answered(book, [shipped("100", "NX-2"), shipped("200", "NX-2", to="CN")], metal)
    assert len(passage.assemblies.wholes) == 2
    monkeypatch.setattr(screening, "MOST_CELLS", 1)
    names = list(shipped("1"))
    frame = frame_of(names, [shipped("200", "NX-2", to="CN")])
    found = passage.of(Chunk(frame, frame, pl.Series([3]), rejected_lines([]), 0, 4))
    assert found.answers.select(COLUMNS).to_dicts() == first[1:]
    assert len(passage.assemblies.wholes) == 1


HEADER = ["from", "to", "transfer_kind", "on", "part_number", "form", "kind", "made_in", "value", "currency"]
LINES = [
    {"assembly": "NX-1", "component": "R-9", "quantity": "2", "form": "magnet", "magnet": "NdFeB", "origin": "CN",
     "elements": "Nd 29; Dy 2.5", "composition": "complete", "value": "3", "made_in": "JP"},
    {"assembly": "NX-1", "component": "S-4", "quantity": "1", "form": "part", "magnet": "other", "origin": "JP",
     "elements": "Fe 70; O 30", "composition": "complete", "value": "1", "made_in": "JP"},
    {"assembly": "R-9", "component": "D-2", "quantity": "3", "form": "metal", "magnet": None, "origin": "CN",
     "elements": "Dy 99.9", "composition": "complete", "value": "0.75", "made_in": "CN"},
]  # fmt: skip
PLACES = {"from": "JP", "to": "KR", "transfer_kind": "goods", "on": "2026-01-15", "made_in": "JP"}


def shipped(value, part="NX-1", **more):
    return {**PLACES, "part_number": part, "form": "assembly", "kind": "motor", "value": value, **more}


def test_rows_that_lead_to_the_same_side_are_decided_once_and_keep_their_own_share(book):
    metal = [LINES[2] | {"assembly": "NX-2", "quantity": "2", "value": "1.5"}]
    worths = [*range(100, 150), 1499, 1500, 1501, *range(20_000, 20_050)]
    found, _, passage = answered(book, [shipped(str(worth), "NX-2") for worth in worths], metal)
    (whole,) = passage.assemblies.wholes.values()
    assert len(whole.answers) == 3
    assert [(row["share_low"], row["share_high"]) for row in (found[0], found[51], found[-1])] == [
        ("0.015", "0.015"), ("0.001", "0.001"), ("1/13366", "1/13366"),
    ]  # fmt: skip


def test_the_share_of_a_part_inside_counts_where_it_is_greater(book):
    found, _, _ = answered(book, [shipped("1000000"), shipped("1000000", part="S-4")], LINES)
    assert (found[0]["share_low"], found[0]["share_high"]) == ("0.5", "0.5")
    assert "mofcom-2025-61.art-1-1" in found[0]["rules"].split("; ")
    assert found[1] == answered(book, [shipped("1000000", part="S-4")], LINES[:1])[0][0]


def screened(folder, rows, lines, *options):
    for name, table in (("in.csv", rows), ("components.csv", lines)):
        columns = list(dict.fromkeys(column for row in table for column in row))
        with (folder / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(table)
    source, parts, out = (str(folder / name) for name in ("in.csv", "components.csv", "out.csv"))
    return CliRunner().invoke(app, ["screen", source, "-o", out, "--bom", parts, *options])


def test_a_ledger_and_its_components_agree_with_the_bill_of_materials(tmp_path):
    """The same facts as a file for `exportctl bom`: the same outcome and shares."""
    result = screened(tmp_path, [shipped("600"), shipped("7", part="X")], LINES)
    assert result.exit_code == 0, result.output
    with (tmp_path / "out.csv").open(newline="") as file:
        row, other = csv.DictReader(file)
    tree = ["level,part_number,quantity,form,kind,magnet,elements,composition,origin,made_in,value",
            "0,NX-1,1,assembly,motor,,,,,JP,600", "1,R-9,2,magnet,,NdFeB,Nd 29; Dy 2.5,complete,CN,JP,3",
            "2,D-2,3,metal,,,Dy 99.9,complete,CN,CN,0.75",
            "1,S-4,1,part,,other,Fe 70; O 30,complete,JP,JP,1"]  # fmt: skip
    (tmp_path / "bom.csv").write_text("\n".join(tree) + "\n")
    options = ["--from", "JP", "--to", "KR", "--on", "2026-01-15", "--format", "json"]
    bom = json.loads(CliRunner().invoke(app, ["bom", str(tmp_path / "bom.csv"), *options]).stdout)
    assert row["outcome"] == bom["outcome"]
    assert max(share["low"] for share in bom["shares"]) == row["share_low"] == "0.5"
    applies = {f["rule"] for f in bom["findings"] if f["applies"] == "yes" and f["kind"] == "control"}
    assert applies == {rule for rule in row["rules"].split("; ") if rule in applies | {"mofcom-2025-61.art-1-2"}}
    assert other["share_high"] == "1"
    assert json.loads((tmp_path / "out.csv.summary.json").read_text())["components"]["file"] == "components.csv"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"elements": "Xx 3"}, "`Xx 3` is not a composition such as `Nd 29; Dy 2.5; Fe 66`\n"),
        ({"value": "1e3"}, "`1e3`"),
        ({"component": ""}, "component: is blank"),
        ({"assembly": "-"}, "assembly: `-` says that the name is not known"),
        ({"component": "NX-1"}, "an assembly is inside itself: NX-1 > NX-1"),
        ({"orign": "CN"}, "did you mean `origin`?"),
        ({"item.value": "3"}, "mean one thing"),
    ],
)
def test_components_that_cannot_be_read_are_refused_whole(tmp_path, change, words):
    result = screened(tmp_path, [shipped("600")], [LINES[0] | change, *LINES[1:]])
    assert result.exit_code == 1, result.output
    assert words in result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["components.csv", "in.csv"]


def test_an_assembly_in_two_currencies_is_rejected_and_no_row_is_lost(tmp_path):
    lines = [line | {"currency": "EUR"} for line in LINES]
    result = screened(tmp_path, [shipped("600", currency="USD"), shipped("600", currency="EUR")], lines)
    assert "2 rows in = 1 rows out + 1 rejected" in result.output
    with (tmp_path / "out.csv.rejected.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["row"], row["column"], row["value"]) == ("1", "part_number", "NX-1")
    assert row["problem"] == "amounts in EUR, USD do not add up"


def test_a_table_of_components_that_grows_without_end_is_refused(book):
    lines = [{"assembly": f"A{n}", "component": f"A{n + 1}"} for n in range(40) for _ in range(2)]
    paths = component_paths(["assembly", "component"], book, "c")
    with pytest.raises(Refused, match="more than 100,000"):
        read_components("c", [("c", line) for line in lines], paths, book)
