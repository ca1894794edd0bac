import json
import subprocess
import sys

import pytest

from exportctl.decide.determination import Determination
from exportctl.law.read import rules_folder, shipped_book
from exportctl.strict_yaml import parse

NAMES = ("case", "determination", "rule", "screening-row")


def run(*arguments):
    command = [sys.executable, "-m", "exportctl", "schema", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def schema(name):
    done = run(name)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def references(data):
    if isinstance(data, dict):
        yield from ([data["$ref"]] if isinstance(data.get("$ref"), str) else [])
        for value in data.values():
            yield from references(value)
    elif isinstance(data, list):
        for value in data:
            yield from references(value)


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_of_a_schema_leads_somewhere(name):
    found = schema(name)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for reference in references(found):
        part = found
        for step in reference.removeprefix("#/").split("/"):
            part = part[step]


def test_the_schema_of_a_case_knows_the_facts_of_the_vocabulary():
    found = schema("case")
    item = found["$defs"]["Item"]["properties"]
    parameters = found["$defs"]["ItemParameters"]["properties"]
    for path in shipped_book().vocabulary.facts:
        if path.startswith("item.parameters."):
            assert path.removeprefix("item.parameters.") in parameters
        elif path.startswith("item."):
            assert path.removeprefix("item.") in item


def test_the_schema_of_a_case_follows_another_rule_book(tmp_path):
    for path in rules_folder().rglob("*.yaml"):
        copy = tmp_path / path.relative_to(rules_folder())
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text("utf-8")
        if path.name == "vocabulary.yaml":
            text = text.replace("\nfacts:\n", "\nfacts:\n  item.colour: {type: text}\n", 1)
        copy.write_text(text, "utf-8")
    done = run("case", "--rules", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "colour" in json.loads(done.stdout)["$defs"]["Item"]["properties"]


def test_the_schema_of_a_determination_has_its_published_names():
    found = schema("determination")
    assert set(found["properties"]) == set(Determination.model_fields)
    assert "if" in found["$defs"]["OpenPoint"]["properties"]


def test_the_schema_of_a_rule_allows_what_the_rules_say():
    found = schema("rule")
    for path in (rules_folder() / "cn").rglob("*.yaml"):
        (document,) = parse(path.read_text("utf-8"), path.name)
        assert set(document.data) <= set(found["properties"])
        assert set(found["required"]) <= set(document.data)
    assert {"type": "string"} in found["properties"]["lifts"]["items"]["anyOf"]


def test_the_schema_of_a_row_has_every_usual_column_every_path_and_every_result():
    found = schema("screening-row")
    columns = found["properties"]
    for name in ("shipment_id", "on", "exporter_chinese_person", "end_user_owned_by_listed_share", "activities"):
        assert name in columns
    assert "item.parameters.mixing_chamber_m3" in columns
    assert "parties.importer.military" in columns
    assert columns["law_states"]["readOnly"]
    assert found["required"] == ["from", "to"]
    assert "One of SmCo, NdFeB, other" in columns["magnet"]["description"]


def test_an_unknown_name_is_wrong_usage_and_the_names_are_told():
    done = run("licence")
    assert (done.returncode, done.stdout) == (2, "")
    assert all(name in done.stderr for name in NAMES)


def test_help_has_examples():
    done = run("--help")
    assert "Examples:" in done.stdout
    assert "exportctl schema case" in done.stdout
