"""`exportctl check` as a user meets it: files, standard input, formats, exit codes."""

import json
import subprocess
import sys

import pytest

OXIDE = """
title: Chinese dysprosium oxide, Japan to Vietnam
on: 2025-10-20
transfer: {kind: goods, from: JP, to: VN}
parties:
  exporter: {country: JP, chinese_person: no, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  end_user: {country: VN, military: no, lists: [], owners: []}
end_use: {purposes: [civil]}
item: {form: oxide, kind: other, elements: {Dy: 87, O: 13}, composition: complete, made_in: CN, origin: CN}
"""


def run(*arguments, text=None, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "exportctl", *arguments],
        input=text,
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "oxide.yaml"
    path.write_text(OXIDE, encoding="utf-8")
    return path


def test_a_case_on_standard_input_is_decided_and_explained():
    done = run("check", "-", text=OXIDE)
    assert done.returncode == 0
    assert "A MOFCOM dual-use licence is needed before export: No. 61 of 2025 Article 1(3)" in done.stdout
    assert "「原产于中国的」" in done.stdout or "原产于中国" in done.stdout
    assert "\x1b" not in done.stdout
    assert "This is not legal advice" in done.stdout


def test_the_same_input_gives_the_same_bytes(case):
    first, second = (run("check", case, "--format", "json").stdout for _ in range(2))
    assert first == second
    assert json.loads(first)["outcome"] == "licence_required"


def test_one_picture_shows_one_case_and_several_are_refused_with_what_to_do(case, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(OXIDE.replace("to: VN", "to: CN"), encoding="utf-8")
    done = run("check", case, other, "--format", "svg")
    assert (done.returncode, done.stdout) == (2, "")
    assert "one picture shows one case, and there are 2" in done.stderr
    assert "hint: use `--format html`" in done.stderr
    alone = run("check", case, "--format", "svg")
    assert (alone.returncode, alone.stdout.count("<svg")) == (0, 1)


def test_several_cases_are_one_json_line_each_in_the_order_given(case, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(OXIDE.replace("to: VN", "to: CN"), encoding="utf-8")
    done = run("check", other, case, "--format", "json")
    assert [json.loads(line)["outcome"] for line in done.stdout.splitlines()] == [
        "no_requirement_found",
        "licence_required",
    ]


def test_fail_on_looks_at_what_is_possible(case):
    assert run("check", case, "--fail-on", "licence_required").returncode == 4
    assert run("check", case, "--fail-on", "case_by_case").returncode == 0
    assert run("check", case, "--fail-on", "licence").returncode == 2


def test_a_reading_an_unknown_option_and_an_unknown_command_are_wrong_usage(case):
    assert run("check", case, "--reading", "denominator=nearst").returncode == 2
    assert run("check", case, "--on", "soon").returncode == 2
    assert run("chek", case).returncode == 2


def test_faults_are_all_told_nothing_is_printed_and_the_other_case_is_still_decided(case, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("transfer: {from: Japan, to: Korea}\nitem: {form: magnt}", encoding="utf-8")
    done = run("check", bad, case, "--format", "json")
    assert done.returncode == 1
    assert done.stderr.count("bad.yaml:") == 3
    assert "3 problems; no determination was made" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"a: \xe9", "not UTF-8 text (byte 4)"),
        (bytes(range(256)), "not UTF-8 text"),
        (b"title: a\0b", "this is a binary file"),
        (None, "this is a folder, not a file"),
    ],
)
def test_a_file_that_is_no_case_gets_one_clear_line(tmp_path, content, said):
    path = tmp_path / "case.yaml"
    path.mkdir() if content is None else path.write_bytes(content)
    done = run("check", path)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "case.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    done = run("check", path)
    assert done.returncode == 1
    assert "larger than" in done.stderr


def test_chinese_and_markdown_say_the_same_outcome(case):
    assert "出口前须取得商务部两用物项出口许可" in run("check", case, "--lang", "zh").stdout
    markdown = run("check", case, "--format", "md").stdout
    assert markdown.startswith("# A MOFCOM dual-use licence is needed before export")


def test_facts_can_be_stated_on_the_command_line(case):
    done = run("check", case, "--set", "parties.end_user.military=yes", "--format", "json")
    assert json.loads(done.stdout)["outcome"] == "refusal_presumed"
    done = run("check", case, "--on", "2025-11-07", "--format", "json")
    assert json.loads(done.stdout)["outcome"] == "suspended"


def test_help_shows_examples():
    done = run("check", "--help")
    assert done.returncode == 0
    assert "exportctl check magnet.yaml" in done.stdout


def test_a_part_whose_words_are_answered_raises_no_question(case):
    magnet = "item.description=sintered magnet"
    told = json.loads(run("check", case, "--set", magnet, "--format", "json").stdout)["suspects"]
    assert [suspect["description"] for suspect in told] == ["sintered magnet"]
    known = ("item.magnet=other", "item.value=3")
    sets = [word for fact in (magnet, *known) for word in ("--set", fact)]
    assert json.loads(run("check", case, *sets, "--format", "json").stdout)["suspects"] == []
