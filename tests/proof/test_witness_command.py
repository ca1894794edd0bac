"""Cases made by the command: they notice every change of what they are about, and say so when one is missing."""

import copy
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.proof.gathered import gathered
from exportctl.worked.coverage import covered, generated_runs
from exportctl.worked.run import perform

OWNER = "transfer.reaches_us"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    found = CliRunner().invoke(app, ["rules", "witness", OWNER, "--out", str(folder)])
    assert found.exit_code == 0, found.output
    return folder


def mutate(folder):
    return CliRunner().invoke(app, ["rules", "mutate", OWNER, "--cases", str(folder)])


def test_the_cases_made_for_a_fact_notice_every_change_of_it(made):
    found = mutate(made)
    assert found.exit_code == 0, found.output
    assert " 0 not noticed" in found.output


def test_a_change_is_named_once_no_case_notices_it(made, tmp_path):
    text = (made / f"{OWNER}.yaml").read_text(encoding="utf-8")
    first_only = text.split("\n- set:")[0] + "\n"
    (tmp_path / f"{OWNER}.yaml").write_text(first_only, encoding="utf-8")
    found = mutate(tmp_path)
    assert found.exit_code == 1
    assert f"no case notices: {OWNER}: " in found.output


def test_a_case_that_expects_the_opposite_or_names_another_condition_is_caught(book, made):
    run = generated_runs(made)[0]
    opposite = {OWNER: "no" if run.expected.holds[OWNER] == "yes" else "yes"}
    assert not perform(run, book).differences
    assert perform(replace(run, expected=run.expected.model_copy(update={"holds": opposite})), book).differences
    abroad = {"transfer": {"from": "KR", "to": "JP"}}
    elsewhere = run.expected.model_copy(update={"set": abroad, "shows": "transfer.leaves_china:1"})
    assert covered(book, [replace(run, expected=elsewhere)]).mistaken


def test_cases_gathered_in_one_document_are_the_cases_they_were():
    apart = [
        {"title": "a", "on": "2026-01-15", "item": {"form": "metal", "elements": {"Dy": None}}, "expect": {"n": 1}},
        {"title": "b", "on": "2026-01-16", "item": {"form": "alloy", "elements": {"Sm": "60"}}, "expect": {"n": 2}},
        {"title": "c", "on": "2026-01-15", "transfer": {"from": "CN"}, "expect": {"n": 3}},
        {"title": "d", "on": "2026-01-15", "item": None, "expect": {"n": 4}},
    ]
    documents = list(gathered("all", copy.deepcopy(apart)))
    assert [document["title"] for document in documents] == ["all", "all"]
    (together, alone) = documents
    assert together["expect"][1]["on"] == "2026-01-16"
    assert together["expect"][1]["set"] == {"item.form": "alloy", "item.elements": {"Sm": "60"}}
    assert together["expect"][2]["set"] == {"item": None, "transfer": {"from": "CN"}}
    assert alone["item"] is None
