"""Prices and rates from the user's tables, and what a determination says of the amounts it rests on."""

import json

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app

AROUND = """
on: 2026-01-15
transfer: {kind: goods, from: JP, to: KR, via: [], bonded: no}
parties:
  exporter: {country: JP, chinese_person: no, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  end_user: {country: KR, military: no, lists: [], owners: [], onward_transfer: no}
end_use: {purposes: [civil]}
item:
  description: arc segment
  form: magnet
  kind: sintered-magnet
  magnet: NdFeB
  elements: {Nd: 29.4, Dy: 2.1, Fe: 67.5, B: 1.0}
  composition: complete
  made_in: JP
  origin: JP
  chinese_technology: []
"""
DYSPROSIUM = """
    - description: dysprosium metal
      form: metal
      kind: other
      elements: {Dy: 99.4, Fe: 0.6}
      composition: complete
      made_in: CN
      origin: CN
      chinese_technology: []
"""


@pytest.fixture
def decided(tmp_path):
    def run(item, *options, files=(), status=0):
        (tmp_path / "case.yaml").write_text(AROUND + item, encoding="utf-8")
        for name, text in files:
            (tmp_path / name).write_text(text, encoding="utf-8")
        given = [str(tmp_path / o) if o.endswith(".csv") else o for o in options]
        done = CliRunner().invoke(app, ["check", str(tmp_path / "case.yaml"), "--format", "json", *given])
        assert done.exit_code == status, done.output
        return json.loads(done.stdout) if status == 0 else done.stderr

    return run


PRICES = "form,element,low,high,currency,date,source\nmetal,Dy,240,250,USD,2026-01-09,quotation 77\n"
WEIGHED = "  value: 50\n  currency: USD\n  components:" + DYSPROSIUM + "      unit_mass_g: 0.2\n"


def test_a_price_table_values_what_has_only_a_mass_and_is_named_as_an_assumption(decided):
    found = decided(WEIGHED, "--prices", "prices.csv", files=[("prices.csv", PRICES)])
    (share,) = found["shares"]
    assert (share["low"], share["high"], share["reaches"]) == ("0.00096", "0.001", "unknown")
    assert "price of metal, Dy: 240..250 USD/kg, 2026-01-09, quotation 77" in found["assumptions"]
    assert "metal, Dy的价格：240..250 USD/kg, 2026-01-09, quotation 77" in found["assumptions_zh"]


def test_without_the_table_its_value_is_asked_for(decided):
    found = decided(WEIGHED)
    assert found["outcome"] == "needs_facts"
    assert {p["id"]: p["if"] for p in found["open_points"] if p["kind"] == "fact"} == {
        "item.value": {"below 0.05 USD": "no_requirement_found", "0.05 USD or more": "suspended"}
    }


MIXED = "  value: 70\n  currency: EUR\n  components:" + DYSPROSIUM + "      value: 0.08\n      currency: USD\n"


def test_two_currencies_never_add_up_without_a_rate_table(decided):
    assert "amounts in EUR, USD do not add up" in decided(MIXED, status=1)


@pytest.mark.parametrize(("rate", "share"), [("0.875", "yes"), ("0.874999999", "no"), ("1.2", "yes")])
def test_rates_bring_amounts_together_exactly(decided, rate, share):
    table = f"currency,rate,date,source\nEUR,1,2026-01-14,bank\nUSD,{rate},2026-01-14,bank\n"
    found = decided(MIXED, "--rates", "rates.csv", files=[("rates.csv", table)])
    assert found["shares"][0]["reaches"] == share
    assert f"rate of USD: {rate}, 2026-01-14, bank" in found["assumptions"]


def test_a_currency_without_a_rate_is_refused_by_name(decided):
    table = "currency,rate,date,source\nEUR,1,2026-01-14,bank\n"
    assert "the rate table has no `USD`" in decided(MIXED, "--rates", "r.csv", files=[("r.csv", table)], status=1)


def test_every_fault_of_a_table_is_named_with_its_row(decided):
    table = (
        "form,low,high,currency,date,source\nmetal,9,8,USD,2026-01-09,q\n,1,2,USD,2026-01-09,q\nmetal,1,2,USD,soon,q\n"
    )
    said = decided(WEIGHED, "--prices", "p.csv", files=[("p.csv", table)], status=1)
    assert "p.csv:2: `9` to `8` is no interval of prices" in said
    assert "p.csv:3: says nothing of what it is the price of" in said
    assert "p.csv:4: `soon` is not a date" in said


def test_a_share_names_its_parts_its_distance_and_what_would_flip_it(decided):
    found = decided("  value: 50\n  currency: USD\n  components:" + DYSPROSIUM + "      value: 0.04\n")
    (share,) = found["shares"]
    assert share["distance"] == ["-0.0002", "-0.0002"]
    assert [(p["item"], p["counts"], p["amount"]) for p in share["portions"]] == [("1.1", "yes", ["0.04", "0.04"])]
    assert [(f["item"], f["fact"], f["at"], f["turns"]) for f in share["flips"]] == [
        ("1", "item.value", "40.00", "not_reached"),
        ("1.1", "item.value", "0.05", "reached"),
    ]


def test_a_share_over_the_line_would_fall_by_another_origin(decided):
    found = decided("  value: 50\n  currency: USD\n  components:" + DYSPROSIUM + "      value: 0.07\n")
    flips = [(f["item"], f["fact"], f["at"], f["turns"]) for f in found["shares"][0]["flips"]]
    assert ("1.1", "item.origin", None, "not_reached") in flips
