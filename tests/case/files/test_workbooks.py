import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from exportctl.case.bom.read import BillOfMaterials, read_bom
from exportctl.case.bom.workbook import sheet_names
from exportctl.problem import Problem, Refused

ROOT = Path(__file__).parents[3]
FOOT_SWITCH = ROOT / "cases/bom/foot-switch/odri_foot_contact_switch_bom.xlsx"
HEADINGS = ["Level", "Part Number", "Description", "Qty", "Unit Price", "Country of Origin"]
ROWS: list[list[Any]] = [
    [0, "K-1", "Pump", 1, 420, "JP"],
    [1, "K-7", "Motor", 2, 31.25, "China"],
    [2, 4004, "Rotor magnet", 24, 0.1, "中国"],
]


def filled(sheet: Worksheet, *rows: list[Any]) -> None:
    for row in rows:
        sheet.append(row)


def saved(book: Workbook, path: Path) -> Path:
    book.save(path)
    return path


@pytest.fixture
def book() -> Workbook:
    return Workbook()


def first_sheet(book: Workbook) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def faults(path: Path, **options: Any) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_bom(path, **options)
    return refused.value.problems


def magnet(bom: BillOfMaterials) -> dict[str, Any]:
    item: dict[str, Any] = bom.document.data["item"]["components"][0]["components"][0]
    return item


def ods(path: Path) -> Path:
    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Parts")
    for row in [["Pump 7"], [], HEADINGS, *ROWS]:
        line = TableRow()
        for cell in row:
            kind = {"valuetype": "string"} if isinstance(cell, str) else {"valuetype": "float", "value": cell}
            filled_cell = TableCell(**kind)
            filled_cell.addElement(P(text=str(cell)))
            line.addElement(filled_cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(path))
    return path


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Parts")
    for number, row in enumerate([["Pump 7"], [], HEADINGS, *ROWS]):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(path))
    return path


def xlsx(path: Path) -> Path:
    book = Workbook()
    filled(first_sheet(book), ["Pump 7"], [], HEADINGS, *ROWS)
    return saved(book, path)


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_the_same_table_is_read_from_each_kind_of_workbook(tmp_path: Path, make: Any) -> None:
    path = make(tmp_path / f"pump.{make.__name__}")
    bom = read_bom(path)
    assert magnet(bom) == {
        "id": "1.1.1",
        "part_number": "4004",
        "description": "Rotor magnet",
        "quantity": "24",
        "unit_value": "0.1",
        "origin": "CN",
    }
    assert bom.document.at(("item", "components", 0, "components", 0)).endswith("]:6")
    assert bom.read_as == ("headings in row 3",)


def test_the_published_parts_list_is_read_below_its_title_and_between_empty_sheets() -> None:
    bom = read_bom(FOOT_SWITCH)
    assert bom.rows == 13
    assert bom.read_as == ("sheet `Tabelle1`", "headings in row 3")
    assert bom.document.data["item"]["components"][9]["quantity"] == "4"
    assert bom.document.data["item"]["components"][0]["part_number"] == "370103009"


def test_a_table_that_begins_further_right_keeps_its_columns(tmp_path: Path, book: Workbook) -> None:
    sheet = first_sheet(book)
    sheet["C4"], sheet["D4"], sheet["C5"], sheet["D5"] = "Name", "Qty", "Rotor", 3
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    assert bom.document.data["item"]["components"] == [{"id": "1.1", "description": "Rotor", "quantity": "3"}]
    assert bom.document.at(("item", "components", 0)).endswith("[Sheet]:5")


def test_the_one_sheet_that_lists_parts_is_taken(tmp_path: Path, book: Workbook) -> None:
    filled(first_sheet(book), ["Made for", "customer 7"])
    filled(book.create_sheet("Stückliste"), ["Bezeichnung", "Menge"], ["Rotor", 3])
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    assert bom.read_as == ("sheet `Stückliste`",)


def test_two_sheets_that_list_parts_are_named_and_one_can_be_chosen(tmp_path: Path, book: Workbook) -> None:
    first_sheet(book).title = "Old"
    filled(first_sheet(book), ["Name", "Qty"], ["Rotor", 3])
    filled(book.create_sheet("New"), ["Name", "Qty"], ["Rotor", 5])
    path = saved(book, tmp_path / "a.xlsx")
    (problem,) = faults(path)
    assert problem.problem == "sheets `Old`, `New` may all be the bill of materials"
    assert problem.hint == "choose one with `--sheet NAME`"
    chosen = read_bom(path, sheet="New").document.data["item"]["components"]
    assert chosen[0]["quantity"] == "5"
    assert faults(path, sheet="Nee")[0].hint == "did you mean `New`?"


def test_a_hidden_sheet_is_not_taken(tmp_path: Path, book: Workbook) -> None:
    filled(first_sheet(book), ["Name", "Qty"], ["Rotor", 3])
    hidden = book.create_sheet("Backup")
    filled(hidden, ["Name", "Qty"], ["Rotor", 5])
    hidden.sheet_state = "hidden"
    path = saved(book, tmp_path / "a.xlsx")
    assert sheet_names(path) == ["Sheet"]
    assert read_bom(path).document.data["item"]["components"][0]["quantity"] == "3"


def test_a_cell_merged_over_rows_says_the_same_of_each(tmp_path: Path, book: Workbook) -> None:
    sheet = first_sheet(book)
    filled(sheet, ["Parent", "Name", "Origin"], ["", "Pump", "JP"], ["Pump", "Rotor", "CN"], [None, "Case", None])
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("C3:C4")
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    assert [part["origin"] for part in bom.document.data["item"]["components"]] == ["CN", "CN"]


def test_an_amount_merged_over_rows_is_refused(tmp_path: Path, book: Workbook) -> None:
    sheet = first_sheet(book)
    filled(sheet, ["Name", "Unit Price"], ["Rotor", 7.5], ["Case", None])
    sheet.merge_cells("B2:B3")
    (problem,) = faults(saved(book, tmp_path / "a.xlsx"))
    assert problem.place.endswith("[Sheet]:2")
    assert (problem.field, problem.problem) == (
        "Unit Price",
        "`7.5` is one cell for rows 2 to 3: an amount for each of them, or for all",
    )


def test_headings_in_two_rows_are_read_together(tmp_path: Path, book: Workbook) -> None:
    sheet = first_sheet(book)
    filled(sheet, ["Pump 4000"], ["Lvl", "Component data", None, "Unit Price", None, "Country"])
    filled(sheet, [None, "Part Number", "Name", "[EUR]", "Remark", "of Origin"])
    filled(sheet, [0, "K-1", "Pump", 420, "", "JP"], [1, "K-7", "Rotor", 31.25, "", "CN"])
    for cells in ("A2:A3", "B2:C2"):
        sheet.merge_cells(cells)
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    (rotor,) = bom.document.data["item"]["components"]
    assert (rotor["part_number"], rotor["description"], rotor["origin"]) == ("K-7", "Rotor", "CN")
    assert (rotor["unit_value"], rotor["currency"]) == ("31.25", "EUR")
    assert "headings in row 2 and row 3" in bom.read_as


def test_the_country_of_a_supplier_is_not_that_of_the_part(tmp_path: Path, book: Workbook) -> None:
    sheet = first_sheet(book)
    filled(sheet, ["Part", None, "Supplier", None], ["Number", "Name", "Name", "Country of Origin"])
    filled(sheet, ["K-1", "Pump", "Example KK", "JP"])
    for cells in ("A1:B1", "C1:D1"):
        sheet.merge_cells(cells)
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    (pump,) = bom.document.data["item"]["components"]
    assert (pump["part_number"], pump["description"], pump.get("supplier")) == ("K-1", "Pump", "Example KK")
    assert "origin" not in pump
    assert any("`Supplier Country of Origin` is not known" in text for text in bom.warnings)


def test_a_first_row_of_words_is_no_second_row_of_headings(tmp_path: Path, book: Workbook) -> None:
    filled(first_sheet(book), ["Name", "Remark", "Origin"], ["Level", "Qty", "CN"], ["Case", "", "JP"])
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    assert [part["description"] for part in bom.document.data["item"]["components"]] == ["Level", "Case"]


def test_an_error_in_a_cell_is_not_known(tmp_path: Path, book: Workbook) -> None:
    filled(first_sheet(book), ["Name", "Qty", "Origin"], ["Rotor", "#N/A", "#REF!"], ["Case", 1, "JP"])
    bom = read_bom(saved(book, tmp_path / "a.xlsx"))
    assert bom.document.data["item"]["components"][0] == {"id": "1.1", "description": "Rotor", "quantity": None}


def test_faults_name_the_sheet_the_row_and_the_column(tmp_path: Path, book: Workbook) -> None:
    filled(first_sheet(book), ["Name", "Origin"], [], ["Rotor", "CN/JP"])
    (problem,) = faults(saved(book, tmp_path / "a.xlsx"))
    assert (problem.place, problem.field) == (f"{tmp_path / 'a.xlsx'}[Sheet]:3", "Origin")


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(FOOT_SWITCH.read_bytes()[:4000])
    assert faults(path)[0].problem.startswith("the workbook is broken or cut short: ")


@pytest.mark.parametrize("content", [b"", b"Name,Qty\nRotor,3\n", b"%PDF-1.7 and more"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert [problem.problem for problem in faults(path)] == ["this is no workbook"]


def test_a_workbook_under_a_password_is_refused_with_a_hint(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (problem,) = faults(path)
    assert problem.problem == "the workbook is protected by a password"
    assert problem.hint == "remove the password and save it again"


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(7):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 100_000_000)
    assert path.stat().st_size < 1_000_000
    assert faults(path)[0].problem == "the workbook unpacks to 700 MB, over 600 MB"


def test_two_cells_far_apart_cost_no_more_memory_than_is_allowed(tmp_path: Path, book: Workbook) -> None:
    sheet = first_sheet(book)
    sheet["A1"], sheet["XFD1048576"] = "Name", "x"
    path = saved(book, tmp_path / "wide.xlsx")
    assert path.stat().st_size < 10_000
    assert faults(path)[0].problem == "the workbook needs too much memory to open"


def test_an_absent_workbook_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path / "absent.xlsx")[0].problem.startswith("cannot be read")


def test_a_sheet_of_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Name\nRotor\n", encoding="utf-8")
    assert faults(path, sheet="Parts")[0].problem == "`--sheet Parts` is for workbooks, and this is none"


def test_a_cell_repeated_over_a_whole_sheet_is_refused(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    sheet, line = Table(name="Parts"), TableRow(numberrowsrepeated=1048576)
    cell = TableCell(valuetype="string", numbercolumnsrepeated=16384)
    cell.addElement(P(text="Name"))
    line.addElement(cell)
    sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    path = tmp_path / "a.ods"
    document.save(str(path))
    assert faults(path)[0].problem == "the workbook has too many cells to open"
