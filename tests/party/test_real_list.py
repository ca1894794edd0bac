"""The file `cn_sanctions` of OpenSanctions itself, which is not ours to copy: named by EXPORTCTL_CN_SANCTIONS."""

import os
from pathlib import Path

import pytest

from exportctl.party.read import read_party_list
from exportctl.party.search import Search

FILE = os.environ.get("EXPORTCTL_CN_SANCTIONS")
pytestmark = pytest.mark.skipif(not FILE, reason="EXPORTCTL_CN_SANCTIONS names no file")


@pytest.fixture(scope="module")
def search(book):
    return Search(read_party_list(Path(FILE), book))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("TDK株式会社", {"match"}),
        ("TDK Corp", {"match"}),
        ("TDK-Lambda", {"possible_affiliate"}),
        ("General Motors", set()),
        ("通用汽车公司", set()),
        ("漢翔航空工業股份有限公司", {"match"}),
        ("Rheinmetall Waffe Munition GmbH", {"possible_affiliate"}),
    ],
)
def test_names_come_out_in_their_class(search, name, found):
    assert {str(hit.class_) for hit in search.hits(name)} == found


def test_every_control_list_and_watch_list_row_has_its_notice(search):
    rows = [row for row in search.parties.rows if row.list in ("control-list", "watch-list")]
    assert {row.list for row in rows} == {"control-list", "watch-list"}
    assert [row.place for row in rows if row.notice is None] == []


def test_every_listed_party_is_a_match_with_itself(search):
    lost = [
        (row.id, name)
        for row in search.parties.rows
        for name in row.names
        if row.id not in {hit.listed.id for hit in search.hits(name) if str(hit.class_) == "match"}
    ]
    assert lost == []
