"""A rule in words: where it stands, when it applies, what follows, what it stands against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exportctl.command.rule_act import dates, named, sources
from exportctl.command.rule_clause import Clauses
from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import brackets, in_both, labelled, plain, section
from exportctl.command.rule_phrase import phrase
from exportctl.command.rule_use import Through, readings_of_rule
from exportctl.explain.document import Line, Span, Spans
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.rule import Lift, Rule
from exportctl.law.timeline import follows_its_limb


def rule_lines(law: Law, name: str, lang: Lang) -> Iterator[Line]:
    """Yield everything about a rule."""
    rule = law.book.rules[name]
    clauses = Clauses(law, lang, rule.parameters)
    yield Line((Span(rule.id, "code"),), in_both(lang, rule.title))
    yield from _standing(law, rule, lang)
    yield from section(lang, "when", [clauses.line(rule.when)])
    yield from section(lang, "parameters", _numbers(clauses, rule))
    yield from _consequence(law, rule, lang)
    yield from section(lang, "readings", readings(law, readings_of_rule(law.book, rule), lang))
    yield from _beside(law, rule, lang)
    if rule.note:
        yield from section(lang, "note", [plain(of(lang, rule.note))])
    instrument = law.book.instruments[rule.instrument]
    yield labelled(lang, "instrument", *named(instrument, lang), below=dates(law.book, instrument, lang, rule.name))
    yield from section(lang, "sources", sources(law.book, instrument, lang))


def readings(law: Law, found: Through, lang: Lang) -> Iterator[Line]:
    """Yield readings as they are taken, each with where it is named."""
    for name, places in sorted(found.items()):
        reading, choice = law.book.readings[name], law.choice(name)
        through = phrase(lang, "fixed_in", names=say(lang, "mark.comma").join(places))
        meaning = Span(say(lang, "mark.colon") + of(lang, reading.choices[choice].meaning))
        yield Line(
            (Span(name, "code"), Span(" = "), Span(choice, "value"), meaning, brackets(lang, through)),
            (plain(of(lang, reading.question)),),
        )


def rule_ref(law: Law, name: str, lang: Lang) -> Spans:
    """Return a rule by its id, with its title and its state on the day."""
    rule = law.book.rules[name]
    state = say(lang, f"law.{law.of(rule).state}")
    return Span(name, "code"), Span(say(lang, "mark.colon") + of(lang, rule.title)), brackets(lang, state)


def users(law: Law, names: Sequence[str], lang: Lang) -> Iterator[Line]:
    """Yield the rules among some names, each on a line, then the other names on one."""
    book = law.book
    yield from (Line(rule_ref(law, name, lang)) for name in names if name in book.rules)
    others = [name for name in names if name not in book.rules]
    if others:
        yield Line((Span(say(lang, "mark.comma").join(others), "code"),))


def _standing(law: Law, rule: Rule, lang: Lang) -> Iterator[Line]:
    now = law.of(rule)
    state = Span(say(lang, f"law.{now.state}"), f"law.{now.state}")
    colon, mark = say(lang, "mark.colon"), phrase(lang, "dates", mark=say(lang, f"evidence.{now.evidence}"))
    limb = (brackets(lang, phrase(lang, "limb")),) if follows_its_limb(law.book, rule) else ()
    yield labelled(lang, "provision", *_provision(law, rule, lang))
    yield labelled(lang, "kind", Span(say(lang, f"kind.{rule.kind}")))
    yield labelled(lang, "looks_at", Span(of(lang, law.book.vocabulary.places[rule.at])))
    note = Span(colon + of(lang, now.note))
    yield labelled(lang, "law", state, note, brackets(lang, mark), *limb, on=law.on.isoformat())
    words = rule.evidence.words
    source = Span(colon + rule.evidence.source) if rule.evidence.source else Span("")
    meaning = brackets(lang, say(lang, f"evidence_meaning.{words}"))
    yield labelled(lang, "words", Span(say(lang, f"evidence.{words}"), f"evidence.{words}"), meaning, source)
    yield labelled(lang, "file", Span(law.book.places.get(rule.id, "")))


def _provision(law: Law, rule: Rule, lang: Lang) -> Spans:
    """Return instrument and provision, in the language asked for and in the other."""
    other: Lang = "en" if lang == "zh" else "zh"
    short = law.book.instruments[rule.instrument].short
    said, again = (f"{of(one, short)} {of(one, rule.provision)}" for one in (lang, other))
    return Span(said), brackets(lang, again)


def _numbers(clauses: Clauses, rule: Rule) -> Iterator[Line]:
    for name, parameter in rule.parameters.items():
        for dated in parameter.values:
            start = phrase(clauses.lang, "from", day=dated.start.isoformat())
            value = Span(f" = {clauses.number(parameter, dated.value)} {start} ")
            yield Line((Span(name, "code"), value, Span(f"「{dated.words}」", "words")))


def _consequence(law: Law, rule: Rule, lang: Lang) -> Iterator[Line]:
    stated = rule.then.outcome or {"scope": "no_requirement_found", "exemption": "exempt"}.get(rule.kind)
    if stated:
        outcome = Span(say(lang, f"outcome.{stated}"), f"outcome.{stated}")
        yield labelled(lang, "outcome", outcome, Span(say(lang, "mark.colon") + say(lang, f"outcome_meaning.{stated}")))
    if rule.presumed:
        yield labelled(lang, "presumed", Span(phrase(lang, "presumed_line")))
    yield from section(lang, "duties", (_duty(law, name, lang) for name in rule.then.duties))


def _duty(law: Law, name: str, lang: Lang) -> Line:
    duty = law.book.duties[name]
    whom = say(lang, "mark.comma").join((of(lang, duty.who), of(lang, duty.when)))
    return Line((Span(name, "code"), Span(say(lang, "mark.colon") + whom)), (plain(of(lang, duty.text)),))


def _beside(law: Law, rule: Rule, lang: Lang) -> Iterator[Line]:
    """Yield the rules that a rule lifts, reviews or is related to, and those that do so to it."""
    others = [other for _, other in sorted(law.book.rules.items())]
    lifted_by = [(other.id, lift) for other in others for lift in other.lifts if lift.rule == rule.id]
    yield from section(lang, "lifts", (_lift(law, lift.rule, lift, lang) for lift in rule.lifts))
    yield from section(lang, "lifted_by", (_lift(law, name, lift, lang) for name, lift in lifted_by))
    reviewing = [other.id for other in law.book.reviewing(rule.id)]
    for label, names in (("touches", rule.touches), ("reviewed_by", reviewing), ("related", rule.related)):
        yield from section(lang, label, (Line(rule_ref(law, name, lang)) for name in names))


def _lift(law: Law, name: str, lift: Lift, lang: Lang) -> Line:
    under = (phrase(lang, "only_under", reading=reading, choice=choice) for reading, choice in lift.under.items())
    return Line((*rule_ref(law, name, lang), *(brackets(lang, text) for text in under)))
