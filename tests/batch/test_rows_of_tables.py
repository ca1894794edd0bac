"""Rows of JSON lines and Parquet: what cannot be read is rejected or refused with a sentence, never cut down."""

import polars as pl
import pytest

from exportctl.batch.tables import JsonLines, Parquet
from exportctl.problem import Refused

GOOD = '{"from": "JP", "to": "KR"}'


def chunk_of(tmp_path, *lines):
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join([GOOD, *lines]))
    (chunk,) = JsonLines(path).chunks(0, 1)
    return chunk


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"from": "JP", "to": "KR", "to": "US"}', "names `to` twice"),
        ('{"transfer": {"to": "KR"}, "transfer.to": "US"}', "names `transfer.to` twice"),
        ('{"item": {"form": "metal"}, "item": {"kind": "other"}}', "names `item` twice"),
        ('{"from": "\\ud800", "to": "KR"}', "holds half of a character"),
        ("[" * 100_000, "is nested too deeply"),
    ],
)
def test_a_line_with_no_one_meaning_is_rejected(tmp_path, line, problem):
    chunk = chunk_of(tmp_path, line, GOOD)
    assert chunk.frame.rows() == [("JP", "KR"), ("JP", "KR")]
    assert [(row["row"], row["problem"]) for row in chunk.rejected.to_dicts()] == [(2, problem)]


def test_a_null_among_several_values_is_kept_as_what_nobody_can_read(tmp_path):
    assert chunk_of(tmp_path, '{"purposes": ["civil", null]}').texts["purposes"].to_list() == [None, "civil; null"]
    pl.DataFrame({"purposes": [["civil", None], [], None]}).write_parquet(tmp_path / "rows.parquet")
    (chunk,) = Parquet(tmp_path / "rows.parquet").chunks(0, 1)
    assert chunk.texts["purposes"].to_list() == ["civil; null", "none", None]


@pytest.mark.parametrize("cells", [[b"\xff"], [{"a": 1, "b": None}], [[{"a": 1, "b": None}]]])
def test_a_parquet_column_that_is_no_text_is_refused_with_a_sentence(tmp_path, cells):
    pl.DataFrame({"from": cells}).write_parquet(tmp_path / "rows.parquet")
    with pytest.raises(Refused, match="cannot be read from row 1 on"):
        list(Parquet(tmp_path / "rows.parquet").chunks(0, 1))
