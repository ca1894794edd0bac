from typer.testing import CliRunner

from exportctl.command.app import app

runner = CliRunner()


def test_quick_claims_are_proved_of_the_shipped_rules_and_said_in_words():
    found = runner.invoke(app, ["rules", "prove", "--claim", "state", "--claim", "value"])
    assert found.exit_code == 0, found.output
    assert "proved  every provision has exactly one state on every day" in found.output
    assert "2 of 2 claims hold" in found.output


def test_an_unknown_claim_is_refused_with_the_names_of_all():
    found = runner.invoke(app, ["rules", "prove", "--claim", "militry"])
    assert found.exit_code == 2
    assert "military" in found.output
