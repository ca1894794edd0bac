import pytest

from exportctl.party.decision import read_decisions
from exportctl.problem import Refused

ONE = """
  - name: TDK-Lambda
    listed: TDK Corporation
    decision: false-positive
    reason: no common owner
    by: trade desk
    on: 2026-03-01
    until: 2026-09-30
"""


@pytest.fixture
def made(tmp_path):
    def reading(text):
        file = tmp_path / "decisions.yaml"
        file.write_text(text, encoding="utf-8")
        return read_decisions(file)

    return reading


def test_a_decision_is_found_under_any_writing_of_both_names(made):
    found = made("decisions:" + ONE)
    assert found.on("ＴＤＫ－LAMBDA K.K.", ("TDK株式会社",)) is found.all[0]
    assert found.on("TDK-Lambda", ("Tokin Corporation",)) is None
    assert found.on("TDK Electronics", ("TDK Corporation",)) is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[]", "holds one list, `decisions`"),
        ("decisions:" + ONE.replace("    reason: no common owner\n", ""), "this key is missing"),
        ("decisions:" + ONE.replace("false-positive", "fine"), "`fine` is not one of false-positive or same-party"),
        ("decisions:" + ONE.replace("2026-09-30", "2026-02-28"), "ends on 2026-02-28, before 2026-03-01"),
        ("decisions:" + ONE + ONE.replace("TDK-Lambda", "TDK Lambda"), "stand at"),
        ("decisions:" + ONE.replace("by:", "bye:"), "unknown key `bye`"),
    ],
)
def test_a_decision_that_cannot_be_honoured_is_refused(made, text, problem):
    with pytest.raises(Refused) as refused:
        made(text)
    assert any(problem in p.problem for p in refused.value.problems)
