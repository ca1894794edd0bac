import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LIST = Path(__file__).parents[1] / "party" / "lists" / "plain.csv"
CASE = """
title: Dysprosium metal
on: 2026-03-01
transfer: {kind: goods, from: JP, to: KR, via: [], bonded: no}
parties:
  end_user: {name: TDK-Lambda, country: MY}
item: {form: metal, elements: {Dy: 99.7, Tb: 0.3}, composition: complete, origin: CN}
"""


def run(*arguments, stdin=None, **environment):
    command = [sys.executable, "-m", "exportctl", *map(str, arguments)]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def screened(*names, **given):
    done = run("parties", LIST, *names, "--format", "json", "--on", "2026-03-01", **given)
    assert (done.returncode, done.stderr) == (0, "")
    return {each["name"]: each for each in json.loads(done.stdout)["screened"]}


def test_the_three_classes_and_no_hit_come_out_of_one_call():
    found = screened("TDK株式会社", "TDK Corp", "TDK-Lambda", "Northvale Optics", "General Motors")
    assert {name: each["found"] for name, each in found.items()} == {
        "TDK株式会社": "match",
        "TDK Corp": "match",
        "TDK-Lambda": "possible_affiliate",
        "Northvale Optics": "weak",
        "General Motors": "not_found",
    }
    assert found["TDK株式会社"]["hits"][0]["alias"] == "TDK株式会社"
    assert found["TDK Corp"]["hits"][0]["alias"] == "TDK Corporation"
    assert found["General Motors"]["hits"] == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "General Motors: not found in the list supplied"), ("zh", "General Motors：所提供名单中未查到")],
)
@pytest.mark.parametrize("form", ["text", "md"])
def test_no_hit_is_said_to_be_no_more_than_that(lang, said, form):
    done = run("parties", LIST, "General Motors", "--lang", lang, "--format", form)
    assert done.returncode == 0
    assert said in done.stdout.replace("**", "")
    assert "plain.csv" in done.stdout.replace("\\", "")
    assert " clear" not in done.stdout.lower()


def test_names_are_read_from_a_pipe():
    found = screened("--names", "-", stdin="TDK Corp\n\nGeneral Motors\n")
    assert list(found) == ["TDK Corp", "General Motors"]


def test_a_check_carries_what_was_screened(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    plain = json.loads(run("check", case, "--format", "json").stdout)
    held = json.loads(run("check", case, "--format", "json", "--parties", LIST).stdout)
    assert plain["parties"] is None
    assert held["parties"]["screened"][0]["found"] == "possible_affiliate"
    assert {**held, "parties": None, "open_points": []} == {**plain, "open_points": []}
    text = run("check", case, "--parties", LIST, COLUMNS="200").stdout
    assert "possible affiliate: TDK Corporation" in text


def test_a_bill_of_materials_is_screened_too(tmp_path):
    case, bom = tmp_path / "case.yaml", tmp_path / "bom.csv"
    case.write_text(CASE.partition("item:")[0], encoding="utf-8")
    bom.write_text("level,part number,description\n0,A-1,rotor\n1,A-2,shaft\n", encoding="utf-8")
    found = json.loads(run("bom", bom, "--case", case, "--parties", LIST, "--format", "json").stdout)
    assert found["parties"]["screened"][0]["name"] == "TDK-Lambda"


def test_a_list_that_cannot_be_read_whole_stops_the_check(tmp_path):
    case, bad = tmp_path / "case.yaml", tmp_path / "bad.csv"
    case.write_text(CASE, encoding="utf-8")
    bad.write_text("name,list\nKestrel,control-list\nOsprey,controll-list\n", encoding="utf-8")
    done = run("check", case, "--parties", bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert "bad.csv:3: list: `controll-list` is not a list\n  hint: did you mean `control-list`?" in done.stderr


def test_decisions_need_a_list(tmp_path):
    case = tmp_path / "case.yaml"
    case.write_text(CASE, encoding="utf-8")
    done = run("check", case, "--decisions", tmp_path / "d.yaml")
    assert done.returncode == 2
    assert "--parties" in done.stderr


def test_without_names_the_command_says_what_it_needs():
    done = run("parties", LIST)
    assert done.returncode == 2
    assert "--names" in done.stderr


def test_without_the_libraries_the_option_says_how_to_get_them(tmp_path):
    case, hidden = tmp_path / "case.yaml", tmp_path / "hidden"
    case.write_text(CASE, encoding="utf-8")
    hidden.mkdir()
    (hidden / "rapidfuzz.py").write_text("raise ModuleNotFoundError(name='rapidfuzz')", encoding="utf-8")
    done = run("check", case, "--parties", LIST, PYTHONPATH=str(hidden))
    assert done.returncode == 1
    assert "pip install 'exportctl[parties]'" in done.stderr
    assert run("check", case, PYTHONPATH=str(hidden)).returncode == 0
    alone = run("parties", LIST, "TDK Corp", PYTHONPATH=str(hidden))
    assert alone.returncode == 1
    assert "pip install 'exportctl[parties]'" in alone.stderr
