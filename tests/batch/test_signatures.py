"""Rows are told apart by two hashes; where one of them cannot, the run is refused with a sentence."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.batch.signature import Signatures
from exportctl.problem import Refused


def test_two_rows_of_one_hash_are_refused_with_a_sentence_and_never_taken_for_one():
    signatures = Signatures()
    hashes = pl.Series([7, 7], dtype=pl.UInt64), pl.Series([1, 2], dtype=pl.UInt64)
    with pytest.raises(
        Refused, match="the table: two different rows have the same hash\n  hint: screen it in two tables"
    ):
        signatures.number(hashes, lambda rows: range(len(rows)))


@given(st.lists(st.lists(st.sampled_from([0, 1, 7, 2**22, 2**22 + 1, 2**63, 2**64 - 1, 2**63 + 7]))))
def test_a_row_has_the_number_it_was_given_when_it_was_met_first(tables):
    signatures, given_numbers = Signatures(), {}
    for keys in tables:
        key = pl.Series(keys, dtype=pl.UInt64)

        def read(rows, keys=keys):
            return [given_numbers.setdefault(keys[row], len(given_numbers)) for row in rows.to_list()]

        found = signatures.number((key, key), read)
        assert found.to_list() == [given_numbers[one] for one in keys]
    assert len(signatures.keys) == len(given_numbers)
