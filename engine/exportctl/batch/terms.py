"""What a table is screened with: the rule book, what its columns mean, the days, the readings and the user's lists."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from exportctl import __version__
from exportctl.batch.assembly import Assemblies
from exportctl.batch.components import Components
from exportctl.batch.heading import Headings
from exportctl.batch.passage import Passage
from exportctl.batch.screening import Screening
from exportctl.fork import World
from exportctl.law.book import RuleBook

if TYPE_CHECKING:
    from exportctl.party.screen import Screening as PartyScreening  # its libraries are an extra


@dataclass(frozen=True)
class Terms:
    """Equal terms and the same rows give the same answers. `today` is the day of rows without one."""

    book: RuleBook
    headings: Headings
    today: datetime.date
    known_on: datetime.date | None = None
    readings: World = field(default_factory=dict)
    parties: PartyScreening | None = None
    components: Components | None = None

    def passage(self) -> Passage:
        """Return what decides chunks on these terms."""
        screening = Screening(self.book, self.headings, self.today, self.known_on, self.readings)
        assemblies = None
        if self.components is not None:
            assemblies = Assemblies(screening, self.components, self.parties)
        if self.parties is None:
            return Passage(screening, None, assemblies)
        from exportctl.batch.party_lists import PartyLists  # noqa: PLC0415 - its libraries are an extra

        parties = PartyLists(self.headings, screening.cells, self.parties, self.today)
        return Passage(screening, parties, assemblies)

    def of(self) -> dict[str, Any]:
        """Return the terms as a journal and a summary name them."""
        return {
            "rulebook": self.book.sha256,
            "engine": __version__,
            "today": self.today.isoformat(),
            "known_on": self.known_on.isoformat() if self.known_on else None,
            "readings": dict(self.readings),
            "columns": self.headings.shown,
            "parties_list": self.parties and self.parties.of(),
            "components": self.components and self.components.of(),
        }
