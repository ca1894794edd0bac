"""What mutation found of each file of generated cases, with the hash of what it was found of: once is enough."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from exportctl.law.book import RuleBook
from exportctl.worked.coverage import ALIKE
from exportctl.worked.generated import DATES, OF_ALL, TIES, file_of, files, hash_of
from exportctl.worked.mutant import Mutant
from exportctl.worked.mutation import Tried

RECORD = "mutants.txt"
TITLE = (
    "# file, hash of the rules and cases, changes, noticed by a case; the others mean the same in every case (proved)"
)


@dataclass(frozen=True)
class Record:
    """One file: the hash of what was tried, how many changes there are, and how many a case notices."""

    name: str
    sha256: str
    changes: int
    noticed: int


def file_about(mutant: Mutant) -> str:
    """Return the file whose cases watch over what a mutant changes."""
    return {"tie": TIES, "date": DATES}.get(mutant.kind) or file_of(mutant.owner)


def hash_now(book: RuleBook, folder: Path, name: str) -> str:
    """Return the hash of what decides whether a file's mutants are noticed: the rules it is about, and its cases."""
    path = folder / name
    cases = path.read_bytes() if path.exists() else b""
    alike = (folder / ALIKE).read_text(encoding="utf-8") if name == TIES and (folder / ALIKE).exists() else ""
    return hashlib.sha256(hash_of(book, name).encode() + cases + alike.encode()).hexdigest()[:16]


def recorded(folder: Path) -> dict[str, Record]:
    """Return what was found of each file when it was last recorded."""
    path = folder / RECORD
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    parts = [line.split() for line in lines if line and not line.startswith("#")]
    return {name: Record(name, sha256, int(changes), int(noticed)) for name, sha256, changes, noticed in parts}


def changed(book: RuleBook, folder: Path) -> list[str]:
    """Return the files of which nothing is recorded as they are now."""
    known = recorded(folder)
    names = (*files(book), *OF_ALL)
    return [name for name in names if name not in known or known[name].sha256 != hash_now(book, folder, name)]


def keep(book: RuleBook, folder: Path, tried: Iterable[Tried]) -> None:
    """Record what was found of whole files; what is recorded of other files stays, as far as they still exist."""
    found = {name: record for name, record in recorded(folder).items() if name in (*files(book), *OF_ALL)}
    by_file: dict[str, list[Tried]] = {}
    for one in tried:
        by_file.setdefault(file_about(one.mutant), []).append(one)
    for name, each in by_file.items():
        noticed = sum(one.noticed for one in each)
        found[name] = Record(name, hash_now(book, folder, name), len(each), noticed)
    lines = [f"{r.name} {r.sha256} {r.changes} {r.noticed}" for _, r in sorted(found.items())]
    (folder / RECORD).write_text("\n".join([TITLE, *lines, ""]), encoding="utf-8")
