"""The law over time in words: every change of each course, with its day and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exportctl.command.rule_law import Law
from exportctl.command.rule_outline import brackets, plain, section
from exportctl.command.rule_phrase import phrase
from exportctl.command.rule_text import readings
from exportctl.command.rule_use import Through
from exportctl.explain.document import Line, Span
from exportctl.explain.phrase import Lang, of, say
from exportctl.law.rule import Rule
from exportctl.law.timeline import Course, Stretch, Window, follows_its_limb

LONG = 100


def changes(law: Law, found: Sequence[Course], window: Window, lang: Lang) -> Iterator[Line]:
    """Yield each course with its stretches below it, then how the readings behind them are taken.

    A long note that comes again is told only once.
    """
    told: dict[str, str] = {}
    for number, course in enumerate(found):
        short = of(lang, course.instrument.short)
        below = [_stretch(stretch, course, told, lang) for stretch in course.stretches]
        if course.instrument not in (later.instrument for later in found[number + 1 :]):
            below += _following(law, course, lang)
        provisions = say(lang, "mark.colon") + _provisions(course.rules, lang) if course.rules else ""
        yield Line((Span(short, "strong"), Span(provisions), brackets(lang, course.instrument.id)), tuple(below))
    yield from section(lang, "readings_taken", readings(law, _ends(found, window), lang))


def _stretch(stretch: Stretch, course: Course, told: dict[str, str], lang: Lang) -> Line:
    now = stretch.standing
    state = Span(f" {say(lang, f'law.{now.state}')}", f"law.{now.state}")
    note = Span(say(lang, "mark.colon") + _told(of(lang, now.note), of(lang, course.instrument.short), told, lang))
    mark = phrase(lang, "dates", mark=say(lang, f"evidence.{now.evidence}"))
    return Line((Span(_days(stretch, course, lang)), state, note, brackets(lang, mark)))


def _told(note: str, short: str, told: dict[str, str], lang: Lang) -> str:
    """Return a note, or where a long one was told before; `told` remembers it."""
    if len(note) > LONG and note in told:
        return phrase(lang, "note_above", name=told[note])
    told[note] = short
    return note


def _days(stretch: Stretch, course: Course, lang: Lang) -> str:
    if len(course.stretches) == 1:
        return phrase(lang, "throughout")
    if stretch is course.stretches[0]:
        return phrase(lang, "up_to", day=stretch.last.isoformat())
    return phrase(lang, "since", day=stretch.first.isoformat())


def _following(law: Law, course: Course, lang: Lang) -> Iterator[Line]:
    """Yield which reviews of an instrument follow what they review."""
    own = [rule for _, rule in sorted(law.book.rules.items()) if rule.instrument == course.instrument.id]
    following = [rule for rule in own if follows_its_limb(law.book, rule)]
    if following:
        yield plain(phrase(lang, "reviews_follow", names=_provisions(following, lang)))


def _provisions(rules: Sequence[Rule], lang: Lang) -> str:
    return say(lang, "mark.comma").join(dict.fromkeys(of(lang, rule.provision) for rule in rules))


def _ends(found: Sequence[Course], window: Window) -> Through:
    """Return the readings about last days of suspensions in the window, each with the instruments suspended."""
    ends: Through = {}
    for instrument in dict.fromkeys(course.instrument.id for course in found):
        suspended = next(course.instrument.suspended for course in found if course.instrument.id == instrument)
        for suspension in suspended:
            if window.first <= suspension.until <= window.last:
                for reading in suspension.last_day:
                    ends.setdefault(reading, []).append(instrument)
    return ends
