"""`exportctl screen --engine`: options that do not go together, and what is missing, each told in a line."""

import pytest
from typer.testing import CliRunner

from exportctl.command import screen_run
from exportctl.command.app import app

pytest.importorskip("polars")


def told(*options):
    result = CliRunner().invoke(app, ["screen", "in.csv", "-o", "out.csv", *options])
    return result.exit_code, " ".join(result.output.replace("│", " ").split())


def test_a_master_is_for_spark_and_resuming_is_not():
    status, said = told("--master", "yarn")
    assert (status, "give `--engine spark` as well" in said) == (2, True)
    status, said = told("--engine", "spark", "--resume")
    assert (status, "Spark repeats what it lost by itself" in said) == (2, True)


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr(screen_run, "find_spec", lambda name: None if name == "pyspark" else name)
    status, said = told("--engine", "spark")
    assert status == 1
    assert "needs `pyspark`" in said
    assert "pip install 'exportctl[spark]'" in said
