"""All claims about a rule book, tried on two processes."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from exportctl.law.read import read_book
from exportctl.problem import Refused
from exportctl.proof.argue import Argument, Undecided
from exportctl.proof.claim.all import CLAIMS
from exportctl.proof.claim.result import Claim, Result
from exportctl.proof.confirm import differences
from exportctl.proof.exception import Exceptions, read_exceptions

PROCESSES = 2


@dataclass(frozen=True)
class Answer:
    """What came out of one claim: about how many things, what is wrong, what is wrong and excepted, in what time."""

    claim: str
    says: str
    tried: int
    wrong: tuple[Result, ...]
    excepted: tuple[Result, ...]
    idle: tuple[str, ...]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong that is not excepted, and every exception is needed."""
        return not self.wrong and not self.idle


def prove(folder: Path, names: list[str] | None = None, processes: int = PROCESSES) -> Iterator[Answer]:
    """Yield the answer to each claim as it comes.

    Raises:
        Refused: the rule book or its exceptions are not well formed.
        Unprovable: the rule book asks for something the solver does not know.
    """
    read_exceptions(folder)
    chosen = [claim.name for claim in CLAIMS if not names or claim.name in names]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(processes, len(chosen)), context, _begin, (folder,)) as pool:
        waiting = [pool.submit(_try_named, name) for name in chosen]
        for done in as_completed(waiting):
            yield done.result()


@dataclass(eq=False)
class _Own:
    """What each process keeps."""

    argument: Argument | None = None
    exceptions: Exceptions | None = None


_OWN = _Own()


def _begin(folder: Path) -> None:
    _OWN.argument, _OWN.exceptions = Argument(read_book(folder)), read_exceptions(folder)


def _try_named(name: str) -> Answer:
    if _OWN.argument is None or _OWN.exceptions is None:
        raise AssertionError("the process has begun")
    return try_claim(_OWN.argument, next(c for c in CLAIMS if c.name == name), _OWN.exceptions)


def try_claim(argument: Argument, claim: Claim, exceptions: Exceptions) -> Answer:
    """Return the answer to one claim; a case that shows something is put to the plain evaluator too."""
    start = time.monotonic()
    _ = argument.bounds
    try:
        results = [_confirmed(argument, result) for result in claim.tried(argument)]
    except Undecided as undecided:
        results = [Result(claim.name, f"the solver came to no end: {undecided}")]
    wrong = [result for result in results if not result.proved]
    excepted = tuple(result for result in wrong if exceptions.reason(claim.name, result.about))
    idle = exceptions.of(claim.name) - {result.about for result in wrong}
    return Answer(
        claim.name,
        claim.says,
        len(results),
        tuple(result for result in wrong if result not in excepted),
        excepted,
        tuple(sorted(idle)),
        time.monotonic() - start,
    )


def _confirmed(argument: Argument, result: Result) -> Result:
    if result.witness is None or result.proved:
        return result
    try:
        found = list(differences(argument.book, result.witness))
    except Refused as refused:
        found = [str(problem) for problem in refused.problems]
    return replace(result, wrong=f"{result.wrong}; but {'; '.join(found)}") if found else result


__all__ = ["Answer", "prove", "try_claim"]
