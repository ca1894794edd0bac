"""Parties that may be held by a listed one: what to ask about their owners, and what the answer would lead to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exportctl.decide.screened import PartiesScreened, PartyHit
from exportctl.exact import Interval
from exportctl.law.strict import Text

NAMED = 3
HALF = 50


def affiliates(screened: PartiesScreened | None, parties: Sequence[str]) -> list[PartyHit]:
    """Return the listed firms of which one of these parties may be an affiliate, while its owners are not known."""
    found = [each for each in screened.screened if each.party in parties] if screened else []
    hits = (hit for each in found for hit in each.hits if hit.effect == "asks-owners")
    return list({(hit.listed, hit.list): hit for hit in hits}.values())


def owned_by(hits: Sequence[PartyHit]) -> dict[str, tuple[dict[str, Any], ...]]:
    """Return the answers worth trying: for each list, its first firm holds 50 % of the party."""
    by_list = {hit.list: hit for hit in reversed(hits)}
    return {f"{hit.listed} {HALF} %": (_owner(hit),) for hit in reversed(by_list.values())}


def about_owners(question: Text, hits: Sequence[PartyHit]) -> Text:
    """Return the question of who owns a party, naming the listed firms it may belong to."""
    if not hits:
        return question
    names = list(dict.fromkeys(hit.listed for hit in hits))
    more = len(names) - NAMED
    en, zh = ", ".join(names[:NAMED]), "、".join(names[:NAMED])
    return Text(
        en=f"{question.en} Its name makes it a possible affiliate of {en}{f' and {more} more' if more > 0 else ''}.",
        zh=f"{question.zh}其名称显示可能与{zh}{f'等{len(names)}家' if more > 0 else ''}列名主体有关联。",
    )


def _owner(hit: PartyHit) -> dict[str, Any]:
    return {"name": hit.listed, "share": Interval.at(HALF), "lists": ((hit.list, hit.notice),)}
