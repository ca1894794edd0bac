"""Writes the generated cases: for every condition of every rule, row and derived fact."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from exportctl.decide.examine import Examination
from exportctl.law.book import RuleBook
from exportctl.law.read import read_book
from exportctl.problem import Refused
from exportctl.proof.argue import Witness
from exportctl.proof.confirm import case_of
from exportctl.proof.mention import Mentions
from exportctl.proof.smaller import smaller
from exportctl.proof.tie import ties
from exportctl.proof.witness import Owner, Shown
from exportctl.proof.yaml_case import dumped
from exportctl.worked.coverage import NEVER
from exportctl.worked.dates import dated
from exportctl.worked.expectation import Expectation
from exportctl.worked.generated import DATES, MADE_FOR, TIES, files, hash_of
from exportctl.worked.holding import holds, shown, view_of
from exportctl.worked.mutant import mutants_of
from exportctl.worked.spot import spots

PROCESSES = 2


@dataclass(frozen=True)
class Written:
    """One file as it was written: how many cases, and which points no case can show."""

    name: str
    cases: int
    never: tuple[str, ...]
    odd: tuple[str, ...]


def generate(
    rules: Path, folder: Path, names: list[str] | None = None, processes: int = PROCESSES
) -> Iterator[Written]:
    """Yield each file as it is written; `names` are those of files.

    Raises:
        Refused: the rule book is not well formed.
    """
    chosen = [name for name in files(read_book(rules)) if not names or name in names]
    folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    found = []
    with ProcessPoolExecutor(processes, context, _begin, (rules, folder)) as pool:
        ties = pool.submit(_write_ties) if not names else None
        for written in pool.map(_write, chosen):
            found.append(written)
            yield written
        if ties is not None:
            found.append(ties.result())
            yield found[-1]
            yield _write_dates(read_book(rules), folder)
    _write_never(folder, found)


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
    documents, never, odd = [], [], []
    for owner in files(book)[name]:
        found = Owner(book, owner, _OWN.mentions).shown([spot for spot in spots(book) if spot.owner == owner])
        for one in found:
            document = _document(book, one) if one.witness else None
            if document is not None:
                documents.append(document)
            elif one.witness is None:
                never.append(f"{one.spot.name} {one.truth}")
            else:
                odd.append(f"{one.spot.name} {one.truth}")
    text = "---\n".join(dumped(document) for document in documents)
    header = f"{MADE_FOR}{hash_of(book, name.removesuffix('.yaml'))}\n"
    if documents:
        (folder / name).write_text(header + text, encoding="utf-8")
    return Written(name, len(documents), tuple(never), tuple(odd))


def _write_ties() -> Written:
    book, folder = _OWN.book, _OWN.folder
    if book is None or folder is None:
        raise AssertionError("the process has begun")
    documents, never = [], []
    for name, raw in ties(book):
        if raw is None:
            never.append(name)
        else:
            documents.append(raw)
    text = "---\n".join(dumped(document) for document in documents)
    (folder / TIES).write_text(f"{MADE_FOR}{hash_of(book, TIES)}\n{text}", encoding="utf-8")
    return Written(TIES, len(documents), tuple(never), ())


def _write_dates(book: RuleBook, folder: Path) -> Written:
    documents = list(dated(book))
    text = "---\n".join(dumped(document) for document in documents)
    (folder / DATES).write_text(f"{MADE_FOR}{hash_of(book, DATES)}\n{text}", encoding="utf-8")
    return Written(DATES, len(documents), (), ())


def _document(book: RuleBook, one: Shown) -> dict[str, Any] | None:
    """Return a case with what it shows; None where the plain evaluator does not see it show that."""
    witness = one.witness
    if witness is None or not _shows(book, one, witness):
        return None
    raw = smaller(witness.case, lambda tried: _shows(book, one, replace(witness, case=tried)))
    owner = one.spot.owner
    usual = {name: reading.default for name, reading in book.readings.items()}
    readings = {name: choice for name, choice in witness.readings.items() if usual[name] != choice}
    expected = Expectation(shows=one.spot.name, readings=readings, holds={owner: "yes"})
    found = str(
        view_of(book, expected).truth(holds(Examination(book, case_of(book, replace(witness, case=raw))), owner))
    )
    said = {"applies" if owner in book.rules else "holds": {owner: found}, "shows": one.spot.name}
    return {
        **raw,
        "title": f"{one.spot.name} {one.truth}",
        "expect": {**({"readings": readings} if readings else {}), **said},
    }


def _shows(book: RuleBook, one: Shown, witness: Witness) -> bool:
    try:
        exam = Examination(book, case_of(book, witness))
    except Refused:
        return False
    if one.word and not _by_word(book, one, exam, witness):
        return False
    view = view_of(book, Expectation(shows=one.spot.name, readings=witness.readings, outcome="suspended"))
    return shown(exam, view, one.spot.name) == one.truth


def _by_word(book: RuleBook, one: Shown, exam: Examination, witness: Witness) -> bool:
    """Return whether the plain evaluator decides the owner otherwise without the word."""
    change = f"{'.'.join(map(str, one.spot.steps)) or 'when'} without {one.word}"
    view = view_of(book, Expectation(readings=witness.readings, outcome="suspended"))
    for mutant in mutants_of(book, one.spot.owner):
        if mutant.change == change:
            other = Examination(mutant.book(), exam.case)
            return view.truth(holds(other, one.spot.owner)) is not view.truth(holds(exam, one.spot.owner))
    return False


def _write_never(folder: Path, found: list[Written]) -> None:
    """Keep what no case can show, for the files written now and those kept from before."""
    path = folder / NEVER
    named = {name.removesuffix(".yaml") for name in (written.name for written in found)}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [
        line
        for line in lines
        if line and not line.startswith("#") and line.partition(":")[0].partition("/")[0] not in named
    ]
    all_ = sorted({*kept, *(point for written in found for point in written.never)})
    path.write_text(
        "# no case shows these: proved when the cases were made\n" + "".join(f"{n}\n" for n in all_), "utf-8"
    )
