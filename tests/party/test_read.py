import datetime
from pathlib import Path

import pytest

from exportctl.party.read import read_party_list
from exportctl.problem import Refused

LISTS = Path(__file__).parent / "lists"
PLAIN = (LISTS / "plain.csv").read_text(encoding="utf-8")
OPEN = (LISTS / "opensanctions.csv").read_text(encoding="utf-8")


@pytest.fixture
def read(tmp_path, book):
    def reading(content, name="listed.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_party_list(file, book)

    return reading


@pytest.fixture
def faults(read):
    def found(content):
        with pytest.raises(Refused) as refused:
            read(content)
        return [(p.place.rpartition("/")[2], p.field, p.problem, p.hint) for p in refused.value.problems]

    return found


def test_every_row_of_the_own_layout_is_read(read):
    found = read("\ufeff" + PLAIN)
    assert [row.id for row in found.rows] == ["w-1", "c-1", "c-2", "c-3", "c-4", "c-5", "u-1", "o-1", "p-1"]
    assert found.rows[0].names == ("TDK Corporation", "TDK株式会社")
    assert (found.rows[0].list, found.rows[0].notice) == ("watch-list", "mofcom-2026-12")
    assert found.rows[7].list is None
    assert found.rows[8].person
    assert found.dated == datetime.date(2026, 8, 6)
    assert found.by_list == {"control-list": 5, "other": 1, "unreliable-entity": 2, "watch-list": 1}


def test_the_layout_of_opensanctions_is_read_with_its_days_and_notices(read):
    found = read(OPEN).rows
    assert [row.list for row in found] == ["control-list", "control-list", "watch-list", "unreliable-entity", None]
    assert [row.notice for row in found] == ["mofcom-2025-13", "mofcom-2025-22", "mofcom-2026-28", None, None]
    assert found[0].names == ("Northvale Sensors, Inc.", "诺斯维尔传感器公司", "Northvale", "NVS Labs")
    assert (found[3].since, found[3].person) == (datetime.date(2023, 2, 16), True)
    assert found[4].until == datetime.date(2025, 7, 13)
    assert [row.id for row in found] == ["row 1", "row 2", "row 3", "row 4", "row 5"]


def test_missing_columns_are_named(faults):
    found = faults("nam,aliases,list\nTDK,,watch-list\n")
    assert ("listed.csv:1", "name", "this column is missing", "did you mean `nam`?") in found
    assert ("listed.csv:1", "nam", "unknown column `nam`", "did you mean `name`?") in found
    assert ("listed.csv:1", "End date", "this column is missing", "") in faults(OPEN.replace(",End date,", ",Ends,", 1))


def test_every_faulty_row_is_named_and_nothing_is_loaded(faults):
    text = (
        "id,name,list,notice,since,until\n"
        "a,Kestrel,controll-list,,,\n"
        "b,,watch-list,,,\n"
        "c,Kestrel,control-list,mofcom-2025-211,,\n"
        "d,Kestrel,control-list,,02.01.2025,\n"
        "e,Kestrel,control-list,,2025-03-02,2025-03-01\n"
        "f,Kestrel,control-list,,\n"
        "g,Osprey,control-list,,,\n"
        "g,Merlin,control-list,,,\n"
    )
    found = faults(text)
    assert [(place, field) for place, field, _, _ in found] == [
        ("listed.csv:2", "list"),
        ("listed.csv:3", "name"),
        ("listed.csv:4", "notice"),
        ("listed.csv:5", "since"),
        ("listed.csv:6", "until"),
        ("listed.csv:7", ""),
        ("listed.csv:9", "id"),
    ]
    assert found[0][3] == "did you mean `control-list`?"
    assert found[6][2] == "`g` stands on line 8 too"


def test_a_list_under_a_new_name_is_not_taken_for_another_list(faults):
    ((place, field, problem, _),) = faults(OPEN.replace("Export Control Watch List", "Watch List", 1))
    assert (place, field, problem) == ("listed.csv:4", "List", "`Watch List` is not a list known here")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"name,list\n", "holds no parties"),
        ("name,list\n东芝,control-list\n".encode("gb18030"), "not UTF-8 text"),
        ("name,list\nTDK,control-list\n".encode("utf-16"), "not UTF-8 text"),
        (b'name,list\n"TDK,control-list\n', "not a CSV row"),
        (b"name,name,list\nTDK,TDK,watch-list\n", "this column stands twice"),
        (b"name,list\nTDK\0,watch-list\n", "this is a binary file"),
    ],
)
def test_a_file_that_is_no_list_is_refused(faults, content, problem):
    assert any(problem in found for _, _, found, _ in faults(content))


def test_a_hundred_thousand_rows_are_loaded_to_the_last(read):
    rows = "".join(f"Firm {n} of Ward {n % 7},control-list\n" for n in range(100_000))
    found = read("name,list\n" + rows)
    assert len(found.rows) == 100_000
    assert found.rows[-1].name == "Firm 99999 of Ward 4"


def test_one_fault_in_a_hundred_thousand_rows_refuses_them_all(faults):
    rows = "".join(f"Firm {n},control-list\n" for n in range(100_000))
    ((place, field, _, _),) = faults("name,list\n" + rows + "Last,contro-list\n")
    assert (place, field) == ("listed.csv:100002", "list")
