"""Which column of a shipment table means which fact of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from exportctl.batch.answer import COLUMNS
from exportctl.case.headings import IGNORED, case_path, plain
from exportctl.law.book import RuleBook
from exportctl.problem import Problem, Refused, did_you_mean

LISTED_OWNER_SHARE = "parties.end_user.owners"
PLAIN = {
    "on": "on", "transfer_kind": "transfer.kind", "from": "transfer.from", "to": "transfer.to",
    "exporter": "parties.exporter.name", "exporter_country": "parties.exporter.country",
    "exporter_chinese_person": "parties.exporter.chinese_person", "importer": "parties.importer.name",
    "end_user": "parties.end_user.name", "end_user_country": "parties.end_user.country",
    "end_user_military": "parties.end_user.military", "end_user_lists": "parties.end_user.lists",
    "end_user_owned_by_listed_share": LISTED_OWNER_SHARE, "purposes": "end_use.purposes",
    "logic_nm": "end_use.logic_nm", "memory_layers": "end_use.memory_layers", "part_number": "item.part_number",
    "description": "item.description", "form": "item.form", "kind": "item.kind", "magnet": "item.magnet",
    "elements": "item.elements", "composition": "item.composition", "control_code": "item.control_code",
    "hs_code": "item.hs_code", "made_in": "item.made_in", "origin": "item.origin",
    "chinese_technology": "item.chinese_technology", "value": "item.value", "currency": "item.currency",
    "cn_part1_value": "item.cn_part1_value", "activities": "technology.activities",
}  # fmt: skip
OF_THE_ROW = ("shipment_id", "line")
REQUIRED = ("transfer.from", "transfer.to")
NOT_COLUMNS = ("title", "item.id", "item.components", "item.components_complete")


@dataclass(frozen=True)
class Headings:
    """The columns of a table: `facts` gives the path of each that means one; all others are passed through."""

    names: tuple[str, ...]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, str]:
        """The columns of the table that mean a fact, without those that a list of parties adds."""
        return {name: path for name, path in self.facts.items() if name in self.names}

    def column_of(self, path: str) -> str | None:
        """Return the column that means a fact."""
        return next((name for name, known in self.facts.items() if known == path), None)


def read_headings(names: Sequence[str], book: RuleBook, place: str, given: Mapping[str, str] | None = None) -> Headings:
    """Return what the columns of a table mean; `given` is a field for a heading, and wins over the list.

    Raises:
        Refused: two columns have one name or one meaning, one is named like a column of the result, one that is
            needed is missing, or `given` names what does not exist; with every fault.
    """
    known = paths(book)
    facts = dict(_facts(names, known, given or {}))
    problems = [*_wrong(names, known, place, given or {}), *_clashes(names, facts, place)]
    if problems:
        raise Refused(problems)
    return Headings(tuple(names), facts)


def paths(book: RuleBook) -> dict[str, str]:
    """Return the fact that each heading means, in its plain form: the usual names, and every fact by its path."""
    vocabulary = book.vocabulary.facts
    found = {path: path for path in vocabulary if path not in NOT_COLUMNS and not path.startswith(("party.", "owner."))}
    for path in vocabulary:
        for role in ("importer", "end_user"):
            if path.startswith("party."):
                found[f"parties.{role}.{path.removeprefix('party.')}"] = f"parties.{role}.{path.removeprefix('party.')}"
    return {plain(name): path for name, path in (found | PLAIN).items()}


def _facts(names: Sequence[str], known: Mapping[str, str], given: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    chosen = {plain(heading): known.get(plain(name), name) for heading, name in given.items()}
    for name in names:
        path = chosen.get(plain(name)) or known.get(plain(name)) or _by_list(name, known)
        if path is not None and path != IGNORED:
            yield name, path


def _by_list(name: str, known: Mapping[str, str]) -> str | None:
    """Return the path that a usual heading means: `Country of Origin`, 目的国."""
    found = None if plain(name) in map(plain, OF_THE_ROW) else case_path(name)
    return None if found is None else known.get(plain(found.field))


def _wrong(names: Sequence[str], known: Mapping[str, str], place: str, given: Mapping[str, str]) -> Iterator[Problem]:
    present = {plain(name) for name in names}
    for heading, name in given.items():
        if plain(heading) not in present:
            text = f"`--map` names the column `{heading}`, which is not in this table"
            yield Problem(place, heading, text, did_you_mean(heading, names))
        if plain(name) not in known and name != IGNORED:
            yield Problem(
                place, heading, f"`--map` names the unknown field `{name}`", did_you_mean(name, known.values())
            )


def _clashes(names: Sequence[str], facts: Mapping[str, str], place: str) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Problem(place, name, f"there are {names.count(name)} columns named `{name}`")
        if plain(name).replace(" ", "_") in COLUMNS:
            yield Problem(place, name, f"the result has a column `{name}` of its own", "rename the column of the input")
    for path in dict.fromkeys(facts.values()):
        same = list(dict.fromkeys(name for name in facts if facts[name] == path))
        if len(same) > 1:
            shown = ", ".join(f"`{name}`" for name in same)
            yield Problem(
                place, same[1], f"columns {shown} all mean `{path}`", f"say with `--map` which are `{IGNORED}`"
            )
    for path in REQUIRED:
        if path not in facts.values():
            short = next(name for name, known in PLAIN.items() if known == path)
            yield Problem(
                place, short, f"no column is known to hold `{path}`", f"name a column `{short}`, or use `--map`"
            )
