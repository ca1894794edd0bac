import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exportctl.case.bom.bill import BillOfMaterials
from exportctl.case.declaration.read import read_bill
from exportctl.case.read import read_cases
from exportctl.law.book import RuleBook
from exportctl.problem import Problem, Refused

ROOT = Path(__file__).parents[3]
PCIE = ROOT / "cases/bom/pcie-sata/cyclonedx_hbom_pcie_sata.json"
OMTS = ROOT / "cases/bom/omts/omts-import-example.xlsx"
SUPPLIERS = ROOT / "cases/bom/omts/omts-supplier-list-example.xlsx"

IPC = """<MainDeclaration xmlns="http://webstds.ipc.org/175x/2.0" version="2.0">
<BusinessInfo><Response><SupplyCompany name="Motor Works"/></Response></BusinessInfo>
<Product unitType="Each"><ProductID itemNumber="M-7" itemName="Servo motor"/><Amount value="0.5" UOM="kg"/>
<MaterialInfo><HomogeneousMaterialList>
<HomogeneousMaterial name="Sintered magnet" materialGroupName="Magnets"><Amount value="20" UOM="g"/>
<SubstanceCategoryList><SubstanceCategory name="Supplier">
<Substance name="Neodymium"><SubstanceID identity="7440-00-8" authority="CAS"/><Amount value="6" UOM="g"/></Substance>
<Substance name="Dysprosium">
<SubstanceID identity="7429-91-6" authority="CAS"/><Concentration value="2.5" UOM="percent"/></Substance>
<Substance name="x"><SubstanceID identity="7440-27-9" authority="CAS"/><Concentration value="0.4"/></Substance>
<Substance name="y">
<SubstanceID identity="1314-36-9" authority="CAS"/><Concentration value="300" UOM="ppm"/></Substance>
<Substance name="Trade secret"><Concentration value="1" UOM="percent"/></Substance>
</SubstanceCategory></SubstanceCategoryList></HomogeneousMaterial>
<HomogeneousMaterial name="Copper wire"><Amount value="70" UOM="g"/></HomogeneousMaterial>
</HomogeneousMaterialList></MaterialInfo></Product></MainDeclaration>"""

IEC = """<Main xmlns="http://std.iec.ch/iec62474"><BusinessInfo><Response><SupplyCompany name="Motor Works"/></Response>
</BusinessInfo><Product unitType="each"><ProductID name="Motor" identifier="100-7"><Mass mass="2400" unitOfMeasure="g"/>
</ProductID><Compliance><DsDsg name="Lead dinitrate"/></Compliance></Product>{more}</Main>"""

Write = Callable[[str, str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Write:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def faults(path: Path, **options: Any) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_bill(path, **options)
    return refused.value.problems


def item(bill: BillOfMaterials) -> dict[str, Any]:
    found: dict[str, Any] = bill.document.data["item"]
    return found


# CycloneDX


def test_the_published_adaptor_board_is_read_with_its_quantities() -> None:
    bill = read_bill(PCIE)
    assert item(bill)["part_number"] == "pcie-sata-adaptor-board"
    assert [part["quantity"] for part in item(bill)["components"]] == ["1", "8", "1", "1", "2", "2"]
    assert item(bill)["components"][1]["supplier"] == "Molex"
    assert (bill.rows, bill.warnings, bill.read_as) == (6, (), ("CycloneDX 1.4",))


def test_devices_nest_software_is_no_part_and_a_missing_quantity_is_not_known(written: Write) -> None:
    magnet = {"type": "device", "name": "K-3", "properties": [{"name": "cdx:device:quantity", "value": "24"}]}
    motor = {"type": "device", "name": "M-7", "description": "Motor", "components": [magnet]}
    firmware = {"type": "firmware", "name": "boot"}
    bill = read_bill(written("a.json", json.dumps({"bomFormat": "CycloneDX", "components": [motor, firmware]})))
    (found,) = item(bill)["components"]
    assert (found["description"], found["quantity"]) == ("Motor", None)
    assert found["components"] == [{"id": "1.1.1", "part_number": "K-3", "description": "K-3", "quantity": "24"}]
    assert bill.warnings[0].endswith("1 components are no hardware and no parts")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"spdxVersion": "2.3"}, "this JSON is no CycloneDX bill of materials"),
        ([], "this JSON is no CycloneDX bill of materials"),
        (
            {"bomFormat": "CycloneDX", "components": [{"type": "library", "name": "zlib"}]},
            "no device is described: this is a bill of materials of software",
        ),
        ({"bomFormat": "CycloneDX", "components": [{"type": "device"}]}, "the name is missing"),
        ({"bomFormat": "CycloneDX", "components": "none"}, "must be a list"),
    ],
)
def test_what_is_no_bill_of_hardware_is_refused(written: Write, data: Any, problem: str) -> None:
    assert problem in [found.problem for found in faults(written("a.json", json.dumps(data)))]


def test_json_that_nests_ten_thousand_deep_is_refused(written: Write) -> None:
    text = '{"bomFormat":"CycloneDX","components":' + '[{"type":"device","name":"x","components":' * 10_000 + "[]"
    assert faults(written("a.json", text + "}]" * 10_000 + "}"))[0].problem.startswith("nested too deeply")


def test_json_cut_short_is_refused_with_its_line(written: Write) -> None:
    (problem,) = faults(written("a.json", PCIE.read_text("utf-8")[:500]))
    assert ".json:" in problem.place
    assert problem.problem.startswith("not JSON")


# Material declarations


def test_substances_are_elements_of_their_material_with_an_amount_only_where_it_is_certain(written: Write) -> None:
    bill = read_bill(written("motor.xml", IPC))
    motor = item(bill)
    assert (motor["part_number"], motor["unit_mass_g"], motor["components_complete"]) == ("M-7", "500", "no")
    magnet, wire = motor["components"]
    assert magnet["unit_mass_g"] == "20"
    assert magnet["elements"] == {"Nd": "30", "Dy": "2.5", "Tb": None, "Y": None, "O": None}
    assert "elements" not in wire
    assert bill.read_as == ("IPC-1752 declaration", "by Motor Works")


def test_what_a_declaration_says_becomes_facts_and_the_rest_stays_open(written: Write, book: RuleBook) -> None:
    bill = read_bill(written("motor.xml", IPC))
    (case,) = read_cases(bill.document, book, {"transfer.kind": "goods", "transfer.from": "JP", "transfer.to": "KR"})
    assert case.item is not None
    magnet = (case.item.components or ())[0]
    assert magnet.facts["elements"].present == ("Dy", "Nd", "O", "Tb", "Y")
    assert not magnet.facts["elements"].complete
    assert not case.item.components_complete
    assert "origin" not in magnet.facts
    assert magnet.hints
    assert magnet.place.endswith("motor.xml:5")


def test_an_iec_declaration_names_the_product_and_its_silence_proves_nothing(written: Write) -> None:
    path = written("motor.xml", IEC.format(more=""))
    bill = read_bill(path)
    assert item(bill) == {
        "id": "1",
        "part_number": "100-7",
        "description": "Motor",
        "unit_mass_g": "2400",
        "supplier": "Motor Works",
    }
    assert bill.warnings[0].endswith("its silence on an element proves nothing")


def test_a_declaration_of_two_products_needs_a_choice(written: Write) -> None:
    path = written("a.xml", IEC.format(more='<Product><ProductID name="Drive" identifier="100-9"/></Product>'))
    assert faults(path)[0].problem.startswith("the declaration is for 2 products")
    assert item(read_bill(path, part="100-9"))["description"] == "Drive"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<Main", "not XML"),
        ("<Invoice/>", "`Invoice` is no declaration that is known"),
        (IPC.replace('value="6"', 'value="six"'), "`six g` "),
        (IPC.replace('UOM="kg"', 'UOM="stone"'), "`stone` in"),
    ],
)
def test_xml_that_cannot_be_read_is_refused(written: Write, text: str, problem: str) -> None:
    assert problem in str(faults(written("a.xml", text))[0])


def test_entities_are_refused_before_any_of_them_is_opened(written: Write) -> None:
    secret = written("secret.txt", "7429-91-6")
    outside = f'<!DOCTYPE m [<!ENTITY a SYSTEM "{secret.as_uri()}">]>' + IEC.format(more="&a;")
    bomb = "<!DOCTYPE m [" + "".join(
        f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' if n else '<!ENTITY e1 "xxxxxxxxxx">' for n in range(12)
    )
    assert "document type" in faults(written("a.xml", outside))[0].problem
    assert "entity" in faults(written("b.xml", bomb + "]>" + IEC.format(more="&e12;")))[0].problem


def test_xml_that_nests_ten_thousand_deep_is_refused(written: Write) -> None:
    text = IEC.format(more="<Part>" * 10_000 + "</Part>" * 10_000)
    assert faults(written("a.xml", text))[0].problem.startswith("not XML")


# The minerals template


def amrt(path: Path, answer: str | None, *, minerals: tuple[str, ...] = ("Zinc", "Rare Earth Elements")) -> Path:
    """A workbook of the shape of the template: answers and lists stand where revision 1.3 has them."""
    book = Workbook()
    form = book.create_sheet("Declaration")
    form["D8"], form["D9"] = "Motor Works", "B. Product (or List of Products)"
    for cell, mineral in zip(("D12", "E12", "G12"), minerals, strict=False):
        form[cell] = mineral
    for at, mineral in enumerate(sorted(minerals)):
        form[f"B{31 + at}"], form[f"B{43 + at}"] = f"{mineral}(*)", mineral
    at = sorted(minerals).index("Rare Earth Elements") if "Rare Earth Elements" in minerals else 0
    form[f"D{31 + at}"], form[f"D{43 + at}"] = answer, "50% or less"
    smelters = book.create_sheet("Smelter List")
    for column, text in zip(
        "BCDE", ("Rare Earth Elements", "Smelter not listed", "North Metals", "CHINA"), strict=True
    ):
        smelters[f"{column}5"] = text
    smelters["A6"] = "CID7"
    for column, text in zip("BCE", ("Zinc", "Zinc Ltd", "CHINA"), strict=True):
        smelters[f"{column}7"] = text
    known = book.create_sheet("Smelter Look-up")
    for column, text in zip("ABCDE", ("Rare Earth Elements", "NR", "Nordic Rare", "ESTONIA", "CID7"), strict=True):
        known[f"{column}5"] = text
    products = book.create_sheet("Product List")
    products["B6"], products["C6"] = "M-7", "Servo motor"
    book.create_sheet("Minerals Scope")
    book.remove(book["Sheet"])
    book.save(path)
    return path


def test_a_yes_on_rare_earths_names_no_element_and_asks_for_them(tmp_path: Path) -> None:
    bill = read_bill(amrt(tmp_path / "a.xlsx", "Yes"))
    assert item(bill) == {"id": "1", "part_number": "M-7", "description": "Servo motor"}
    assert bill.read_as == ("RMI AMRT declaration by Motor Works",)
    answer, chinese, foreign = bill.warnings
    assert "used: Yes (suppliers that answered: 50% or less); it names neither element nor amount" in answer
    assert "[Smelter List]:5: rare-earth smelter `North Metals` is in China" in chinese
    assert "[Smelter List]:6: rare-earth smelter `Nordic Rare` is in EE" in foreign


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [("No", "is no proof that none is inside"), ("Unknown", "ask again"), (None, "no answer")],
)
def test_no_answer_of_the_template_ever_says_that_no_rare_earth_is_inside(
    tmp_path: Path, answer: str | None, meaning: str
) -> None:
    bill = read_bill(amrt(tmp_path / "a.xlsx", answer))
    assert meaning in bill.warnings[0]
    assert item(bill).keys() == {"id", "part_number", "description"}


def test_a_template_without_rare_earths_in_its_scope_says_nothing_about_them(tmp_path: Path) -> None:
    bill = read_bill(amrt(tmp_path / "a.xlsx", "Yes", minerals=("Zinc", "Lime")))
    assert "rare earths are not in its scope (Lime, Zinc)" in bill.warnings[0]
    empty = read_bill(amrt(tmp_path / "b.xlsx", None, minerals=()))
    assert "the form is not filled in" in empty.warnings[0]


def test_a_product_the_template_does_not_list_is_refused(tmp_path: Path) -> None:
    path = amrt(tmp_path / "a.xlsx", "Yes")
    assert item(read_bill(path, part="M-7"))["part_number"] == "M-7"
    assert faults(path, part="M-8")[0].problem == "the product list has no `M-8`"


# Supply networks


def test_a_good_becomes_the_item_and_a_holding_of_half_is_said(book: RuleBook) -> None:
    bill = read_bill(OMTS)
    assert item(bill) == {
        "id": "1",
        "part_number": "good-steel-bolts",
        "description": "M10 Steel Hex Bolts",
        "hs_code": "7318.15",
    }
    assert len(bill.warnings) == 1
    assert "[Corporate Structure]:2: `Bolt Supplies Ltd` owns 51 % of `Acme Manufacturing GmbH`" in bill.warnings[0]
    assert len(read_cases(bill.document, book, {"transfer.kind": "goods"})) == 1


@pytest.mark.parametrize(("percent", "said"), [("49.9", 0), ("50", 1), (None, 1)])
def test_a_holding_is_said_from_half_on_and_where_it_is_not_stated(tmp_path: Path, percent: str, said: int) -> None:
    changed = load_workbook(OMTS)
    changed["Corporate Structure"]["G2"] = percent
    path = tmp_path / "a.xlsx"
    changed.save(path)
    assert len(read_bill(path).warnings) == said


def test_a_share_over_a_hundred_is_refused(tmp_path: Path) -> None:
    changed = load_workbook(OMTS)
    changed["Corporate Structure"]["G2"] = 151
    path = tmp_path / "a.xlsx"
    changed.save(path)
    assert faults(path)[0].problem == "`151` is no share between 0 and 100 percent"


def test_a_list_of_suppliers_names_those_in_china_and_no_parts() -> None:
    bill = read_bill(SUPPLIERS)
    assert item(bill) == {"id": "1"}
    rows = load_workbook(SUPPLIERS)["Supplier List"].iter_rows(min_row=5, values_only=True)
    chinese = [row[0] for row in rows if row[2] == "CN"]
    assert len(chinese) == 3
    assert [
        name for warning, name in zip(bill.warnings, chinese, strict=False) if f"`{name}` is in China" in warning
    ] == chinese
    assert bill.warnings[-1].endswith(
        "a list of suppliers names no parts: give the bill of materials of what is exported"
    )
