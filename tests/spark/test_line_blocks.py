"""Rows of a text file come out the same, wherever it is cut into blocks of lines."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

pl, pa = pytest.importorskip("polars"), pytest.importorskip("pyarrow")

from exportctl.batch.delimited import Delimited  # noqa: E402
from exportctl.batch.lines import Lines  # noqa: E402
from exportctl.spark.block import PATH, START, VALUE, Blocks, seams  # noqa: E402

HEADER = b"from,to,note"
LINES = [
    b"JP,KR,x",
    b'JP,DE,"two\nlines"',
    b'JP,FR,"a ""b""\n\n,,\nc"',
    b"",
    b"ragged",
    b'JP,"open,y',
    b'KR,"ragged\n\nover ""lines""\n",DE,x',
    b'KR,DE,"a\r\nb"\r',
    b"\xfc,KR,z",
    b"CN,,",
]


def batches_of(lines, cuts, wanted):
    """Yield the lines as Spark would: each with its block, three lines a batch."""
    starts = list(accumulate(map(len, lines), lambda at, size: at + size + 1, initial=0))
    block = 0
    rows = []
    for number, (line, start) in enumerate(zip(lines, starts, strict=False)):
        block = start if number in cuts else block
        rows.append({VALUE: line, PATH: "f", START: block})
    for first in range(0, len(rows), 3):
        chosen = [row for row in rows[first : first + 3] if wanted is None or (PATH, row[START]) in wanted]
        if chosen:
            schema = pa.schema([(VALUE, pa.binary()), (PATH, pa.string()), (START, pa.int64())])
            yield pa.RecordBatch.from_pylist(chosen, schema)


def told(chunks):
    rows = [row for c in chunks for row in zip(c.numbers.to_list(), *c.frame.to_dict().values(), strict=True)]
    return rows, [row for c in chunks for row in c.rejected.rows()]


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=90), st.sets(st.integers(1, 200), max_size=12))
def test_rows_are_the_same_wherever_blocks_end(tmp_path_factory, rows, cuts):
    path = tmp_path_factory.mktemp("blocks") / "in.csv"
    data = b"\n".join([HEADER, *rows])
    path.write_bytes(data)
    lines, reader = data.split(b"\n"), Lines(("from", "to", "note"), ",", "f")

    def count(chosen):
        wanted = {(PATH, start) for _, start in chosen} or None
        return dict(Blocks(reader, 1, dict(chosen)).counted(batches_of(lines, cuts, wanted)))

    known, total = seams(count)
    found = told(list(Blocks(reader, 1, known).chunks(batches_of(lines, cuts, None))))
    assert found == told(list(Delimited(path, ",").chunks(0, 1)))
    assert total == len(found[0]) + len(found[1])
