"""What was looked for in a list of parties, and what it holds: never more than that it was not found there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from exportctl.decide.determination import Determination
from exportctl.decide.screened import HitDecision, PartiesScreened, PartyHit, ScreenedParty
from exportctl.explain.document import Block, Bullets, Heading, Line, Paragraph, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.explain.said import SHOWN, subject

SHA_SHOWN = 12
_OWNER = re.compile(r"(.+)\.owners\[(\d+)\]")


def parties(determination: Determination, lang: Lang) -> Iterator[Block]:
    """Yield the list, each party with its hits, and what "not found" does not mean; nothing where no list was given."""
    screened = determination.parties
    if screened is None:
        return
    yield Heading(2, Span(say(lang, "parties.heading")))
    yield from screening(screened, lang)


def screening(screened: PartiesScreened, lang: Lang) -> Iterator[Block]:
    """Yield what was screened, without a heading."""
    yield Bullets(tuple(_source(screened, lang)))
    if screened.screened:
        yield Bullets(tuple(_party(party, lang) for party in screened.screened))
    else:
        yield Paragraph((Span(say(lang, "parties.none")),))
    if screened.notes:
        yield Bullets(tuple(Line((Span(of(lang, note)),)) for note in screened.notes))
    yield Paragraph((Span(say(lang, "parties.limit")),))


def _source(screened: PartiesScreened, lang: Lang) -> Iterator[Line]:
    colon = say(lang, "mark.colon")
    counted = [f"{say(lang, f'parties_list.{name}')} {count}" for name, count in screened.by_list.items()]
    file = say(
        lang,
        "parties.file",
        file=screened.file,
        rows=str(screened.rows),
        by_list=say(lang, "mark.comma").join(counted),
        dated=screened.dated or say(lang, "parties.undated"),
        sha256=screened.sha256[:SHA_SHOWN],
    )
    yield Line((Span(say(lang, "parties.list"), "label"), Span(colon), Span(file)))
    if screened.decisions_file:
        sha = (screened.decisions_sha256 or "")[:SHA_SHOWN]
        said = say(lang, "parties.decisions_file", file=screened.decisions_file, sha256=sha)
        yield Line((Span(say(lang, "parties.decisions"), "label"), Span(colon), Span(said)))


def _party(party: ScreenedParty, lang: Lang) -> Line:
    colon, role = say(lang, "mark.colon"), _role(party.party, lang)
    name = party.name or say(lang, "parties.unnamed")
    head = [*((Span(role, "label"), Span(colon)) if role else ()), Span(name, "strong"), Span(colon)]
    return Line((*head, Span(say(lang, f"parties_found.{party.found}"))), tuple(_hits(party.hits, lang)))


def _hits(hits: Sequence[PartyHit], lang: Lang) -> Iterator[Line]:
    """Yield a line for each listed name that was hit, its listings below, and one line for all that is weak."""
    strong: dict[tuple[str, str], list[PartyHit]] = {}
    for hit in hits:
        if hit.class_ != "weak" or hit.decision:
            strong.setdefault((hit.class_, hit.alias.casefold()), []).append(hit)
    for alike in strong.values():
        yield Line((Span(_name(alike[0], lang)),), tuple(_listing(hit, lang) for hit in alike))
    weak = dict.fromkeys(hit.alias for hit in hits if hit.class_ == "weak" and not hit.decision)
    if weak:
        more = [say(lang, "line.more", count=str(len(weak) - SHOWN))] if len(weak) > SHOWN else []
        names = say(lang, "mark.semicolon").join([*list(weak)[:SHOWN], *more])
        yield Line((Span(say(lang, "parties.weak", names=names), "dim"),))


def _role(party: str, lang: Lang) -> str:
    owner = _OWNER.fullmatch(party)
    if owner:
        return say(lang, "parties.owner", number=str(int(owner[2]) + 1), party=_role(owner[1], lang))
    return subject(lang, party)


def _name(hit: PartyHit, lang: Lang) -> str:
    why = say(lang, f"parties_why.{hit.why}")
    said = {"class": say(lang, f"parties_class.{hit.class_}")}
    return say(lang, "parties.hit", alias=hit.alias, why=why, score=hit.score, **said)


def _listing(hit: PartyHit, lang: Lang) -> Line:
    days = [say(lang, f"parties.{key}", day=day) for key, day in (("since", hit.since), ("until", hit.until)) if day]
    said = say(
        lang,
        "parties.listing",
        list=say(lang, f"parties_list.{hit.list}") if hit.list else hit.list_name,
        notice=_notice(hit, lang),
        days="".join(days),
        effect=say(lang, f"parties_effect.{hit.effect}"),
    )
    return Line((Span(said),), (Line((Span(_decision(hit.decision, lang)),)),) if hit.decision else ())


def _notice(hit: PartyHit, lang: Lang) -> str:
    if hit.notice is None:
        return ""
    law = say(lang, "parties.depends" if hit.law == "depends" else f"law.{hit.law}")
    return say(lang, "parties.notice", notice=hit.notice, law=law)


def _decision(made: HitDecision, lang: Lang) -> str:
    said = {"reason": made.reason, "by": made.by, "on": made.on, "until": made.until}
    key = "parties.expired" if made.expired else "parties.decided"
    return say(lang, key, decision=say(lang, f"parties_decision.{made.decision}"), **said)
