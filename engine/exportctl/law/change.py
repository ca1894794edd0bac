"""What is written differently in two rule books, by the provision it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.law.strict import Strict

ABSENT = object()


@dataclass(frozen=True)
class Change:
    """One place that is written differently: what it belongs to, where in it, and how it read before and after.

    `before` and `after` are None where nothing stood.
    """

    about: str
    where: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """Return the change as one line."""
        if self.before is None:
            return f"{self.where or self.about}: new{f': {self.after}' if self.where else ''}"
        if self.after is None:
            return f"{self.where or self.about}: gone{f' (was {self.before})' if self.where else ''}"
        return f"{self.where}: {self.before} → {self.after}"


def changes(before: RuleBook, after: RuleBook) -> list[Change]:
    """Return every change, in the order of what it belongs to."""
    return [change for first, second in _parts(before, after) for change in _of_part(first, second)]


def _parts(before: RuleBook, after: RuleBook) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for name in ("instruments", "rules", "readings", "duties"):
        yield _by_id(getattr(before, name)), _by_id(getattr(after, name))
    yield _rows(before), _rows(after)
    for name in ("facts", "derived"):
        yield _by_id(getattr(before.vocabulary, name)), _by_id(getattr(after.vocabulary, name))
    yield {"vocabulary": _rest(before)}, {"vocabulary": _rest(after)}


def _by_id(parts: Mapping[str, Strict]) -> dict[str, Any]:
    return {name: _plain(part) for name, part in parts.items()}


def _plain(part: Strict) -> dict[str, Any]:
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _rows(book: RuleBook) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for listing in book.lists.values():
        found |= {f"{listing.id}/{row.code}": _plain(row) for row in listing.rows}
        found[listing.id] = {key: value for key, value in _plain(listing).items() if key != "rows"}
    return found


def _rest(book: RuleBook) -> dict[str, Any]:
    return {key: value for key, value in _plain(book.vocabulary).items() if key not in ("facts", "derived")}


def _of_part(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name in sorted({*before, *after}):
        if name not in before:
            yield Change(name, "", None, "")
        elif name not in after:
            yield Change(name, "", "", None)
        else:
            yield from _inside(name, "", before[name], after[name])


def _inside(about: str, where: str, before: Any, after: Any) -> Iterator[Change]:
    if before == after:
        return
    first, second = _steps(before), _steps(after)
    if first is None or second is None or type(before) is not type(after):
        yield Change(about, where, _said(before), _said(after))
        return
    for step in [*first, *(key for key in second if key not in first)]:
        inner = f"{where}[{step}]" if isinstance(step, int) else f"{where}.{step}".lstrip(".")
        old, new = first.get(step, ABSENT), second.get(step, ABSENT)
        if old is ABSENT or new is ABSENT:
            yield Change(about, inner, None if old is ABSENT else _said(old), None if new is ABSENT else _said(new))
        else:
            yield from _inside(about, inner, old, new)


def _steps(value: Any) -> dict[Any, Any] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and any(isinstance(part, dict) for part in value):
        return dict(enumerate(value))
    return None


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_said(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {_said(part)}" for key, part in value.items())
    return {True: "yes", False: "no", None: "none"}.get(value, str(value)) if not isinstance(value, str) else value
