"""A case with faults: every one of them is told, with its line, and nothing is decided."""

import pytest

from exportctl.case.read import read_cases, read_documents
from exportctl.problem import Refused

MANY = """title: many faults
on: 2026-02-30
transfr: {kind: goods}
transfer: {kind: goods, from: JPN, to: no, via: [XX]}
parties:
  end_user: {country: KR, military: maybe, lists: [controllist], owners: [{share: 150}]}
end_use: {purposes: [], logic_nm: fourteen}
item:
  form: magnt
  elements: {Nd: 60, Dy: 50, Xx: 1}
  value: -5
  currency: USD
  components:
    - {form: metal, value: 3, currency: EUR, elements: {Dy: -1}}
    - {form: metal, quantity: two, unit_mass_g: 1e3}
"""


def told(tmp_path, book, text, name="case.yaml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        [read_cases(document, book) for document in read_documents(path)]
    return [str(problem).removeprefix(f"{path}:").removeprefix(f"{path}") for problem in refused.value.problems]


def test_every_fault_of_a_case_is_told_in_reading_order(tmp_path, book):
    said = told(tmp_path, book, MANY)
    assert [line.partition(":")[0] for line in said] == [*"2344466677", "9", "10", "11", "14", "15", "15"]
    for part in (
        "on: `2026-02-30` is not a date",
        "unknown key `transfr`\n  hint: did you mean `transfer`?",
        "transfer.from: `JPN` is not a country",
        "transfer.to: `no` in lower case is not a country; Norway is written NO",
        "transfer.via: `XX` is not a country",
        "parties.end_user.military: `maybe` is not yes or no",
        "parties.end_user.lists: `controllist` is not a known value; did you mean `control-list`?",
        "parties.end_user.owners: `150` is above 100",
        "end_use.purposes: an empty list would mean none at all",
        "end_use.logic_nm: `fourteen` is not a number",
        "item.form: `magnt` is not a known value; did you mean `magnet`?",
        "`Xx` is not a chemical element; the percentages add up to 111, over 100",
        "item.value: `-5` is below 0",
        "item.components[0].elements: Dy `-1` is not a percentage from 0 to 100",
        "item.components[1].quantity: `two` is not a number",
        "item.components[1].unit_mass_g: `1e3` is not a number",
    ):
        assert part in "\n".join(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item: {value: 5, currency: USD, components: [{value: 3, currency: EUR}]}", "EUR, USD do not add up"),
        ("item: &a {form: assembly, components: [*a]}", "refers to itself"),
        ("item: {form: metal, form: alloy}", "this key stands twice"),
        ("item: {value: 1234567890123456789}", "more than 18 digits before"),
        ("item: {value: 0.1234567891}", "9 after the point"),
        ("item: {price_per_kg: {low: 420, high: 300}}", "the low end 420 lies above the high end 300"),
        ("item: {form: alloy, elements: {Nd: [29]}}", "item.elements: Nd `[29]` is not a percentage from 0 to 100"),
        ("item: {form: alloy, elements: {Nd: [29]}}", "; write one number for each element, such as {Nd: 29, Dy: 2.5}"),
        ("item: {form: alloy, elements: {Dy: {low: 0.1, high: 2}}}", "Dy `{low: 0.1, high: 2}` is not a percentage"),
        ("item: {form: alloy, elements: {Tb: true}}", "Tb `true` is not a percentage from 0 to 100"),
        ("item: {value: [29]}", "item.value: `[29]` is not a number"),
        ("item: {unit_mass_g: {low: [1.5, null], high: 2}}", "item.unit_mass_g: `[1.5, null]` is not a number"),
        ("on: [2026-01-15]", "on: `[2026-01-15]` is not a date"),
        ("transfer: {from: [JP], to: {a: 1}}", "transfer.from: `[JP]` is not a country"),
        ("licences: [{quantity: [5]}]", "licences[0].quantity: `[5]` is not an amount of 0 or more"),
        ("- a\n- b", "a case is a mapping"),
        ("item: 'magnet", "not YAML"),
        ("technology: {control_code: 1E999}", "`1E999` is not a code of any technology here"),
        ("item: {control_code: 1C999.z}", "1C999.z"),
        ("parties: {end_user: {lists: [{list: control-list, notice: mofcom-2025-99}]}}", "is not an instrument"),
    ],
)
def test_a_fault_that_cannot_be_decided_around_is_told(tmp_path, book, text, said):
    assert said in "\n".join(told(tmp_path, book, text))


def test_a_hundred_thousand_levels_are_refused_and_not_a_crash(tmp_path, book):
    deep = "item: " + "{components: [" * 100_000
    assert told(tmp_path, book, deep)


def test_json_is_read_as_strictly(tmp_path, book):
    assert "this key stands twice" in told(tmp_path, book, '{"title": "a", "title": "b"}', "case.json")[0]
    assert "not JSON" in told(tmp_path, book, '{"title": ', "case.json")[0]


def test_a_country_named_no_is_norway(tmp_path, book):
    path = tmp_path / "case.yaml"
    path.write_text("transfer: {kind: goods, from: NO, to: KR}", encoding="utf-8")
    (case,) = read_cases(read_documents(path)[0], book)
    assert case.facts["transfer.from"] == "NO"
