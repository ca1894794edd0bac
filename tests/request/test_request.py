"""What suppliers are asked, and what their answers do: a workbook written, filled, read back, decided."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.request.columns import (
    ANSWER,
    BY,
    CHOICES,
    FACT,
    HEADINGS,
    HEADINGS_INSIDE,
    INSIDE,
    ITEM,
    ON,
    QUESTIONS,
    SUPPLIER,
    WHY,
)

AROUND = """
on: 2026-01-15
transfer: {kind: goods, from: JP, to: KR, via: [], bonded: no}
parties:
  exporter: {country: JP, chinese_person: no, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  end_user: {country: KR, military: no, lists: [], owners: [], onward_transfer: no}
end_use: {purposes: [civil]}

"""
BILL = """Level,Part Number,Name,Quantity,Unit Price,Currency,Supplier,Form,Kind,Made in,Origin,Elements,Composition
0,M-1,motor,1,900,EUR,,assembly,motor,JP,JP,,
1,=RM-7,rotor magnet,6,4,EUR,Nagoya Magnetics,,,,,,
1,W-2,winding,1,310,EUR,Copper AG,part,other,JP,CL,Cu 99.9; O 0.1,complete
"""
ANSWERS = {
    "item.form": "magnet 永磁材料",
    "item.kind": "sintered-magnet 烧结磁体",
    "item.magnet": "NdFeB 钕铁硼",
    "item.elements": "Nd 29; Dy 2.5; Fe 67.5; B 1",
    "item.composition": "complete 完整",
    "item.made_in": "Japan",
    "item.origin": "日本",
    "item.chinese_technology": "none",
    "item.cn_part1_value": "0.004 EUR",
    "item.control_code": "none",
}
READ_STRICTLY = ("--reading", "denominator=nearest", "--reading", "second-order-incorporation=each-item-tested")
OUR_OWN = {"item.chinese_technology": "none", "item.control_code": "none"}


@pytest.fixture
def bom(tmp_path):
    (tmp_path / "bill.csv").write_text(BILL, encoding="utf-8")
    (tmp_path / "case.yaml").write_text(AROUND, encoding="utf-8")

    def run(*options, status=0):
        given = ["bom", str(tmp_path / "bill.csv"), "--case", str(tmp_path / "case.yaml"), "--format", "json"]
        done = CliRunner().invoke(app, [*given, *options])
        assert done.exit_code == status, done.output
        return json.loads(done.stdout.splitlines()[-1]) if status == 0 else done.stderr

    return run


@pytest.fixture
def asked(bom, tmp_path):
    path = tmp_path / "request.xlsx"
    before = bom("--request", str(path))
    return before, path


def rows(sheet):
    return [row for row in sheet.iter_rows(min_row=2) if row[FACT].value]


def filled(path, answers, by="H. Sato", on="2026-01-12", ours=None):
    book = openpyxl.load_workbook(path)
    for row in rows(book[QUESTIONS]):
        own = answers if row[SUPPLIER].value == "Nagoya Magnetics" else ours or {}
        text = own.get(row[FACT].value)
        if text is not None:
            row[ANSWER].value, row[BY].value, row[ON].value = text, by, on
    out = path.with_name("filled.xlsx")
    book.save(out)
    return out


def test_questions_stand_by_supplier_with_reasons_in_two_languages(asked):
    before, path = asked
    assert before["outcome"] == "needs_facts"
    found = rows(openpyxl.load_workbook(path)[QUESTIONS])
    suppliers = [row[SUPPLIER].value for row in found]
    assert suppliers == [name for group in dict.fromkeys(suppliers) for name in suppliers if name == group]
    about_magnet = [row for row in found if row[ITEM].value == "1.1"]
    assert {"item.elements", "item.composition"} <= {row[FACT].value for row in about_magnet}
    assert all("decides " in row[WHY].value and "涉及" in row[WHY].value for row in found)


def test_a_choice_is_a_drop_down_of_the_words_of_a_case(asked):
    _, path = asked
    book = openpyxl.load_workbook(path)
    lists = [v for v in book[QUESTIONS].data_validations.dataValidation if v.type == "list"]
    assert lists
    assert all(CHOICES in validation.formula1 for validation in lists)
    columns = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book[CHOICES].columns}
    assert "complete 完整" in columns["item.composition"]
    assert all(words[-1] == "unknown 未知" for words in columns.values())


def test_a_part_number_that_begins_like_a_formula_stays_text(asked):
    _, path = asked
    cells = [cell for row in openpyxl.load_workbook(path)[QUESTIONS].iter_rows() for cell in row if cell.value]
    assert any(cell.value == "=RM-7" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)


def test_the_same_bill_gives_the_same_bytes(bom, tmp_path):
    one, two = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    bom("--request", str(one))
    bom("--request", str(two))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("content", "outcome"), [("0.004", "suspended"), ("0.0039", "no_requirement_found")], ids=["at the line", "below"]
)
def test_answers_of_the_supplier_decide_and_are_recorded(asked, bom, content, outcome):
    _, path = asked
    answers = {**ANSWERS, "item.cn_part1_value": f"{content} EUR"}
    for _ in range(4):
        done, further = filled(path, answers, ours=OUR_OWN), str(path.with_name("next.xlsx"))
        after = bom("--answers", str(done), "--request", further, *READ_STRICTLY)
        said = {one["fact"]: (one["item"], one["by"], one["on"]) for one in after["answers"]}
        if "item.cn_part1_value" in said or after["outcome"] == outcome:
            break
        path = merged(path, path.with_name("next.xlsx"))
    assert said["item.elements"] == ("1.1", "H. Sato", "2026-01-12")
    shares = {share["item"]: (share["low"], share["high"]) for share in after["shares"]}
    expected = {"0.004": "0.001", "0.0039": "0.000975"}[content]
    assert shares["1.1"] == (expected, expected)
    assert after["outcome"] == outcome, [(p["id"], p["if"]) for p in after["open_points"]]
    assert not [p for p in after["open_points"] if p["item"] == "1.1" and p["kind"] == "fact"]


def merged(first, second):
    """Return a request with the questions of both, as a supplier would answer two of them."""
    one, two = openpyxl.load_workbook(first), openpyxl.load_workbook(second)
    have = {(row[ITEM].value, row[FACT].value) for row in rows(one[QUESTIONS])}
    for row in rows(two[QUESTIONS]):
        if (row[ITEM].value, row[FACT].value) not in have:
            one[QUESTIONS].append([cell.value for cell in row])
    out = first.with_name("both.xlsx")
    one.save(out)
    return out


def test_a_blank_or_unknown_answer_changes_nothing(asked, bom):
    before, path = asked
    after = bom("--answers", str(filled(path, {"item.form": "unknown 未知", "item.elements": "n/a"})))
    assert after["answers"] == []
    assert after["outcome"] == before["outcome"]


def test_every_fault_is_named_with_its_row_and_column(asked, bom):
    _, path = asked
    said = bom("--answers", str(filled(path, {"item.elements": "Xx 3", "item.form": "brick"}, by="")), status=1)
    assert said.count(f"{HEADINGS[BY]}: nobody is named who gave the answer") == 2
    said = bom("--answers", str(filled(path, {"item.elements": "Xx 3"}, on="soon")), status=1)
    assert f"{HEADINGS[ON]}: `soon` is not a date" in said
    said = bom("--answers", str(filled(path, {"item.elements": "Xx 3"})), status=1)
    assert f"{HEADINGS[ANSWER]}: `Xx 3` is not a composition" in said
    assert f"{QUESTIONS}: row " in said


def test_an_answer_that_contradicts_another_is_refused(asked, bom):
    _, path = asked
    first = filled(path, ANSWERS)
    other = first.rename(first.with_name("first.xlsx"))
    second = filled(path, {**ANSWERS, "item.elements": "Nd 29; Dy 0; Fe 70; B 1"})
    said = bom("--answers", str(other), "--answers", str(second), status=1)
    assert "contradicts" in said


def test_an_answer_about_another_part_is_refused(asked, bom, tmp_path):
    _, path = asked
    done = filled(path, ANSWERS)
    (tmp_path / "bill.csv").write_text(BILL.replace("=RM-7", "RM-8"), encoding="utf-8")
    assert "item 1.1 is `RM-8` here, and the answer is about `=RM-7`" in bom("--answers", str(done), status=1)


def test_a_workbook_that_is_no_request_is_refused(bom, tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert f"there is no sheet `{QUESTIONS}`" in bom("--answers", str(tmp_path / "other.xlsx"), status=1)


def listing(path, answer, *inside, item="1.1"):
    """The request with an answer to what is inside an item, and rows on the sheet for components."""
    book = openpyxl.load_workbook(filled(path, {"item.components": answer}))
    sheet = book[INSIDE]
    for number, component in enumerate(inside):
        row = [cell.row for cell in sheet["A"] if cell.value == item][number]
        for column, text in enumerate(component, 2):
            sheet.cell(row, column).value = text
    out = path.with_name("listed.xlsx")
    book.save(out)
    return out


MADE_OF = ["Nd 29; Dy 2.5; Fe 67.5; B 1", "complete 完整"]
MAGNET = ["RM-7a", "arc magnet", "3", "magnet 永磁材料", "NdFeB 钕铁硼", *MADE_OF, "Japan", "CN", "1.2", "EUR"]
GLUE = ["G-1", "glue", "1", "other", "", "", "", "DE", "DE", "0.1", "EUR"]


def test_what_is_inside_an_item_is_asked_and_listed_row_by_row(asked, bom):
    _, path = asked
    found = rows(openpyxl.load_workbook(path)[QUESTIONS])
    assert "1.1" in {row[ITEM].value for row in found if row[FACT].value == "item.components"}
    after = bom("--answers", str(listing(path, "listed 已全部列出", MAGNET, GLUE)))
    (said,) = after["answers"]
    assert (said["item"], said["fact"], said["by"]) == ("1.1", "item.components", "H. Sato")
    limb = next(one for one in after["findings"] if one["rule"] == "mofcom-2025-61.art-1-1")
    assert "1.1.1" in limb["items"]
    assert not [p for p in after["open_points"] if p["id"] == "item.components" and "1.1" in p["items"]]


def test_components_that_are_not_all_leave_open_what_else_is_inside(asked, bom):
    _, path = asked
    ends = []
    for answer in ("listed 已全部列出", "partly 仅列出部分"):
        after = bom("--answers", str(listing(path, answer, GLUE)))
        ends.append([share["high"] for share in after["shares"] if share["item"] == "1.1"] or ["1"])
    assert ends == [["0.025"], ["1"]]


def test_faults_in_what_is_inside_are_named_with_their_row_and_column(asked, bom):
    _, path = asked
    said = bom("--answers", str(listing(path, "listed 已全部列出", ["X", "magnet", "-", "", "", "Nd 200%x"])), status=1)
    assert f"[{INSIDE}]:2: {HEADINGS_INSIDE[6]}: `Nd 200%x` is not a composition" in said
    said = bom("--answers", str(listing(path, "listed 已全部列出")), status=1)
    assert f"no component of item 1.1 stands on the sheet `{INSIDE}`" in said
    said = bom("--answers", str(listing(path, "", GLUE)), status=1)
    assert "components of item 1.1 are listed, but no answer says whether these are all" in said
