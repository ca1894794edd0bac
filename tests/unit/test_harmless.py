"""What of a text from a file reaches a terminal."""

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.harmless import harmless, visible
from exportctl.problem import Problem

CLEAR = "\x1b[2J"
HIDDEN = [
    (CLEAR, "[2J", "\\x1b[2J"), ("\x07", "", "\\x07"), ("\x9b2J", "2J", "\\x9b2J"), ("\u200b", "", "\\u200b"),
    ("\u202e", "", "\\u202e"), ("\ufeff", "", "\\ufeff"), ("\U000e0041", "", "\\U000e0041"), ("\n", " ", "\\n"),
]  # fmt: skip


@pytest.mark.parametrize(("hidden", "left", "escape"), HIDDEN)
def test_what_cannot_be_seen_is_left_out_for_readers_and_written_out_for_authors(hidden, left, escape):
    text = f"永磁{hidden}体 é"
    assert harmless(text) == f"永磁{left}体 é"
    assert harmless(text).isprintable()
    assert visible(text) == f"永磁{escape}体 é"
    assert visible(text).isprintable()
    assert harmless("永磁  体 é") == "永磁 体 é"
    assert visible("永磁  体 é") == "永磁  体 é"


def test_a_problem_stands_on_one_line_with_its_hint_on_another():
    problem = Problem(f"in{CLEAR}.csv:2", "item.form\n", "`mag\u200bnet` is not known", "did you mean\n`magnet`?")
    told = "in\\x1b[2J.csv:2: item.form\\n: `mag\\u200bnet` is not known\n  hint: did you mean\\n`magnet`?"
    assert str(problem) == told


def ran(*words):
    found = CliRunner().invoke(app, [str(word) for word in words], color=True)
    return found.output


def test_no_command_sends_what_a_file_holds_to_the_terminal_as_a_command(tmp_path):
    case, bill, ledger = tmp_path / "case.yaml", tmp_path / "bill.csv", tmp_path / "ledger.csv"
    case.write_text('on: 2026-01-15\ntransfer: {kind: goods, from: CN, to: "J\\e[2JP"}\n')
    bill.write_text(f"part{CLEAR},description,quantity,unit_value,currency\nA{CLEAR}1,magnet{CLEAR},3,2,USD\n")
    ledger.write_text(f"from,to,note{CLEAR}\nJP,KR,a{CLEAR}\nJP,{CLEAR}KR,b\n")
    told = ran("check", case), ran("bom", bill), ran("screen", ledger, "-o", tmp_path / "out.csv")
    assert all(said and CLEAR not in said for said in told), told
    assert "`J\\x1b[2JP` is not a country" in told[0]
    assert "1 rows out + 1 rejected" in told[2]
