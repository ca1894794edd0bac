from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exportctl.case.bom.read import BillOfMaterials, read_bom
from exportctl.case.headings import case_path, proposal
from exportctl.problem import Problem, Refused

CHINESE = "料号,名称,数量,原产国\nK-3,转子磁钢,24,中国\nK-7,外壳,1,日本\n"
JAPANESE = "品番,品名,員数,原産国\nK-3,ローター磁石,24,中国\nK-7,筐体,1,日本\n"
GERMAN = "Pos;Benennung;Stückzahl;Stückpreis;Währung\n1;Gehäuse;2;1.234,50;EUR\n2;Läufer;1;3,10;EUR\n"
WESTERN = "Part Number,Description,Qty\nK-3,Gehäuse für Läufer 20°,2\nK-7,Stützring Größe 7,1\n"

Write = Callable[[str], Path]


def parts(bom: BillOfMaterials) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = bom.document.data["item"]["components"]
    return found


def faults(path: Path, **options: Any) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_bom(path, **options)
    return refused.value.problems


# Encodings


@pytest.mark.parametrize(
    ("text", "encoding", "second"),
    [
        (CHINESE, "gb18030", "外壳"),
        (CHINESE, "utf-8-sig", "外壳"),
        (CHINESE, "utf-16", "外壳"),
        (JAPANESE, "cp932", "筐体"),
        (GERMAN, "cp1252", "Läufer"),
        (WESTERN, "cp1252", "Stützring Größe 7"),
    ],
)
def test_a_table_is_read_in_the_encoding_of_the_system_that_wrote_it(
    tmp_path: Path, text: str, encoding: str, second: str
) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(text.encode(encoding))
    bom = read_bom(path)
    assert parts(bom)[1]["description"] == second
    assert bom.read_as == (() if encoding == "utf-8-sig" else (f"read as {encoding} text",))


def test_a_text_of_two_plausible_encodings_is_refused_until_one_is_given(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes("Part Number,Description\nK-1,泵\n".encode("gb18030"))
    (problem,) = faults(path)
    assert problem.problem.startswith("the text is not UTF-8; its encoding may be gb18030 or ")
    assert "--encoding" in problem.hint
    assert parts(read_bom(path, encoding="gb18030"))[0]["description"] == "泵"


def test_an_encoding_that_was_given_and_is_wrong_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes("Name\n外壳\n".encode("gb18030"))
    assert faults(path, encoding="utf-8")[0].problem == "not utf-8 text: byte 6"
    assert faults(path, encoding="klingon")[0].problem == "not klingon text: no such encoding"


# Form of the table


def test_titles_and_blank_rows_above_the_headings_are_passed_over(table: Write) -> None:
    bom = read_bom(table("Pump 7, all parts\n\nprinted,2026-01-03\nName,Qty\nRotor,3\n"))
    assert parts(bom) == [{"id": "1.1", "description": "Rotor", "quantity": "3"}]
    assert bom.document.at(("item", "components", 0)).endswith(":5")
    assert bom.read_as == ("headings in row 4",)


def test_headings_printed_again_and_sums_are_no_parts(table: Write) -> None:
    path = table("Name,Qty,Value\nRotor,3,7.50\nName,Qty,Value\nCase,1,2\nTotal,,9.50\n")
    bom = read_bom(path)
    assert [part["description"] for part in parts(bom)] == ["Rotor", "Case"]
    assert bom.warnings == (f"{path}:5: this row adds up others and is no part",)


def test_blank_cells_behind_the_last_heading_do_no_harm(table: Write) -> None:
    assert parts(read_bom(table("Name,Qty\nRotor,3,,\n"))) == [{"id": "1.1", "description": "Rotor", "quantity": "3"}]


@pytest.mark.parametrize("step", ["  ", "\t", "\u3000"])
def test_indented_names_make_the_tree_and_a_warning_says_so(table: Write, step: str) -> None:
    path = table(f"Name;Qty\nPump;1\n{step}Motor;2\n{step * 2}Rotor;3\n{step}Case;1\n")
    bom = read_bom(path)
    root = bom.document.data["item"]
    assert root["description"] == "Pump"
    assert [part["id"] for part in root["components"]] == ["1.1", "1.2"]
    assert root["components"][0]["components"][0]["description"].strip() == "Rotor"
    assert bom.warnings == (f"{path}:2: the structure is read from the indentation of `Name`",)


def test_one_space_before_a_name_is_no_structure(table: Write) -> None:
    assert len(parts(read_bom(table("Name,Qty\nPump,1\n Motor,2\n")))) == 2


def test_a_name_that_begins_where_no_row_above_does_is_refused(table: Write) -> None:
    (problem,) = faults(table("Name,Qty\nPump,1\n    Motor,2\n  Case,1\n"))
    assert (problem.place.rpartition(":")[2], problem.problem) == (
        "4",
        "begins at no place where a row above it begins",
    )


def test_the_same_part_in_two_places_stays_in_both(table: Write) -> None:
    bom = read_bom(table("Level,P/N,Qty\n0,A,1\n1,B,2\n2,M,3\n1,C,5\n2,M,7\n"))
    found = [(part["part_number"], part["components"][0]["quantity"]) for part in parts(bom)]
    assert found == [("B", "3"), ("C", "7")]


# Cells


def test_a_column_of_decimal_commas_makes_a_doubtful_number_plain(table: Write) -> None:
    bom = read_bom(table("Name;Stückpreis\nRotor;1,234\nCase;3,10\n"))
    assert [part["unit_value"] for part in parts(bom)] == ["1.234", "3.10"]
    (problem,) = faults(table("Name;Stückpreis\nRotor;1,234\nCase;3\n"))
    assert problem == Problem(problem.place, "Stückpreis", "`1,234` may be 1234 or 1.234")


def test_fractions_packs_and_each_are_read_or_refused(table: Write) -> None:
    bom = read_bom(table("Name,Qty\nBelt,1/2\nScrew,2 x 10\nGlue,as required\nNut,4 EA\n"))
    assert [part["quantity"] for part in parts(bom)] == [Fraction(1, 2), Fraction(20), None, "4"]
    found = faults(table("Name,Qty\nBelt,each\nScrew,2 packs\nWire,5 m\n"))
    assert [problem.place.rpartition(":")[2] for problem in found] == ["2", "3", "4"]


def test_a_spreadsheet_error_or_a_word_for_not_knowing_is_a_blank(table: Write) -> None:
    bom = read_bom(table("Name,Qty,Unit Price,COO,Elements\nRotor,#N/A,#REF!,unknown,n/a\n"))
    assert parts(bom) == [{"id": "1.1", "description": "Rotor", "quantity": None}]


def test_a_price_of_nothing_is_not_known_and_said_so(table: Write) -> None:
    bom = read_bom(table("Name,Unit Price\nRotor,0.00\nCase,3\n"))
    assert "unit_value" not in parts(bom)[0]
    assert len(bom.warnings) == 1
    assert "a unit_value of 0 is read as not known" in bom.warnings[0]


def test_a_number_of_more_than_nine_places_lies_between_two_of_nine(table: Write) -> None:
    bom = read_bom(table("Name,Unit Price\nRotor,0.333333333333\n"))
    assert parts(bom)[0]["unit_value"] == {"low": "0.333333333", "high": "0.333333334"}


def test_currencies_come_from_the_cell_its_column_or_its_heading(table: Write) -> None:
    assert parts(read_bom(table("Name,Unit Price\nRotor,€ 7\n")))[0]["currency"] == "EUR"
    assert parts(read_bom(table("Name,Unit Price,Currency\nRotor,$7,USD\n")))[0]["currency"] == "USD"
    assert parts(read_bom(table("Name,Unit Price [CHF]\nRotor,7\n")))[0]["currency"] == "CHF"
    (problem,) = faults(table("Name,Unit Price,Currency\nRotor,€ 7,USD\n"))
    assert problem.problem == "`€ 7` names one currency and its column or heading another"


def test_a_mass_is_in_the_unit_of_its_cell_or_heading(table: Write) -> None:
    bom = read_bom(table("Name,Unit Weight [kg]\nRotor,0.25\nCase,7 g\n"))
    assert [part["unit_mass_g"] for part in parts(bom)] == ["250", "7"]
    assert faults(table("Name,Unit Weight\nRotor,7\n"))[0].problem == "`7` names no unit of mass"


def test_a_grade_names_the_alloy_and_leaves_dysprosium_open(table: Write) -> None:
    path = table("Name,Magnet\nRotor,N42SH\nSpare,N42SH\n")
    bom = read_bom(path)
    assert parts(bom)[0] == {"id": "1.1", "description": "Rotor", "magnet": "NdFeB"}
    text = "grade `N42SH` names the alloy and the heat resistance, not whether Dy or Tb is in it (2 rows)"
    assert bom.warnings == (f"{path}:2: {text}",)


def test_faults_of_cells_are_all_told_with_their_column(table: Write) -> None:
    path = table("Name,Qty,COO,Elements\nRotor,some,CN/JP,PVC\nCase,-1,Atlantis,\n")
    assert [(problem.place.rpartition(":")[2], problem.field) for problem in faults(path)] == [
        ("2", "Qty"),
        ("2", "COO"),
        ("2", "Elements"),
        ("3", "COO"),
    ]


# Headings


def test_what_is_printed_on_an_electronic_part_is_no_money(table: Write) -> None:
    bom = read_bom(table("Reference,Value,Footprint,Qty\nC1,100nF,0603,3\nR4,220,0603,7\n"))
    assert parts(bom)[1] == {"id": "1.2", "description": "220", "quantity": "7"}
    with_names = read_bom(table("Designator,Comment,Footprint,Description,Quantity\nC1,100nF,0603,Capacitor,3\n"))
    assert parts(with_names)[0]["description"] == "Capacitor"


def test_a_value_column_without_any_amount_is_kept_aside(table: Write) -> None:
    path = table("Qty,Part,Value,Description\n3,R1,S51R_0603,Resistor\n1,L2,47uH,Choke\n")
    bom = read_bom(path)
    assert "value" not in parts(bom)[0]
    assert f"{path}:1: column `Value` holds no amount of money and is kept aside" in bom.warnings


def test_a_misspelt_heading_is_refused_until_somebody_decides(table: Write) -> None:
    path = table("Name,Contry of Origin\nRotor,CN\n")
    (problem,) = faults(path)
    assert problem.problem == (
        "`Contry of Origin` is not a known heading; it is much like `country of origin`, which is `origin`"
    )
    assert "--map" in problem.hint
    asked = []

    def say_yes(heading: str, field: str) -> bool:
        asked.append((heading, field))
        return True

    assert parts(read_bom(path, ask=say_yes))[0]["origin"] == "CN"
    assert asked == [("Contry of Origin", "origin")]
    refused = read_bom(path, ask=lambda _heading, _field: False)
    assert "origin" not in parts(refused)[0]
    assert refused.mapping == {"Name": "description", "Contry of Origin": "ignored"}
    assert read_bom(path, refused.mapping).document == refused.document


@pytest.mark.parametrize("heading", ["Container", "Price Total", "Total Quantity", "Torque", "Qta"])
def test_a_heading_that_is_only_a_little_alike_is_not_proposed(heading: str) -> None:
    assert proposal(heading, ()) is None


@pytest.mark.parametrize(
    ("heading", "path"),
    [
        ("from", "transfer.from"),
        ("Ship To", "transfer.to"),
        ("最终用户", "parties.end_user.name"),
        ("end_user_country", "parties.end_user.country"),
        ("Country of Origin", "item.origin"),
        ("item.parameters", None),
        ("原产国", "item.origin"),
        ("Ausfuhrdatum", "on"),
        ("仕向国", "transfer.to"),
        ("purposes", "end_use.purposes"),
        ("shipment_id", "shipment_id"),
        ("Container", None),
    ],
)
def test_a_heading_of_a_shipment_table_means_a_path_of_the_case(heading: str, path: str | None) -> None:
    found = case_path(heading)
    assert (found and found.field) == path
