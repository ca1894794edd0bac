"""Which parties of a list a name hits, and how: a pure function of the name and the list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from exportctl.party.likeness import SIMILAR, Class, Likeness, likeness, score
from exportctl.party.listed import Listed, PartyList
from exportctl.party.name import Name, read_name

BAND = 4


@dataclass(frozen=True)
class Hit:
    """A listed party whose name is like the one asked for: under which of its names, how and how much (percent)."""

    listed: Listed
    alias: str
    likeness: Likeness
    score: float

    @property
    def class_(self) -> Class:
        """How strong the hit is."""
        return self.likeness.class_


@dataclass(eq=False)
class Search:
    """A list made ready to be searched. `hits` of the same name are worked out once."""

    parties: PartyList
    _known: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_key: defaultdict[str, set[int]] = defaultdict(set)
        self._by_joined: defaultdict[str, set[int]] = defaultdict(set)
        self._by_first: defaultdict[str, set[int]] = defaultdict(set)
        for number, row in enumerate(self.parties.rows):
            for name in row.read:
                self._by_key[name.key].add(number)
                self._by_joined[name.joined].add(number)
                self._by_first[name.leads[0]].add(number)
        self._bands: defaultdict[int, list[str]] = defaultdict(list)
        for key in self._by_key:
            self._bands[len(key) // BAND].append(key)

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return every listed party that a name hits, the strongest first; none when the list does not hold it.

        What one row gives never depends on another row. Names are compared as `party.name` reads them.
        """
        if text not in self._known:
            asked = read_name(text)
            rows = (self.parties.rows[number] for number in sorted(self._near(asked)))
            found = [hit for row in rows if (hit := _best(asked, row))]
            self._known[text] = tuple(sorted(found, key=_order))
        return self._known[text]

    def _near(self, asked: Name) -> set[int]:
        """Return the rows that could be hit: every other row is known not to be."""
        if not asked.words:
            return set()
        near = {*self._by_key.get(asked.key, ()), *self._by_joined.get(asked.joined, ())}
        for lead in set(asked.leads):
            near |= self._by_first.get(lead, set())
        for key in self._similar(asked.key):
            near |= self._by_key[key]
        return near

    def _similar(self, key: str) -> Iterator[str]:
        """Yield the names that are written alike; of two such names the lengths cannot lie far apart."""
        least, most = len(key) * SIMILAR / (200 - SIMILAR), len(key) * (200 - SIMILAR) / SIMILAR
        for band in range(int(least) // BAND, int(most) // BAND + 1):
            choices = self._bands.get(band, [])
            for found, _, _ in process.extract(key, choices, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=None):
                yield found


def search_all(search: Search, names: Iterable[str]) -> dict[str, tuple[Hit, ...]]:
    """Return the hits of each distinct name of many."""
    return {name: search.hits(name) for name in dict.fromkeys(names)}


def _best(asked: Name, row: Listed) -> Hit | None:
    """Return the strongest hit among the names of a row."""
    text = asked.text
    found = [
        Hit(row, name.text, like, score(asked, name))
        for name in row.read
        if (like := likeness(asked, name, firms=not row.person))
    ]
    return max(found, key=lambda hit: (hit.class_, hit.score, *_as_written(text, hit.alias)), default=None)


def _as_written(text: str, alias: str) -> tuple[bool, float]:
    """Return how near a listed name is to the one asked for as both are written: by script, then by letters."""
    return text.isascii() == alias.isascii(), fuzz.ratio(text, alias)


def _order(hit: Hit) -> tuple[int, float, str, str]:
    return (-hit.class_, -hit.score, hit.listed.name, hit.listed.place)
