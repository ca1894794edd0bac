"""`exportctl claims`, from outside: verdicts, reasons, cases that are run, and faults with file and line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exportctl.claim.claim import VERDICTS
from exportctl.claim.read import read_claims
from exportctl.command.app import app
from exportctl.command.claims import checked
from exportctl.law.read import rules_folder, shipped_folder
from exportctl.problem import Refused

STATED = {stated.claim.id: stated.claim for stated in read_claims(shipped_folder("seeds") / "press")}
EVENTS = ("p16", "p20", "p21", "p23")
PRESS = "seeds/press/made-up.yaml"
CLAIM = """claims:
  - id: m1
    says: {en: Magnets are banned., zh: 磁体被禁止。}
    where: {en: a made-up note, zh: 虚构评论}
    said: 2025-10
    verdict: wrong
    why: {en: A licence is enough., zh: 取得许可即可。}
    cases:
      - case: made-up.yaml
        note: a magnet with dysprosium
        shows: {outcome: licence_required, applies: {mofcom-gac-2025-18.list: "yes"}}
"""
CASE = """title: A magnet
on: 2025-07-08
transfer: {kind: goods, from: CN, to: DE, via: [], bonded: no}
parties:
  exporter: {country: CN, chinese_person: yes, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  end_user: {country: DE, military: no, lists: [], owners: [], onward_transfer: no}
end_use: {purposes: [civil]}
item: {form: magnet, kind: sintered-magnet, magnet: NdFeB, elements: {Nd: 29.4, Dy: 1.7, Fe: 67.9, B: 1.0},
       composition: complete, made_in: CN, origin: CN, chinese_technology: [], value: 3, currency: EUR}
expect:
  - note: a magnet with dysprosium
    outcome: licence_required
    applies: {mofcom-gac-2025-18.list: "yes"}
  - note: a magnet without it
    set: {item.elements: {Nd: 31.1, Fe: 67.9, B: 1.0}}
    outcome: no_requirement_found
"""


def run(*arguments):
    return CliRunner(env={"COLUMNS": None, "FORCE_COLOR": None}).invoke(app, arguments)


def found(*arguments):
    done = run("claims", *arguments, "--format", "json")
    assert (done.exit_code, done.stderr) == (0, "")
    return {one["id"]: one for one in json.loads(done.stdout)["claims"]}


@pytest.fixture(scope="module")
def everything():
    return found()


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the shipped rules, one claim and one case."""
    shutil.copytree(rules_folder(), tmp_path / "rules")
    for file, text in ((PRESS, CLAIM), ("cases/made-up.yaml", CASE)):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


def edit(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def of(folder, *arguments):
    return run("claims", "--rules", str(folder / "rules"), *arguments)


# ---- what is shipped


def test_every_row_of_the_press_stories_has_a_verdict():
    assert [name for name in STATED if name.startswith("p")] == [f"p{number:02}" for number in range(1, 29)]


def test_every_wrong_statement_that_goes_round_has_a_verdict():
    assert [name for name in STATED if name.startswith("s")] == [f"s{number:02}" for number in range(1, 9)]
    assert [name for name in STATED if name.startswith("e")] == [f"e{number:02}" for number in range(1, 16)]
    assert {STATED[f"s{number:02}"].verdict for number in range(1, 9)} == {"wrong"}


def test_every_claim_holds_and_every_claim_of_law_or_event_names_a_case(everything):
    assert set(everything) == set(STATED)
    assert [name for name, one in everything.items() if not one["holds"]] == []
    assert [name for name, one in everything.items() if one["verdict"] != "not law" and not one["cases"]] == []
    assert [name for name in EVENTS if not everything[name]["event"] or not everything[name]["cases"]] == []


def test_two_stories_that_contradict_each_other_both_stand():
    half, whole = STATED["p14"], STATED["p15"]
    assert "500 million" in half.says.en
    assert "5 billion" in whole.says.en
    assert (half.conflicts, whole.conflicts) == (["p15"], ["p14"])
    assert {half.verdict, whole.verdict} == {"not law"}


def test_the_pakistani_shipment_is_decided_with_and_without_chinese_technology(everything):
    notes = {case["note"]: case["outcome"] for name in ("p16", "p17") for case in everything[name]["cases"]}
    assert notes["on the day, without Chinese technology"] == "no_requirement_found"
    assert notes["on the day, mined and separated with Chinese technology"] == "no_requirement_found"
    assert notes["mining technology, from the day No. 62 was issued"] == "licence_required"
    assert any("antimony" in note for note in notes)
    assert any("copper" in note for note in notes)


@pytest.mark.parametrize("verdict", VERDICTS)
def test_claims_are_chosen_by_verdict(everything, verdict):
    chosen = found("--verdict", verdict.replace(" ", "-"))
    assert list(chosen) == [name for name, one in everything.items() if one["verdict"] == verdict]
    assert chosen


def test_claims_are_chosen_by_id():
    assert list(found("s02", "p11")) == ["p11", "s02"]


# ---- how it is written


def test_a_claim_is_written_with_verdict_where_why_and_cases():
    done = run("claims", "s02")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert lines[0] == "s02 wrong The threshold is 0.1 % by weight."
    assert "Said in: public commentary on No. 61" in done.stdout
    assert "Why: It is a share of value." in done.stdout
    assert "ok cases/statements/by-weight.yaml:" in done.stdout
    assert lines[-1] == "claims: 1 (1 wrong); runs of worked cases: 2, failed: 0"


def test_a_claim_is_written_in_chinese():
    text = run("claims", "s02", "--lang", "zh").stdout
    assert "s02 错误 门槛为重量的0.1%。" in text
    assert "理由：门槛是价值比例" in text


def test_claims_are_written_as_markdown_by_verdict():
    text = run("claims", "s02", "p15", "--format", "md").stdout
    assert text.startswith("# What is said")
    assert text.index("## wrong") < text.index("- `s02` The threshold") < text.index("## not law") < text.index("`p15`")
    assert "**Contradicted by**: `p14`" in text


# ---- what goes wrong


def test_a_claim_beside_another_rule_book_is_read_from_there(folder):
    done = of(folder)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "m1 wrong Magnets are banned." in done.stdout
    assert "ok cases/made-up.yaml:11 a magnet with dysprosium: licence required" in done.stdout


def test_a_case_that_no_longer_passes_fails_its_claim(folder):
    edit(folder, "cases/made-up.yaml", "{Nd: 29.4, Dy: 1.7, Fe: 67.9", "{Nd: 29.4, Pr: 1.7, Fe: 67.9")
    done = of(folder)
    assert done.exit_code == 1
    assert "FAILED cases/made-up.yaml:11 a magnet with dysprosium: no requirement found" in done.stdout
    assert "outcome is no_requirement_found, expected licence_required" in done.stdout
    assert "runs of worked cases: 1, failed: 1" in done.stdout


FAULTS = [
    ("verdict: wrong", "verdict: bad", 6, "`bad` is not one of right, wrong, imprecise, open or not law"),
    ("note: a magnet with dysprosium", "note: a magnet with terbium", 10, "no run of `made-up.yaml` with the note"),
    ("case: made-up.yaml", "case: made-upp.yaml", 9, "`made-upp.yaml` cannot be read"),
    (
        "outcome: licence_required",
        "outcome: prohibited",
        11,
        "the claim needs outcome prohibited, and the case",
    ),
    ('list: "yes"', 'list: "no"', 11, "the claim needs applies mofcom-gac-2025-18.list: no, and the case says"),
    ("said: 2025-10", "said: lately", 5, "`lately` is not a day, month or year"),
    ("zh: 取得许可即可。", 'zh: " "', 7, "the Chinese text is empty"),
    ("    said: 2025-10", "    conflicts: [m2]", 5, "unknown claim `m2`"),
    ("    said: 2025-10", "    event: yes", 2, "an event is no statement of law, and its verdict is `wrong`"),
    ("    said: 2025-10", "    saids: 2025-10", 5, "unknown key `saids`"),
    (CLAIM[CLAIM.index("    cases:") :], "", 2, "`m1` is a claim of law and names no case"),
]


@pytest.mark.parametrize(("old", "new", "line", "text"), FAULTS, ids=[fault[3][:50] for fault in FAULTS])
def test_a_faulty_claim_is_named_with_file_and_line(folder, old, new, line, text):
    edit(folder, PRESS, old, new)
    with pytest.raises(Refused) as refused:
        checked(folder)
    (problem,) = refused.value.problems
    assert problem.place == f"{PRESS}:{line}"
    assert text in problem.problem


def test_rules_check_tells_faults_of_rules_and_of_claims_together(folder):
    edit(folder, PRESS, "note: a magnet with dysprosium", "note: a magnet with terbium")
    edit(folder, "rules/cn/mofcom-2025-62/art-6-scope.yaml", "at: transfer", "att: transfer")
    done = run("rules", "check", "--rules", str(folder / "rules"))
    assert done.exit_code == 1
    assert "rules/cn/mofcom-2025-62/art-6-scope.yaml" in done.stderr
    assert f"{PRESS}:10: claims[0].cases[0].note: no run of `made-up.yaml` with the note" in done.stderr
    assert "hint: did you mean `a magnet with dysprosium`?" in done.stderr


def test_a_conflict_stands_in_both_claims(folder):
    second = (
        CLAIM.removeprefix("claims:\n")
        .replace("id: m1", "id: m2")
        .replace("    said:", "    conflicts: [m1]\n    said:")
    )
    (folder / PRESS).write_text(CLAIM + second, encoding="utf-8")
    assert f"{PRESS}:15: claims[1].conflicts[0]: `m1` does not name `m2` in return" in of(folder).stderr


def test_one_id_stands_for_one_claim(folder):
    (folder / PRESS).write_text(CLAIM + CLAIM.removeprefix("claims:\n"), encoding="utf-8")
    assert f"{PRESS}:12: claims[1].id: `m1` stands at {PRESS}:2 too" in of(folder).stderr


def test_a_rule_book_without_claims_says_so(tmp_path):
    shutil.copytree(rules_folder(), tmp_path / "rules")
    done = of(tmp_path)
    assert done.exit_code == 1
    assert "there are no claims beside this rule book" in done.stderr


def test_an_unknown_claim_or_verdict_is_wrong_usage():
    assert run("claims", "p99").exit_code == 2
    assert "unknown claim `p99`" in run("claims", "p99").stderr
    assert run("claims", "--verdict", "true").exit_code == 2
