from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from exportctl.case.bom.read import BillOfMaterials, read_bom
from exportctl.case.headings import bom_field, bom_fields, plain
from exportctl.case.read import read_cases
from exportctl.law.book import RuleBook
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import parse

ROOT = Path(__file__).parents[2]
SOLO12 = ROOT / "cases/bom/solo12/odri_solo12_multilevel_bom.csv"
ACTUATOR = ROOT / "cases/bom/actuator/odri_actuator_module_v1.1_bom.csv"
MAGNET = ("item", "components", 0, "components", 0, "components", 1, "components", 0)

Write = Callable[[str], Path]


def walk(item: dict[str, Any], many: int = 1) -> Iterator[tuple[dict[str, Any], int]]:
    waiting = [(item, many)]
    while waiting:
        found, above = waiting.pop()
        number = above * int(found.get("quantity") or 1)
        yield found, number
        waiting += [(part, number) for part in found.get("components", ())]


def tree(bom: BillOfMaterials) -> dict[str, str]:
    return {item["id"]: item["description"] for item, _ in sorted(walk(bom.document.data["item"]), key=str)}


def faults(path: Path, mapping: dict[str, str] | None = None, title: str = "") -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_bom(path, mapping, title)
    return refused.value.problems


def only_fault(path: Path, mapping: dict[str, str] | None = None) -> tuple[int, str, str, str]:
    (problem,) = faults(path, mapping)
    place, _, row = problem.place.rpartition(":")
    assert place == str(path)
    return int(row), problem.field, problem.problem, problem.hint


def vocabulary() -> dict[str, Any]:
    (document,) = parse((ROOT / "rules/vocabulary.yaml").read_text("utf-8"), "vocabulary.yaml")
    known: dict[str, Any] = document.data
    return known


def first(path: Path) -> dict[str, Any]:
    item: dict[str, Any] = read_bom(path).document.data["item"]["components"][0]
    return item


# The real tables


def test_the_robot_holds_288_rotor_magnets() -> None:
    bom = read_bom(SOLO12)
    (found,) = [
        many for item, many in walk(bom.document.data["item"]) if item["description"].startswith("Rotor magnet")
    ]
    assert found == 24 * 1 * 3 * 4 == 288


def test_the_robot_is_the_item_and_every_row_is_in_its_tree() -> None:
    bom = read_bom(SOLO12)
    assert bom.rows == len(list(walk(bom.document.data["item"]))) == 62
    assert bom.document.data["item"]["description"] == "Quadruped Robot 12dof v1 (Solo12)"
    assert bom.mapping == {
        "Level": "level",
        "Parent": "parent",
        "Description": "description",
        "Quantity": "quantity",
    }


def test_fifteen_parents_of_the_robot_table_are_not_rows_and_nothing_else_is_odd() -> None:
    warnings = read_bom(SOLO12).warnings
    assert len(warnings) == 15
    assert warnings[0] == (
        f"{SOLO12}:5: parent `Core Components (Actuator Module v1.1)` is not a row of this table; "
        "its level puts it under `Core Components`"
    )


def test_a_blank_quantity_is_not_known_and_never_one() -> None:
    (foot,) = [i for i, _ in walk(read_bom(SOLO12).document.data["item"]) if i["description"] == "Rubber Foot"]
    assert foot == {"id": "1.1.10", "description": "Rubber Foot", "quantity": None}


def test_an_item_knows_its_row() -> None:
    bom = read_bom(SOLO12)
    assert bom.document.at(("item",)) == f"{SOLO12}:2"
    assert bom.document.at(MAGNET) == f"{SOLO12}:7"
    assert bom.document.at((*MAGNET, "origin")) == f"{SOLO12}:7"


def test_the_actuator_has_no_structure_and_is_named_by_its_file() -> None:
    bom = read_bom(ACTUATOR)
    item = bom.document.data["item"]
    assert (item["id"], item["description"]) == ("1", "odri_actuator_module_v1.1_bom")
    assert [part["id"] for part in item["components"]] == [f"1.{n}" for n in range(1, 24)]
    assert item["components"][12]["description"] == "Fasteners Timing Belt Tensioner ; M3 x 10 Flat Head Screw"
    assert (bom.rows, bom.warnings) == (23, ())
    assert "quantity" not in item


# Structure


def test_levels_make_the_tree(table: Write) -> None:
    path = table("Lvl,Name\n0,Pump\n1,Motor\n2,Rotor\n2,Shaft\n1,Case\n2,Screw\n")
    assert tree(read_bom(path)) == {
        "1": "Pump",
        "1.1": "Motor",
        "1.1.1": "Rotor",
        "1.1.2": "Shaft",
        "1.2": "Case",
        "1.2.1": "Screw",
    }


def test_levels_that_begin_at_one_make_a_whole_out_of_the_title(table: Write) -> None:
    bom = read_bom(table("Stufe;Bezeichnung\n1;Motor\n2;Rotor\n1;Gehäuse\n"), title="Pumpe 7")
    assert tree(bom) == {"1": "Pumpe 7", "1.1": "Motor", "1.1.1": "Rotor", "1.2": "Gehäuse"}
    assert bom.document.at(("item",)) == bom.document.place
    assert bom.document.at(("item", "components", 1)).endswith(":4")


def test_a_single_row_at_level_one_is_the_whole(table: Write) -> None:
    assert tree(read_bom(table("层级,名称\n1,泵\n2,电机\n3,转子\n"))) == {"1": "泵", "1.1": "电机", "1.1.1": "转子"}


def test_dots_before_a_level_do_not_count(table: Write) -> None:
    path = table("Explosion Level,Object Description\n.1,Pump\n..2,Motor\n...3,Rotor\n")
    assert tree(read_bom(path))["1.1.1"] == "Rotor"


def test_a_part_number_names_a_parent_as_well_as_a_description(table: Write) -> None:
    path = table("Level,Parent,P/N,Description\n0,,K-1,Pump\n1,K-1,K-2,Motor\n2,Motor,K-3,Rotor\n")
    assert read_bom(path).warnings == ()


def test_a_level_that_contradicts_the_parent_wins_with_a_warning(table: Write) -> None:
    path = table("Level,Parent,Description\n0,-,Pump\n1,Pump,Motor\n1,Pump,Case\n2,Motor,Rotor\n")
    bom = read_bom(path)
    assert tree(bom)["1.2.1"] == "Rotor"
    assert bom.warnings == (
        f"{path}:2: parent `-` is not a row of this table; its level puts it at the top",
        f"{path}:5: parent `Motor` is another row of this table; its level puts it under `Case`",
    )


def test_a_parent_above_all_rows_is_compared_with_the_title(table: Write) -> None:
    path = table("Level,Parent,Description\n1,Pump,Motor\n1,Pomp,Case\n")
    (warning,) = read_bom(path, title="Pump").warnings
    assert warning == f"{path}:3: parent `Pomp` is not a row of this table; its level puts it under `Pump`"


def test_a_level_that_jumps_is_refused(table: Write) -> None:
    path = table("Level,Description\n0,Pump\n1,Motor\n3,Magnet\n3,Glue\n")
    row, field, problem, _ = only_fault(path)
    assert (row, field, problem) == (4, "Level", "level 3 follows level 1")


def test_a_row_above_the_first_one_is_refused(table: Write) -> None:
    row, _, problem, _ = only_fault(table("Level,Description\n1,Motor\n2,Rotor\n0,Pump\n"))
    assert (row, problem) == (2, "the first row has level 1, but row 4 below it level 0")


def test_two_rows_at_level_zero_are_refused(table: Write) -> None:
    row, _, problem, _ = only_fault(table("Level,Description\n0,Pump\n1,Motor\n0,Valve\n"))
    assert (row, problem) == (4, "level 0 stands in rows 2 and 4, but only one item can be the whole")


def test_a_missing_level_and_one_that_is_no_number_are_refused(table: Write) -> None:
    found = faults(table("Level,Description\n0,Pump\n,Motor\n1.1,Rotor\n-1,Shaft\n"))
    assert [problem.problem for problem in found] == [
        "the level is missing",
        "`1.1` is not a level such as 0, 1, 2",
        "`-1` is not a level such as 0, 1, 2",
    ]
    assert "`item_number`" in found[1].hint


def test_parents_make_the_tree_in_any_order(table: Write) -> None:
    path = table("Description,Parent Part\nRotor,Motor\nPump,\nCase,Pump\nMotor,Pump\nShaft,Motor\n")
    bom = read_bom(path)
    assert tree(bom) == {"1": "Pump", "1.1": "Case", "1.2": "Motor", "1.2.1": "Rotor", "1.2.2": "Shaft"}
    assert bom.document.at(("item", "components", 1, "components", 0)) == f"{path}:2"


def test_a_parent_is_named_by_part_number_or_item_number(table: Write) -> None:
    path = table("序号,上级物料,料号,名称\n10,,A-5,泵\n20,A-5,A-7,电机\n30,20,A-9,转子\n")
    assert tree(read_bom(path)) == {"1": "泵", "1.1": "电机", "1.1.1": "转子"}


def test_several_rows_without_a_parent_become_components_of_the_title_with_a_warning(table: Write) -> None:
    path = table("Description,Parent\nMotor,\nRotor,Motor\nCase,\n")
    bom = read_bom(path, title="Pump")
    assert tree(bom) == {"1": "Pump", "1.1": "Motor", "1.1.1": "Rotor", "1.2": "Case"}
    assert bom.warnings == (f"{path}:4: rows 2 and 4 name no parent and are read as components of `Pump`",)


def test_a_parent_that_is_no_row_is_refused(table: Write) -> None:
    row, field, problem, hint = only_fault(table("Description,NHA\nPump,\nMotor,Pmup\n"))
    assert (row, field, problem) == (3, "NHA", "parent `Pmup` is not a row of this table")
    assert hint == "did you mean `Pump`?"


def test_a_circle_of_parents_names_the_rows_on_it_and_no_others(table: Write) -> None:
    path = table("Description,Parent\nPump,\nMotor,Magnet\nRotor,Motor\nMagnet,Rotor\nGlue,Magnet\n")
    row, _, problem, _ = only_fault(path)
    around = "`Motor` inside `Magnet` inside `Rotor` inside `Motor`"
    assert (row, problem) == (3, f"rows 3, 4 and 5 are inside one another: {around}")


def test_a_part_beside_a_parent_is_what_its_row_is_called(table: Write) -> None:
    bom = read_bom(table("part,parent,description\nA7,,Pump\nB7,A7,Motor\nC7,B7,Rotor\n"))
    assert tree(bom) == {"1": "Pump", "1.1": "Motor", "1.1.1": "Rotor"}
    row, field, problem, _ = only_fault(table("part,parent\nA7,\nB7,C7\nC7,B7\n"))
    assert (row, field) == (3, "parent")
    assert problem == "rows 3 and 4 are inside one another: `B7` inside `C7` inside `B7`"


def test_a_row_that_is_its_own_parent_is_refused(table: Write) -> None:
    row, _, problem, _ = only_fault(table("Description,Parent\nPump,\nMotor,Motor\n"))
    assert (row, problem) == (3, "row 3 is inside itself")


def test_a_parent_that_may_be_two_rows_is_refused(table: Write) -> None:
    path = table("Description,Parent\nPump,\nMotor,Pump\nMotor,Pump\nRotor,Motor\n")
    row, _, problem, _ = only_fault(path)
    assert (row, problem) == (5, "parent `Motor` may be any of rows 3 and 4")


def test_item_numbers_with_steps_make_the_tree(table: Write) -> None:
    path = table("Pos,Benennung\n1,Pumpe\n1.1,Motor\n1.1.1,Rotor\n1.2,Gehäuse\n1.10,Schraube\n")
    assert tree(read_bom(path)) == {
        "1": "Pumpe",
        "1.1": "Motor",
        "1.1.1": "Rotor",
        "1.2": "Gehäuse",
        "1.3": "Schraube",
    }


def test_several_first_item_numbers_get_a_whole(table: Write) -> None:
    path = table("Item,Name\n1.0,Motor\n1.1,Rotor\n2.0,Case\n")
    assert tree(read_bom(path)) == {"1": "pump", "1.1": "Motor", "1.1.1": "Rotor", "1.2": "Case"}


def test_faults_of_item_numbers_are_all_refused(table: Write) -> None:
    found = faults(table("Item,Name\n1,Pump\n1.1,Motor\n1.2.4,Rotor\n1.1,Case\n,Screw\nA-7,Nut\n"))
    assert [(p.place.rpartition(":")[2], p.problem) for p in found] == [
        ("4", "`1.2.4` has no row `1.2`"),
        ("5", "`1.1` stands in rows 3 and 5"),
        ("6", "the position is missing"),
        ("7", "`A-7` is not a position such as 1.1.2"),
    ]


def test_plain_item_numbers_are_neither_structure_nor_ids(table: Write) -> None:
    assert tree(read_bom(table("#,Name\n30,Motor\n10,Case\n"))) == {"1": "pump", "1.1": "Motor", "1.2": "Case"}


def test_item_numbers_that_look_like_part_numbers_are_reported(table: Write) -> None:
    path = table("Item Number,Item Description\nK-30,Motor\n")
    (warning,) = read_bom(path).warnings
    assert warning == (
        f"{path}:2: column `Item Number` holds `K-30`, which is no position such as 1.2, and is kept aside; "
        "`--map` can make it `part_number`"
    )


def test_one_row_without_structure_is_a_component_and_not_the_whole(table: Write) -> None:
    assert tree(read_bom(table("Name\nMotor\n"), title="Pump")) == {"1": "Pump", "1.1": "Motor"}


def test_a_level_column_without_any_level_says_nothing(table: Write) -> None:
    assert tree(read_bom(table("Level,Name,Parent\n,Pump,\n,Motor,Pump\n"))) == {"1": "Pump", "1.1": "Motor"}


def test_ten_thousand_levels_are_read(table: Write) -> None:
    bom = read_bom(table("Level,P/N\n" + "".join(f"{n},K-{n}\n" for n in range(10_000))))
    item, depth = bom.document.data["item"], 0
    while "components" in item:
        (item,) = item["components"]
        depth += 1
    assert (depth, item["part_number"], bom.rows) == (9_999, "K-9999", 10_000)


def test_items_far_down_are_called_by_their_row_so_that_names_stay_short(table: Write) -> None:
    bom = read_bom(table("Level,P/N\n" + "".join(f"{n},K-{n}\n" for n in range(12_000))))
    names = [item["id"] for item, _ in walk(bom.document.data["item"])]
    assert (names[0], names[60]) == ("1", "1" + ".1" * 60)
    assert names[61:63] == ["row 63", "row 64"]
    assert len(set(names)) == 12_000
    assert sum(map(len, names)) < 130_000


def test_a_fault_far_down_names_its_row_and_the_heading_of_its_column(table: Write, book: RuleBook) -> None:
    rows = "".join(f"{n},K-{n},{-2 if n == 700 else 3}\n" for n in range(800))
    bom = read_bom(table("Level,P/N,Menge\n" + rows))
    with pytest.raises(Refused) as refused:
        read_cases(bom.document, book)
    (problem,) = refused.value.problems
    assert (problem.place.rpartition(":")[2], problem.field, problem.problem) == ("702", "Menge", "`-2` is below 0")


def test_a_long_chain_of_parents_in_reverse_order_is_read(table: Write) -> None:
    rows = "".join(f"K-{n},K-{n - 1}\n" for n in range(2_000, 0, -1))
    assert sum(1 for _ in walk(read_bom(table("P/N,Parent\n" + rows + "K-0,\n")).document.data["item"])) == 2_001


# Columns


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("PART_NUMBER", "part_number"),
        (" Country  of Origin ", "origin"),
        ("Made in", "made_in"),
        ("ＨＳコード", "hs_code"),
        ("税则号", "hs_code"),
        ("Stückpreis", "unit_value"),
        ("単価", "unit_value"),
        ("Betrag", "value"),
        ("员数", None),
        ("員数", "quantity"),
        ("Währung", "currency"),
        ("item.cn_part1_value", "cn_part1_value"),
        ("composition", "composition"),
        ("Material", None),
        ("Alloy", None),
        ("Price", None),
        ("Total Quantity", None),
        ("Descriptions", None),
    ],
)
def test_a_heading_matches_as_a_whole_or_not_at_all(heading: str, field: str | None) -> None:
    found = bom_field(heading)
    assert (found and found.field) == field


def test_no_heading_of_the_list_means_two_fields() -> None:
    text = files("exportctl.case.headings").joinpath("headings.yaml").read_text("utf-8")
    data = parse(text, "headings.yaml")[0].data
    lists = {**data["structure"], **data["item"], "ignored": data["ignored"]}
    words = [(plain(word), name) for name, rows in lists.items() for row in rows for word in row]
    assert len(words) == len({word for word, _ in words})
    assert all(bom_fields()[word] == name for word, name in words)


def test_every_field_of_the_list_is_a_key_of_an_item_or_structure() -> None:
    facts = vocabulary()["facts"]
    own = {"level", "parent", "item_number", "unit", "unit_mass", "marking", "ignored"}
    assert {f"item.{name}" for name in set(bom_fields().values()) - own} <= facts.keys()


def test_an_unknown_column_is_kept_aside_and_reported(table: Write) -> None:
    path = table("Name,Torque,,Comments\nMotor,7 Nm,x,good\nCase,,,\n")
    bom = read_bom(path)
    assert bom.document.data["item"]["components"] == [
        {"id": "1.1", "description": "Motor"},
        {"id": "1.2", "description": "Case"},
    ]
    assert bom.warnings == (
        f"{path}:1: column `Torque` is not known and is kept aside; `--map` can give it a field",
        f"{path}:1: column 3 has no heading and is kept aside",
    )
    assert bom.mapping == {"Name": "description"}


def test_a_given_mapping_wins_over_the_list(table: Write) -> None:
    path = table("Bauteil,Name,Wert\nK-3,Rotor,7.5\n")
    bom = read_bom(path, {"Bauteil": "description", "Wert": "item.unit_value", "Name": "ignored"})
    assert bom.document.data["item"]["components"] == [{"id": "1.1", "description": "K-3", "unit_value": "7.5"}]
    assert bom.mapping == {"Bauteil": "description", "Wert": "unit_value", "Name": "ignored"}
    assert bom.warnings == ()
    assert read_bom(path, bom.mapping) == bom


def test_a_column_displaced_by_the_mapping_is_reported(table: Write) -> None:
    path = table("MPN,Part Number\nX-4,K-3\n")
    bom = read_bom(path, {"Part Number": "part_number"})
    assert bom.document.data["item"]["components"] == [{"id": "1.1", "part_number": "K-3"}]
    assert bom.warnings == (f"{path}:1: column `MPN` is kept aside: `--map` has another one for `part_number`",)


def test_a_table_without_description_and_part_number_is_refused(table: Write) -> None:
    row, _, problem, hint = only_fault(table("Qty,Alloy\n3,Nd\n"))
    assert (row, problem) == (1, "no column is known to hold the description or the part number")
    assert hint == "say with `--map` which column is `description` or `part_number`; there are `Qty`, `Alloy`"


def test_two_columns_for_one_field_are_refused(table: Write) -> None:
    row, field, problem, hint = only_fault(table("Name,Qty,Menge\nRotor,3,4\n"))
    assert (row, field, problem) == (1, "Menge", "columns `Qty` and `Menge` both mean `quantity`")
    assert "`--map`" in hint


def test_a_mapping_of_an_absent_column_or_to_an_unknown_field_is_refused(table: Write) -> None:
    found = faults(table("Name,Alloy\nRotor,N42\n"), {"Aloy": "magnet", "Alloy": "magnett"})
    assert [(p.problem, p.hint) for p in found] == [
        ("`--map` names the column `Aloy`, which is not in this table", "did you mean `Alloy`?"),
        ("`--map` names the unknown field `magnett`", "did you mean `magnet`?"),
    ]


# Cells


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("Nd 29; Dy 2.5; Fe 66; B 1", {"Nd": "29", "Dy": "2.5", "Fe": "66", "B": "1"}),
        ("Dy 0", {"Dy": "0"}),
        ("SmCo5 + Gd", {"Sm": None, "Co": None, "Gd": None}),
        ("none", {}),
        ("n/a", None),
    ],
)
def test_elements_are_read_and_not_knowing_is_no_element(table: Write, text: str, elements: Any) -> None:
    assert first(table(f'Name,Elements\nMagnet,"{text}"\n')).get("elements") == elements


def test_a_cell_of_several_values_is_a_list_and_none_is_an_empty_one(table: Write) -> None:
    path = table("Name,Chinese Technology\nMagnet,mining; magnet-making\nScrew,none\nGlue,\n")
    found = [item.get("chinese_technology") for item in read_bom(path).document.data["item"]["components"]]
    assert found == [["mining", "magnet-making"], [], None]


def test_cells_are_read_for_what_they_mean(table: Write) -> None:
    path = table(
        "Name,Qty,Unit Price,COO,Made in,HS,composition,components_complete\n"
        'Magnet, 3 pcs ,"€ 3,10", CN ,Made in Japan,010121,Complete,no\n'
    )
    assert first(path) == {
        "id": "1.1",
        "description": "Magnet",
        "quantity": "3",
        "unit_value": "3.10",
        "currency": "EUR",
        "origin": "CN",
        "made_in": "JP",
        "hs_code": "010121",
        "composition": "complete",
        "components_complete": "no",
    }


def test_a_description_stays_as_it_is(table: Write) -> None:
    assert first(table('Name\n"=1+1\r\n ""Größe"" 磁钢 "\r\n'))["description"] == '=1+1\r\n "Größe" 磁钢 '


# The file


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found_from_the_header(table: Write, delimiter: str) -> None:
    path = table(delimiter.join(["Name", "Qty"]) + "\n" + delimiter.join(["Rotor", "3"]) + "\n")
    assert first(path) == {"id": "1.1", "description": "Rotor", "quantity": "3"}


def test_a_separator_that_makes_known_headings_wins_over_one_that_makes_more(table: Write) -> None:
    assert first(table("Name;Maß, Farbe, Preis\nRotor;7\n"))["description"] == "Rotor"


def test_rows_keep_the_line_they_begin_on_and_blank_ones_do_not_count(table: Write) -> None:
    bom = read_bom(table('\nName,Qty\r\n\r\n"a\r\nb",3\r\n,\r\nRotor\r\n'))
    assert bom.rows == 2
    assert [bom.document.at(("item", "components", n)).rpartition(":")[2] for n in (0, 1)] == ["4", "7"]
    assert bom.document.data["item"]["components"][1] == {"id": "1.2", "description": "Rotor", "quantity": None}


def test_a_row_with_more_cells_than_headings_is_refused(table: Write) -> None:
    row, _, problem, _ = only_fault(table("Name,Qty\nMotor,1\nBelt, 4mm,2\n"))
    assert (row, problem) == (3, "3 cells under 2 headings")


def test_a_quote_that_does_not_close_is_refused_where_it_opens(table: Write) -> None:
    row, _, problem, _ = only_fault(table('Level,Name\n0,Pump\n2,"Motor\n2,Rotor\n'))
    assert (row, problem) == (3, "a quoted cell does not end where it should")


def test_a_quote_inside_a_cell_is_text(table: Write) -> None:
    assert first(table('Name\nTire 28"\n'))["description"] == 'Tire 28"'


def test_a_cell_longer_than_can_be_read_is_refused(table: Write) -> None:
    assert faults(table("Name\n" + "x" * 140_000 + "\n"))[0].problem == "a cell is longer than 131072 characters"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b'""\n', "every cell is blank"),
        (b"Name,Qty\n", "the table has a header and no rows"),
        (b"Name\nRot\0or\n", "this is a binary file"),
        (b"\xff\xfeN\0a\0m\0e\0\x00\xd8", "not utf-16 text: byte 11"),
        (b'"Name\nRotor\n', "a quoted cell does not end where it should"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(content)
    assert [found.problem for found in faults(path)] == [problem]


def test_a_folder_and_an_absent_file_are_refused(tmp_path: Path) -> None:
    assert [found.problem for found in faults(tmp_path)] == ["this is a folder, not a file"]
    assert faults(tmp_path / "absent.csv")[0].problem.startswith("cannot be read")


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_rows(table: Write) -> None:
    path = table(
        "Level,Name,Qty,Menge\n0,Pump,1,1\n2,Motor,3,3\n1,Belt, 4mm,2,2\nx,Glue,5,5\n" + "1,Nut,7,7\n" * 6 + "9,A,\n"
    )
    assert [(problem.place.removeprefix(f"{path}:"), problem.problem) for problem in faults(path)] == [
        ("1", "columns `Qty` and `Menge` both mean `quantity`"),
        ("3", "level 2 follows level 0"),
        ("4", "5 cells under 4 headings"),
        ("5", "`x` is not a level such as 0, 1, 2"),
        ("12", "level 9 follows level 1"),
    ]
