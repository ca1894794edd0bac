"""A table of shipments that is damaged is screened or refused with sentences."""

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from typer.testing import CliRunner

from exportctl.command.app import app
from properties.test_any_file import harmed, harms

ROWS = [
    {"on": "2026-01-15", "transfer_kind": "goods", "from": "JP", "to": "KR", "form": "magnet", "origin": "CN"},
    {"on": "2025-10-20", "transfer_kind": "goods", "from": "CN", "to": "DE", "form": "metal", "elements": "Dy 99"},
]
WRITE = {"csv": "write_csv", "jsonl": "write_ndjson", "parquet": "write_parquet", "xlsx": "write_excel"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    for ending, write in WRITE.items():
        getattr(pl.DataFrame(ROWS), write)(folder / f"table.{ending}")
    return folder


@pytest.mark.parametrize("ending", WRITE)
@settings(
    max_examples=max(4, settings().max_examples // 10), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(how=harms)
@example(how=[(0.02, 0, b'"' + b"x" * 140_000)])
@example(how=[(0.25, 1, b"\xc3")])
@example(how=[(0.05, 7, b"\r")])
def test_a_damaged_table_is_screened_or_refused_with_sentences(whole, tmp_path, ending, how):
    for path in tmp_path.iterdir():
        path.unlink()
    table = tmp_path / f"harmed.{ending}"
    table.write_bytes(harmed((whole / f"table.{ending}").read_bytes(), how))
    found = CliRunner().invoke(app, ["screen", str(table), "-o", str(tmp_path / "out.csv")])
    assert found.exception is None or isinstance(found.exception, SystemExit), how
    assert found.exit_code in (0, 1)
    assert found.output.strip()
