"""Writes the generated cases: for every condition of every rule, row and derived fact."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.law.read import read_book
from exportctl.proof.cases import Cases
from exportctl.proof.gathered import gathered
from exportctl.proof.mention import Mentions
from exportctl.proof.tie import ties
from exportctl.proof.yaml_case import dumped
from exportctl.worked.coverage import ALIKE, NEVER, REASON
from exportctl.worked.dates import dated
from exportctl.worked.generated import DATES, MADE_FOR, OF_ALL, TIES, files, hash_of
from exportctl.worked.mutant import STATED
from exportctl.worked.run import runs_of

PROCESSES = 2
NEVER_OTHERWISE = "no case is decided otherwise without it"


@dataclass(frozen=True)
class Written:
    """One file as it was written: how many cases, which points no case can show, and which changes mean the same.

    `odd` is what the solver has a case for that the plain evaluator does not see.
    """

    name: str
    cases: int
    never: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


def generate(
    rules: Path, folder: Path, names: list[str] | None = None, processes: int = PROCESSES
) -> Iterator[Written]:
    """Yield each file as it is written; `names` are those of files, all by default. What is about nothing is removed.

    Raises:
        Refused: the rule book is not well formed.
    """
    known = [*OF_ALL, *files(read_book(rules))]
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.yaml"):
        if path.name not in known:
            path.unlink()
    context = multiprocessing.get_context("spawn")
    found = []
    with ProcessPoolExecutor(processes, context, _begin, (rules, folder)) as pool:
        waiting = [pool.submit(_write, name) for name in known if names is None or name in names]
        for done in as_completed(waiting):
            found.append(done.result())
            yield found[-1]
    _keep(folder, found)


@dataclass(eq=False)
class _Own:
    """What each process keeps."""

    book: RuleBook | None = None
    folder: Path | None = None
    mentions: Mentions | None = None


_OWN = _Own()


def _begin(rules: Path, folder: Path) -> None:
    _OWN.book, _OWN.folder = read_book(rules), folder
    _OWN.mentions = Mentions(_OWN.book)


def _write(name: str) -> Written:
    book, folder = _OWN.book, _OWN.folder
    if book is None or folder is None:
        raise AssertionError("the process has begun")
    written, documents = WRITERS.get(name, _of_owners)(name, book)
    text = "---\n".join(dumped(document, flow=None) for document in documents)
    (folder / name).write_text(f"{MADE_FOR}{hash_of(book, name)}\n{text}", encoding="utf-8")
    return written


def _of_owners(name: str, book: RuleBook) -> tuple[Written, list[dict[str, Any]]]:
    documents: list[dict[str, Any]] = []
    found = [Cases(book, owner, _OWN.mentions) for owner in files(book)[name]]
    for cases in found:
        documents += gathered(cases.owner, list(cases.made()))
    said = (tuple(name for cases in found for name in getattr(cases, kind)) for kind in ("never", "alike", "odd"))
    return Written(name, _runs(documents), *said), documents


def _runs(documents: list[dict[str, Any]]) -> int:
    return sum(len(each) if isinstance(each := document["expect"], list) else 1 for document in documents)


def _of_ties(name: str, book: RuleBook) -> tuple[Written, list[dict[str, Any]]]:
    path = (_OWN.folder or Path()) / TIES
    found = list(ties(book, runs_of(path) if path.exists() else ()))
    documents = [tie.case for tie in found if tie.case is not None]
    without = [tie for tie in found if tie.case is None]
    alike = tuple(f"{tie.name}{REASON}{NEVER_OTHERWISE}" for tie in without if tie.proved)
    odd = tuple(tie.name for tie in without if not tie.proved)
    return Written(name, len(documents), alike=alike, odd=odd), documents


def _of_dates(name: str, book: RuleBook) -> tuple[Written, list[dict[str, Any]]]:
    documents = list(dated(book))
    return Written(name, _runs(documents)), documents


WRITERS = {TIES: _of_ties, DATES: _of_dates}


def _keep(folder: Path, found: list[Written]) -> None:
    """Keep what no case can show and what means the same, for the files written now and those kept from before."""
    _list(folder / NEVER, "no case shows these; proved when the cases were made", found, "never")
    _list(folder / ALIKE, "no case notices these changes; proved when the cases were made", found, "alike")


def _list(path: Path, title: str, found: list[Written], kind: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    again = {written.name for written in found}
    kept = [line for line in lines if line and not line.startswith("#") and _file_of(line) not in again]
    new = [line for written in found for line in getattr(written, kind)]
    path.write_text("".join(f"{line}\n" for line in (f"# {title}", *sorted({*kept, *new}))), "utf-8")


def _file_of(line: str) -> str:
    """Return the file that a line is about: that of ties, or that of an owner of conditions."""
    name, _, change = line.partition(": ")
    tie = change.startswith(("lifts ", "touches ")) or (" → " in change and change.split()[0] in STATED)
    return TIES if tie else f"{name.partition(':')[0].partition('/')[0]}.yaml"
