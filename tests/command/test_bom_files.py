"""`exportctl bom` on files of other kinds: what it says it read, what it asks for, and how it ends."""

import json

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from exportctl.command.app import app

GIVEN = ("--from", "JP", "--to", "KR", "--on", "2026-01-15")
HEADINGS = ["Bezeichnung", "Menge", "Contry of Origin"]
ROWS = [["Läufermagnet", 24, "VR China"], ["Gehäuse", 1, "Deutschland"]]


@pytest.fixture
def bom():
    def run(path, *options, status=0):
        done = CliRunner().invoke(app, ["bom", str(path), *GIVEN, *options])
        assert done.exit_code == status, done.output
        return done

    return run


@pytest.fixture
def workbook(tmp_path):
    book = Workbook()
    for name in ("2025", "2026"):
        sheet = book.create_sheet(name)
        for row in [["Motor 7"], [], HEADINGS, *ROWS]:
            sheet.append(row)
    book.remove(book["Sheet"])
    path = tmp_path / "motor.xlsx"
    book.save(path)
    return path


def test_two_sheets_of_parts_end_in_an_error_that_names_them_and_the_option(bom, workbook):
    done = bom(workbook, status=1)
    assert "sheets `2025`, `2026` may all be the bill of materials" in done.stderr
    assert "hint: choose one with `--sheet NAME`" in done.stderr
    assert done.stdout == ""


def test_a_misspelt_heading_is_named_decided_by_a_map_and_saved(bom, workbook, tmp_path):
    refused = bom(workbook, "--sheet", "2026", status=1)
    assert f"{workbook}[2026]:3: Contry of Origin: `Contry of Origin` is not a known heading" in refused.stderr
    decided, saved = tmp_path / "map.yaml", tmp_path / "saved.yaml"
    decided.write_text("Contry of Origin: origin\n", encoding="utf-8")
    done = bom(workbook, "--sheet", "2026", "--map", str(decided), "--save-map", str(saved))
    assert done.stdout.startswith(
        f"{workbook}: 2 rows read; sheet `2026`; headings in row 3; columns: "
        "Bezeichnung = description, Menge = quantity, Contry of Origin = origin\n"
    )
    assert saved.read_text("utf-8") == ('"Bezeichnung": description\n"Menge": quantity\n"Contry of Origin": origin\n')
    again = bom(workbook, "--sheet", "2026", "--map", str(saved))
    assert again.stdout == done.stdout


def test_a_shift_jis_table_is_decided_and_its_warnings_are_in_the_json(bom, tmp_path):
    path = tmp_path / "pump.csv"
    path.write_bytes(
        "品名,員数,原産国,単価,磁石材質\nローター磁石,24,中国,120円,N42SH\nケース,1,日本,900円,\n".encode("cp932")
    )
    found = json.loads(bom(path, "--format", "json").stdout)
    assert found["outcome"] == "needs_facts"
    assert any("grade `N42SH` names the alloy and the heat resistance" in warning for warning in found["warnings"])


def test_faults_of_cells_and_of_amounts_all_have_their_row(bom, tmp_path):
    path = tmp_path / "pump.csv"
    path.write_text("Name,Qty,COO,Unit Price\nRotor,some,CN/JP,7 USD\nCase,2,Atlantis,free\n", encoding="utf-8")
    errors = bom(path, status=1).stderr.splitlines()
    assert [line.partition(": `")[0] for line in errors if line.startswith(str(path))] == [
        f"{path}:2: Qty",
        f"{path}:2: COO",
        f"{path}:3: COO",
        f"{path}:3: Unit Price",
    ]
    assert errors[-1] == "4 problems; no determination was made"


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("Qty", "-3", "is below 0"),
        ("Unit Price", "-7", "is below 0"),
        ("Elements", "Nd 70; Fe 40", "over 100"),
        ("Elements", "Nd -3", "is not a composition"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(bom, tmp_path, column, cell, problem):
    path = tmp_path / "pump.csv"
    path.write_text(f'Name,{column}\nCase,\nRotor,"{cell}"\n', encoding="utf-8")
    errors = bom(path, status=1).stderr
    assert errors.startswith(f"{path}:3: ")
    assert problem in errors


def test_two_currencies_do_not_add_up(bom, tmp_path):
    path = tmp_path / "pump.csv"
    path.write_text("Name,Unit Price\nRotor,7 USD\nCase,€ 3\n", encoding="utf-8")
    assert "EUR" in bom(path, status=1).stderr


def test_components_that_cost_more_than_their_parent_are_warned_of(bom, tmp_path):
    path = tmp_path / "pump.csv"
    path.write_text("Level,Name,Unit Price\n0,Pump,5 USD\n1,Rotor,7 USD\n", encoding="utf-8")
    found = json.loads(bom(path, "--format", "json").stdout)
    assert any("its components cost 7, more than its own value 5" in warning for warning in found["warnings"])


def test_every_fault_of_a_table_is_told_at_once_with_its_row_and_the_heading_of_its_column(bom, tmp_path):
    path = tmp_path / "pump.csv"
    rows = ["0,M,pump,1,100,EUR,,JP", "1,A,magnet,-2,5,EUR,Nd 60; Dy 50,CN", "1,B,case,1,1,USD,Xx 5,Atlantis"]
    headings = "Level,P/N,Name,Qty,Unit Price,Currency,Elements,Origin"
    path.write_text("\n".join([headings, *rows, "5,C,ring,1,-1,EUR,Nd 120,CN/JP"]), encoding="utf-8")
    told = [line.removeprefix(f"{path}:") for line in bom(path, status=1).stderr.splitlines() if str(path) in line]
    assert [line.partition("`")[0] for line in told] == [
        "3: Elements: the percentages add up to 110, over 100",
        "3: Qty: ",
        "4: Elements: ",
        "4: Origin: ",
        "4: Currency: amounts in EUR, USD do not add up",
        "5: Level: level 5 follows level 1",
        "5: Origin: ",
        "5: Elements: Nd ",
        "5: Unit Price: ",
    ]
