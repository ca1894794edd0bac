import json
import os
import pty
import select
import subprocess
import sys
import time

import pytest

from exportctl.law.read import shipped_book

FIRST = "2026-01-15\ngoods\nChina\nUS\n"
COMMAND = [sys.executable, "-m", "exportctl", "ask"]


def run(lines, *arguments, command="ask"):
    done = subprocess.run(
        [sys.executable, "-m", "exportctl", command, *map(str, arguments)],
        input=lines, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done


KNOWN = """
parties:
  exporter: {country: CN, chinese_person: yes, knows_overseas_rare_earth_use: no, informed_of_risk: no}
  importer: {country: KR, military: no, lists: [], owners: []}
  end_user: {country: KR, military: no, lists: [], owners: [], onward_transfer: no}
end_use: {purposes: [civil]}
item:
  {form: magnet, kind: sintered-magnet, magnet: SmCo, elements: {Sm: 34, Co: 66}, composition: complete, made_in: CN,
   origin: CN, chinese_technology: [magnet-making], value: 30.5, currency: EUR}
"""


def test_answers_from_a_pipe_end_with_the_determination_and_the_case(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(KNOWN, encoding="utf-8")
    done = run("2026-01-15\ngoods\nChina\nKorea, Republic of\nKR\nthis is not read\n", file)
    assert done.returncode == 0
    assert "No answer could change the outcome any more." in done.stderr
    assert "this is not read" not in done.stderr
    assert "MOFCOM dual-use licence is needed" in done.stdout
    assert "to: KR" in file.read_text(encoding="utf-8")


def test_without_a_file_the_case_follows_the_determination():
    done = run("2026-01-15\ngoods\nstop\n")
    assert done.stdout.startswith("Facts are missing")
    assert done.stdout.rstrip().endswith(
        "# The case\ntitle: Questions answered\non: 2026-01-15\ntransfer:\n  kind: goods"
    )


def test_the_end_of_input_ends_with_the_determination_so_far():
    done = run("2026-01-15\ngoods\nJP\n", "--format", "json")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert (found["on"], found["outcome"]) == ("2026-01-15", "needs_facts")
    assert "Stopped here" in done.stderr


def test_no_input_at_all_is_a_case_of_which_nothing_is_known():
    done = run("", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["outcome"] == "needs_facts"


def test_a_wrong_answer_is_explained_and_asked_again():
    done = run("yesterday\n2026-01-15\n7\n货物\nCN/JP\nJP\nKR\nstop\n", "--format", "json")
    said = done.stderr
    assert "`yesterday` is not a date" in said
    assert "`7` is none of the choices" in said
    assert "`CN/JP` names several countries" in said
    assert json.loads(done.stdout)["on"] == "2026-01-15"


def test_the_saved_case_is_decided_by_check_as_it_was_by_ask(tmp_path):
    file = tmp_path / "case.yaml"
    asked = run(FIRST + "?\n\ndon't know\n", file, "--format", "json")
    assert asked.returncode == 0
    checked = run(None, file, "--format", "json", command="check")
    assert checked.stdout == asked.stdout
    assert "null" in file.read_text(encoding="utf-8")


def test_a_saved_case_is_gone_on_with_and_nothing_is_asked_again(tmp_path):
    file = tmp_path / "case.yaml"
    first = run("2026-01-15\ngoods\nCN\n", file)
    assert f"exportctl ask {file}" in first.stderr
    second = run("US\n?\n", file, "--format", "json")
    assert "4 answers and 0 said" in run("", file).stderr or "To which place does it go?" in second.stderr
    assert "On which day does the export take place?" not in second.stderr
    third = run("", file)
    assert "4 answers and 1 said to be unknown" in third.stderr


def test_back_changes_the_last_answer(tmp_path):
    file = tmp_path / "case.yaml"
    run("2026-01-15\nservice\nback\ngoods\nback\nback\n2026-02-16\n", file)
    text = file.read_text(encoding="utf-8")
    assert "on: 2026-02-16" in text
    assert "kind" not in text


def test_a_line_in_another_encoding_is_a_wrong_answer():
    done = subprocess.run(
        [*COMMAND, "--format", "json"], input="2026-01-15\n货物\n".encode("gb18030"), capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b"is none of the choices" in done.stderr
    assert json.loads(done.stdout)["on"] == "2026-01-15"


def test_back_at_the_first_question_stays_there():
    done = run("back\n2026-01-15\n")
    assert "There is no answer to go back to." in done.stderr
    assert done.returncode == 0


def test_why_names_the_rules_that_wait():
    done = run("why\n" + FIRST + "why\nstop\n")
    assert "Every rule begins with the transfer." in done.stderr
    named = done.stderr.partition("These rules wait for the answer: ")[2].split("\n")[0].split(", ")
    assert named[0]
    assert set(named) <= shipped_book().rules.keys()


def test_the_conversation_is_held_in_chinese():
    done = run("2026-01-15\n货物\n中国\n美国\n不知道\n结束\n", "--lang", "zh")
    assert "出口日期是哪一天？" in done.stderr
    assert "已记为不知道。" in done.stderr
    assert "Which" not in done.stderr
    assert "# 案例" in done.stdout


def test_a_file_that_cannot_be_gone_on_with_is_left_as_it_is(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("transfer: {kind: goodz}\n", encoding="utf-8")
    done = run("2026-01-15\n", file)
    assert done.returncode == 1
    assert "`goodz`" in done.stderr
    assert file.read_text(encoding="utf-8") == "transfer: {kind: goodz}\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_the_conversation_is_held_in_a_terminal():
    main, side = pty.openpty()
    held = subprocess.Popen([*COMMAND, "--format", "json"], stdin=side, stdout=subprocess.PIPE, stderr=side)
    os.close(side)
    for wait_for, line in (("export take place?", "2026-01-15"), ("a service?", "goods"), ("it leave?", "stop")):
        _until(main, wait_for)
        os.write(main, f"{line}\n".encode())
    out, _ = held.communicate(timeout=120)
    os.close(main)
    assert held.returncode == 0
    assert json.loads(out)["on"] == "2026-01-15"


def _until(terminal, text, seconds=120):
    seen, end = "", time.monotonic() + seconds
    while f"{text}" not in seen or not seen.rstrip(" ").endswith(">"):
        assert time.monotonic() < end, seen
        if select.select([terminal], [], [], 1)[0]:
            seen += os.read(terminal, 4096).decode("utf-8", "replace")
