"""Whatever stands in a file, its reader reads it or refuses it with sentences: damaged files of every kind."""

import io
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from exportctl.case.declaration.read import read_bill
from exportctl.case.price import read_prices, read_rates
from exportctl.case.read import read_cases, read_documents
from exportctl.law.read import rules_folder, shipped_book
from exportctl.party.read import read_party_list
from exportctl.problem import Refused

sys.path[:0] = [str(Path(__file__).parents[1] / "case" / name) for name in ("files", "declarations")]
from test_declarations import IEC, IPC, amrt  # noqa: E402
from test_workbooks import ods, xls, xlsx  # noqa: E402

BOOK = shipped_book()
CASES = rules_folder().parent / "cases"
LISTS = Path(__file__).parents[1] / "party" / "lists"
HERE = {"transfer.kind": "goods", "transfer.from": "JP", "transfer.to": "KR"}
BOM = (
    "level;part number;description;quantity;unit price;currency;country of origin\n"
    "0;M-1;motor;1;400;EUR;JP\n1;R-2;rotor, NdFeB;2;12,50;EUR;CN\n2;P-3;dysprosium;0.25;1;EUR;\n"
)
PRICES = (
    "part_number,form,element,magnet,low,high,currency,date,source\n"
    ",metal,Dy,,240,250.5,USD,2025-11-03,exchange\nR-2,,,,12.5,,EUR,2025-10-01,quotation\n"
)
RATES = "currency,rate,date,source\nUSD,1.08,2025-11-03,bank\nCNY,7.8,2025-11-03,bank\n"


def as_bill(path):
    return read_cases(read_bill(path).document, BOOK, HERE)


def as_cases(path):
    return [case for document in read_documents(path) for case in read_cases(document, BOOK)]


def published(*names):
    return (CASES.joinpath(*names)).read_bytes()


def made(make, folder, *given):
    found = make(folder, *given)
    return Path(found if found is not None else folder).read_bytes()


class Kinds(dict):
    __slots__ = ()

    def __repr__(self):
        return f"<{len(self)} kinds of files>"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Return for each kind of file one that is read, its ending, and its reader; shown in short when a test fails."""
    folder = tmp_path_factory.mktemp("whole")
    party = partial(read_party_list, book=BOOK)
    return Kinds(
        {
            "csv": (BOM.encode(), ".csv", as_bill),
            "tsv": (BOM.replace(";", "\t").encode("utf-16"), ".tsv", as_bill),
            "xlsx": (made(xlsx, folder / "a.xlsx"), ".xlsx", as_bill),
            "xls": (made(xls, folder / "a.xls"), ".xls", as_bill),
            "ods": (made(ods, folder / "a.ods"), ".ods", as_bill),
            "amrt": (made(amrt, folder / "b.xlsx", "Yes"), ".xlsx", as_bill),
            "omts": (published("bom", "omts", "omts-import-example.xlsx"), ".xlsx", as_bill),
            "ipc": (IPC.encode(), ".xml", as_bill),
            "iec": (IEC.format(more="").encode(), ".xml", as_bill),
            "cyclonedx": (published("bom", "pcie-sata", "cyclonedx_hbom_pcie_sata.json")[:6000], ".json", as_bill),
            "case": (published("demo", "rotor-magnet-answered.yaml"), ".yaml", as_cases),
            "case-json": (
                b'{"on": "2026-01-15", "item": {"form": "magnet", "value": 40}, "parties": {}}',
                ".json",
                as_cases,
            ),
            "parties": ((LISTS / "plain.csv").read_bytes(), ".csv", party),
            "opensanctions": ((LISTS / "opensanctions.csv").read_bytes(), ".csv", party),
            "prices": (PRICES.encode(), ".csv", read_prices),
            "rates": (RATES.encode(), ".csv", read_rates),
        }
    )


KINDS = (
    "csv", "tsv", "xlsx", "xls", "ods", "amrt", "omts", "ipc", "iec", "cyclonedx", "case", "case-json", "parties",
    "opensanctions", "prices", "rates",
)  # fmt: skip
PIECES = [
    b"", b"\x00", b"\xff\xfe", b'"', b"\n\n", b";;;;", b"-1", b"1e999", b"9" * 40, b"\xe2\x80\xae", b"<", b"]]>", b"{",
    b"null", b"&lt;", b"NaN", b"\xc3", b"true", b"- ", b": ", b"=1+1", "钕".encode(), b"\r", b"0x1F", b"2025-13-45",
    b'"' + b"x" * 140_000,
]  # fmt: skip
harm = st.tuples(
    st.floats(0, 1), st.sampled_from([0, 0, 1, 2, 7, 60, 4000]), st.sampled_from(PIECES) | st.binary(max_size=4)
)
harms = st.lists(harm, min_size=1, max_size=4)


def harmed(data, how):
    """Return bytes in which at some places a few are gone and others stand instead."""
    for at, gone, instead in how:
        place = int(at * len(data))
        data = data[:place] + instead + data[place + gone :]
    return data


def harmed_inside(data, how, member):
    """Return a workbook of which one part inside is harmed, so that the archive around it is whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    inner = [name for name in sorted(parts) if name.endswith(".xml")]
    chosen = inner[int(member * (len(inner) - 1))]
    parts[chosen] = harmed(parts[chosen], how)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name, content in parts.items():
            again.writestr(name, content)
    return out.getvalue()


def read(folder, kind, content):
    """Read a file, and hold every fault it is refused with to being a sentence."""
    _, ending, reader = kind
    path = folder / f"harmed{ending}"
    path.write_bytes(content)
    try:
        found, problems = reader(path), ()
    except Refused as refused:
        found, problems = None, refused.problems
    assert found is not None or problems
    assert all(problem.problem and problem.place for problem in problems)
    return found


@pytest.mark.parametrize("name", KINDS)
def test_the_files_that_are_harmed_are_read_while_they_are_whole(files, tmp_path, name):
    assert read(tmp_path, files[name], files[name][0]) is not None


few = settings(
    max_examples=max(10, settings().max_examples // 4), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.mark.parametrize("name", KINDS)
@few
@given(how=harms)
@example(how=[(0.0, 4000, b"")])
@example(how=[(0.5, 4000, b"")])
def test_a_harmed_file_is_read_or_refused_with_sentences(files, tmp_path, name, how):
    read(tmp_path, files[name], harmed(files[name][0], how))


@pytest.mark.parametrize("name", ["xlsx", "ods", "amrt", "omts"])
@few
@given(how=harms, member=st.floats(0, 1))
def test_a_workbook_harmed_inside_is_read_or_refused_with_sentences(files, tmp_path, name, how, member):
    read(tmp_path, files[name], harmed_inside(files[name][0], how, member))
