"""What came out of one question to the solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from exportctl.proof.argue import Argument, Witness


@dataclass(frozen=True)
class Result:
    """The answer about one thing: proved, or what is wrong with it, with a case that shows it where one can.

    `about` names the rule, row, reading or value, as exceptions name it.
    """

    about: str
    wrong: str = ""
    witness: Witness | None = None

    @property
    def proved(self) -> bool:
        """Whether nothing is wrong."""
        return not self.wrong


@dataclass(frozen=True)
class Claim:
    """Something that should hold of every rule book: its name, what it says, and how it is tried."""

    name: str
    says: str
    tried: Callable[[Argument], Iterator[Result]] = field(repr=False)


def refuted(about: str, witness: Witness | None, wrong: str) -> Result:
    """Return that something is proved where no case speaks against it, else what the case shows."""
    return Result(about) if witness is None else Result(about, wrong, witness)
