import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exportctl.problem import Refused
from exportctl.strict_yaml import parse, parse_json, read_text


def data(text):
    return parse(text, "case.yaml")[0].data


def test_words_that_yaml_bends_stay_what_they_are():
    assert data("{country: NO, hs: 010, ratio: 0.1, big: 1e5, on: 2026-01-15, yes_: yes, quoted: 'no', empty: }") == {
        "country": "NO",
        "hs": "010",
        "ratio": Decimal("0.1"),
        "big": "1e5",
        "on": datetime.date(2026, 1, 15),
        "yes_": True,
        "quoted": "no",
        "empty": None,
    }


def test_a_date_that_does_not_exist_stays_text():
    assert data("on: 2026-02-30") == {"on": "2026-02-30"}


def test_every_key_that_stands_twice_is_refused_with_its_line():
    with pytest.raises(Refused) as refused:
        parse("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", "case.yaml")
    assert [(p.place, p.field) for p in refused.value.problems] == [("case.yaml:4", "b.c"), ("case.yaml:5", "a")]


def test_an_alias_that_holds_itself_is_refused():
    with pytest.raises(Refused, match="refers to itself"):
        parse("a: &a\n  b: *a\n", "case.yaml")


def test_each_value_knows_its_line():
    document = parse("item:\n  components:\n    - {form: metal}\n    - form: oxide\n", "case.yaml")[0]
    assert document.at(("item", "components", 1, "form")) == "case.yaml:4"
    assert document.at(("item", "components", 0, "origin")) == "case.yaml:3"


def test_json_numbers_are_exact_and_its_keys_unique():
    assert parse_json('{"value": 0.1, "on": "2026-01-15"}', "c").data == {
        "value": Decimal("0.1"),
        "on": datetime.date(2026, 1, 15),
    }
    with pytest.raises(Refused, match="twice"):
        parse_json('{"a": 1, "a": 2}', "c")


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail_otherwise_than_by_refusing(text):
    for read in (parse, parse_json):
        try:
            read(text, "case.yaml")
        except Refused as refused:
            assert refused.problems  # noqa: PT017


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff\xfe\x00a", "not UTF-8"),
        (b"a\x00b", "binary"),
        (b"a: \xe9", "byte 4"),
    ],
)
def test_files_that_are_not_text_get_a_clear_line(tmp_path, content, said):
    path = tmp_path / "case.yaml"
    path.write_bytes(content)
    with pytest.raises(Refused, match=said):
        read_text(path)


def test_a_folder_a_missing_file_and_a_large_file_get_a_clear_line(tmp_path):
    large = tmp_path / "large.yaml"
    with large.open("wb") as file:
        file.truncate(200_000_000)
    for path, said in ((tmp_path, "folder"), (tmp_path / "none.yaml", "cannot be read"), (large, "larger than")):
        with pytest.raises(Refused, match=said):
            read_text(path)
