"""A cell that names no value is rejected: it never means `none`, which is a fact."""

import polars as pl
import pytest

from exportctl.batch.heading import read_headings
from exportctl.batch.screening import Screening

SEVERAL = ["end_user_lists", "parties.importer.lists", "chinese_technology", "activities",
           "transfer.via", "purposes"]  # fmt: skip


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize("text", [";", " ; ;"])
def test_separators_alone_never_mean_none(book, name, text):
    frame = pl.DataFrame({"from": "CN", "to": "US", name: [text, None]})
    (row,) = Screening(book, read_headings(frame.columns, book, "rows")).screen(frame).rejected.to_dicts()
    assert (row["row"], row["column"], row["value"]) == (1, name, text)
    assert row["problem"] == f"`{text.strip()}` names no value"
    assert row["hint"] == "write `none` for none, and nothing for not known"
