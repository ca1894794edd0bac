"""The two layouts of a list of parties: an own plain one, and that of the OpenSanctions file `cn_sanctions`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from exportctl.law.book import RuleBook
from exportctl.party.listed import Listed
from exportctl.party.notice import notice_of
from exportctl.problem import did_you_mean

Row = Mapping[str, str]
OTHER = "other"
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})")
_CENTURY = 2000


class Faulty(ValueError):  # noqa: N818 - said of the cell
    """A cell that cannot be read: its column, what is wrong, and what would be right."""

    def __init__(self, column: str, problem: str, hint: str = "") -> None:
        super().__init__(problem)
        self.column, self.problem, self.hint = column, problem, hint


class Layout(Protocol):
    """How a row becomes a listed party."""

    @property
    def needed(self) -> Sequence[str]:
        """The columns it cannot do without."""

    @property
    def known(self) -> Collection[str] | None:
        """Every column it has; None where others may stand beside them."""

    def listed(self, row: Row, number: int, place: str) -> Listed:
        """Return the party of a row. Raises `Faulty`."""


@dataclass(frozen=True)
class Plain:
    """The own layout: name, aliases, list, notice, country, since, until, type, id; the first and third are needed."""

    book: RuleBook
    needed: Sequence[str] = ("name", "list")
    known: Collection[str] | None = ("id", "name", "aliases", "list", "notice", "country", "since", "until", "type")

    def listed(self, row: Row, number: int, place: str) -> Listed:
        """Return the party of a row; a notice must be an instrument of the rule book.

        Raises:
            Faulty: a list, notice, day or type that is not known, or no name.
        """
        kind = row.get("type", "").lower() or "firm"
        if kind not in ("firm", "person"):
            raise Faulty("type", f"`{kind}` is neither firm nor person")
        on = self._list(row["list"])
        since, until = (_iso(row, column) for column in ("since", "until"))
        return Listed(
            id=row.get("id") or f"row {number}",
            names=_names("name", row["name"], *row.get("aliases", "").split(";")),
            list=None if on == OTHER else on,
            list_name=row["list"],
            notice=self._notice(row.get("notice", "")) or (notice_of(self.book, on, since) if since else None),
            since=since,
            until=_in_order(since, until, "until"),
            country=row.get("country", ""),
            person=kind == "person",
            place=place,
        )

    def _list(self, word: str) -> str:
        known = [*self.book.vocabulary.facts["party.lists"].values, OTHER]
        if word not in known:
            raise Faulty("list", f"`{word}` is not a list", did_you_mean(word, known) or f"one of {', '.join(known)}")
        return word

    def _notice(self, name: str) -> str | None:
        if name and name not in self.book.instruments:
            hint = did_you_mean(name, self.book.instruments) or "leave it empty where no instrument here is the notice"
            raise Faulty("notice", f"`{name}` is not an instrument of the rule book", hint)
        return name or None


@dataclass(frozen=True)
class OpenSanctions:
    """The layout of the file `cn_sanctions` of OpenSanctions; the notice follows from the list and the day."""

    book: RuleBook
    needed: Sequence[str] = ("Type", "Name", "Alias", "Chinese name", "List", "Topics", "Date", "End date")
    known: Collection[str] | None = None

    def listed(self, row: Row, number: int, place: str) -> Listed:
        """Return the party of a row.

        Raises:
            Faulty: no name, a day that is none, or an export-control list under a name not known here.
        """
        on = LISTS.get(row["List"])
        if on is None and "export.control" in row["Topics"]:
            raise Faulty("List", f"`{row['List']}` is not a list known here", f"one of {', '.join(LISTS)}")
        since, until = (_dotted(row, column) for column in ("Date", "End date"))
        return Listed(
            id=f"row {number}",
            names=_names("Name", row["Name"], row["Chinese name"], *row["Alias"].split(";")),
            list=on,
            list_name=row["List"] or row.get("Body", ""),
            notice=notice_of(self.book, on, since) if on and since else None,
            since=since,
            until=_in_order(since, until, "End date"),
            country=row.get("Country", ""),
            person=row["Type"] == "Person",
            place=place,
        )


LISTS = {
    "List of Export Controls": "control-list",
    "Export Control Watch List": "watch-list",
    "UEL": "unreliable-entity",
}


def layouts(book: RuleBook) -> Iterator[Layout]:
    """Yield every layout."""
    yield Plain(book)
    yield OpenSanctions(book)


def _names(column: str, *written: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip() for name in written if name.strip()))
    if not any(any(char.isalnum() for char in name) for name in found):
        raise Faulty(column, "a listed party needs a name")
    return found


def _iso(row: Row, column: str) -> datetime.date | None:
    text = row.get(column, "")
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise Faulty(column, f"`{text}` is not a date such as 2026-01-15") from None


def _dotted(row: Row, column: str) -> datetime.date | None:
    """Return a day written as 24.02.2026 or 24.02.26."""
    text = row[column]
    if not text:
        return None
    try:
        day, month, year = (int(part) for part in _DAY.fullmatch(text).groups())  # type: ignore[union-attr]
        return datetime.date(year if year >= _CENTURY else year + _CENTURY, month, day)
    except (AttributeError, ValueError):
        raise Faulty(column, f"`{text}` is not a date such as 24.02.2026") from None


def _in_order(since: datetime.date | None, until: datetime.date | None, column: str) -> datetime.date | None:
    if since and until and until < since:
        raise Faulty(column, f"ends on {until}, before it starts on {since}")
    return until
