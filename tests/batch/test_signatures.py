"""Rows are told apart by two hashes; where one of them cannot, the run is refused with a sentence."""

import polars as pl
import pytest

from exportctl.batch.signature import Signatures
from exportctl.problem import Refused


def test_two_rows_of_one_hash_are_refused_with_a_sentence_and_never_taken_for_one():
    signatures = Signatures()
    hashes = pl.Series([7, 7], dtype=pl.UInt64), pl.Series([1, 2], dtype=pl.UInt64)
    with pytest.raises(
        Refused, match="the table: two different rows have the same hash\n  hint: screen it in two tables"
    ):
        signatures.number(hashes, lambda rows: range(len(rows)))
