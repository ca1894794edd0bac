"""Where the law was read: every record is cited, every instrument has one, and a look holds for so many days.

The book is `tests/law/book` with `tests/law/seeds` beside it: made-up law.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from exportctl.law.read import read_book, rules_folder, shipped_book, shipped_folder
from exportctl.problem import Refused

HERE = Path(__file__).parent
RECORDS = "seeds/official/decree-7.yaml"
INSTRUMENTS = "rules/instruments.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "book", tmp_path / "rules")
    shutil.copytree(HERE / "seeds", tmp_path / "seeds")
    return tmp_path


def planted(folder: Path, file: str, old: str, new: str, line: int = 0) -> str:
    """Plant a fault and return the place of the line it stands on."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    return f"{file}:{text[: text.index(old)].count(chr(10)) + 1 + line}"


def said(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Refused) as refused:
        read_book(folder / "rules")
    return [(p.place, p.problem, p.hint) for p in refused.value.problems]


def test_the_records_beside_a_rule_book_are_read_with_it(folder: Path) -> None:
    book = read_book(folder / "rules")
    assert [source.id for source in book.sources_of("decree-7")] == ["decree-7/gazette", "decree-7/commentary"]
    assert [source.id for source in book.sources_of("decree-9")] == ["decree-7/commentary"]


def test_a_record_decides_nothing_so_the_hash_of_the_rule_book_does_not_follow_it(folder: Path) -> None:
    before = read_book(folder / "rules").sha256
    planted(folder, RECORDS, "2032-02-15", "2032-02-17")
    assert read_book(folder / "rules").sha256 == before


def test_a_source_cited_nowhere_is_named(folder: Path) -> None:
    place = planted(folder, RECORDS, "instruments: [decree-7]", "instruments: [decree-8]")
    assert said(folder) == [
        (place, "the source `decree-7/gazette` is cited nowhere", "the rule book has no instrument `decree-8`")
    ]


def test_a_source_that_names_an_unknown_instrument_among_others_is_named(folder: Path) -> None:
    place = planted(folder, RECORDS, "[decree-7, decree-9]", "[decree-7, decree-9, decre-9]")
    assert said(folder) == [(place, "unknown instrument `decre-9`", "did you mean `decree-9`?")]


def test_an_instrument_without_a_source_is_named(folder: Path) -> None:
    planted(folder, RECORDS, "[decree-7, decree-9]", "[decree-7]")
    hint = "add one to seeds/official/decree-9.yaml"
    assert said(folder) == [("rules/instruments.yaml:28", "no source is recorded for `decree-9`", hint)]


def test_an_instrument_was_not_checked_after_its_sources_were_last_opened(folder: Path) -> None:
    last_opened = "    checked_on: 2032-02-14\n  - id: decree-9"
    planted(folder, INSTRUMENTS, last_opened, last_opened.replace("02-14", "02-15"))
    assert read_book(folder / "rules").instruments["decree-7"].checked_on == datetime.date(2032, 2, 15)
    place = planted(folder, INSTRUMENTS, "2032-02-15\n  - id: decree-9", "2032-02-16\n  - id: decree-9")
    text = "checked on `2032-02-16`, and its sources were last opened on 2032-02-15"
    assert said(folder) == [(place, text, "open a source again, and write the day into its record")]


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("check_every_days: 30", "check_every_days: 0", "input should be greater than 0, not `0`"),
        ("check_every_days: 365\n", "", "this key is missing"),
        ("    evidence: confirmed\n", "", "this key is missing"),
        ("evidence: secondary", "evidence: hearsay", "`hearsay` is not one of confirmed, catalogue-copy"),
        ("checked_on: 2032-02-15", "checked_on: soon", "must be a date such as 2026-01-15, not `soon`"),
        ("url: https", "link: https", "unknown key `link`"),
        ("https://gazette", "gazette", "`gazette.example/7` is no address that begins with https:// or http://"),
        ("zh: 解说", 'zh: ""', "the Chinese text is empty"),
        ("id: decree-7/commentary", "id: decree-7/gazette", f"`decree-7/gazette` stands at {RECORDS}:2 too"),
    ],
)
def test_a_record_that_is_not_well_formed_is_named(folder: Path, old: str, new: str, text: str) -> None:
    planted(folder, RECORDS, old, new)
    (place, problem, _), *_ = said(folder)
    assert problem.startswith(text)
    assert place.startswith(f"{RECORDS}:")


def test_a_look_holds_to_the_last_of_its_days() -> None:
    sources = read_book(HERE / "book").sources or {}
    assert sources["decree-7/gazette"].due == datetime.date(2032, 3, 15)


def test_the_shipped_records_are_found_where_the_shipped_rules_are() -> None:
    assert shipped_folder("seeds").parent == rules_folder().parent
    assert (shipped_folder("seeds") / "official").is_dir()


def test_every_shipped_instrument_says_where_it_was_read() -> None:
    book = shipped_book()
    assert [name for name in book.instruments if not book.sources_of(name)] == []


def test_the_records_are_found_from_inside_the_folder_of_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder / "rules")
    assert len(read_book(Path()).sources or {}) == 2
