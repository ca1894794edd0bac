"""The files of generated cases: one for each rule, derived fact and list, with the hash of what it was made for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from exportctl.law.book import RuleBook
from exportctl.worked.spot import owners

MADE_FOR = "# made for sha256 "
TIES, DATES = "ties.yaml", "dates.yaml"
OF_ALL = (TIES, DATES)


def file_of(owner: str) -> str:
    """Return the name of the file for an owner of conditions: a row stands in the file of its list."""
    return f"{owner.partition('/')[0]}.yaml"


def files(book: RuleBook) -> dict[str, list[str]]:
    """Return what each file is about: the owners of conditions in it."""
    found: dict[str, list[str]] = {}
    for owner, _ in owners(book):
        found.setdefault(file_of(owner), []).append(owner)
    return found


def hash_of(book: RuleBook, name: str) -> str:
    """Return the hash of what a file is about, a rule, list or derived fact: of what it says and how."""
    name = name.removesuffix(".yaml") if name not in OF_ALL else name
    if name in OF_ALL:
        return _hash_of_all(book, name)
    part = book.rules.get(name) or book.lists.get(name) or book.vocabulary.derived[name]
    text = part.model_dump_json(exclude_defaults=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _hash_of_all(book: RuleBook, name: str) -> str:
    """Return the hash of what rules lift, touch and state; or of the dates of their instruments."""
    rules = sorted(book.rules.values(), key=lambda rule: rule.id)
    text = "".join(f"{r.id} {r.lifts} {r.touches} {r.then.outcome} {r.instrument}\n" for r in rules)
    if name == DATES:
        acts = (book.instruments[name] for name in sorted({rule.instrument for rule in rules}))
        text += "".join(f"{act.issued} {act.effective} {act.suspended}\n" for act in acts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def made_for(path: Path) -> str:
    """Return the hash a file was made for; empty when it does not say."""
    with path.open(encoding="utf-8") as lines:
        first = next(lines, "")
    return first.removeprefix(MADE_FOR).strip() if first.startswith(MADE_FOR) else ""


def stale(book: RuleBook, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is not in step with the rule book, and why: files missing, left over, or made for other words."""
    known = (*files(book), *OF_ALL)
    for name in known:
        path = folder / name
        if not path.exists():
            yield name, "is missing"
        elif made_for(path) != hash_of(book, name):
            yield name, "was made for other words of it"
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in known:
            yield path.name, "is about nothing in the rule book"
