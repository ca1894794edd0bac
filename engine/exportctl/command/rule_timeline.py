"""The law over time, written to a terminal or a pipe: the chart, what its characters mean, every change."""

from __future__ import annotations

from rich.console import Console

from exportctl.command.rule_changes import changes
from exportctl.command.rule_chart import Chart
from exportctl.command.rule_law import Law, today
from exportctl.command.rule_outline import write
from exportctl.command.rule_phrase import phrase
from exportctl.explain.phrase import Lang, say
from exportctl.law.timeline import Course, Window


def print_timeline(law: Law, window: Window, found: list[Course], left_out: int, lang: Lang, console: Console) -> None:
    """Write the courses of the law over a window of days; the day of `law` is marked. In a pipe the chart is ASCII.

    `left_out` is how many more courses there are.
    """
    drawn = console.is_terminal and console.encoding.lower().startswith("utf")
    day = law.on.isoformat()
    mark = phrase(lang, "today", day=day) if law.on == today() else day
    chart = Chart(found, window, law.on, mark, lang, console.width, drawn)
    console.out(_title(law, window, lang), highlight=False)
    console.out()
    for line in (*chart.lines(), chart.legend()):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)
    console.out(phrase(lang, "scale", days=str(chart.days)), highlight=False)
    if left_out:
        console.out(phrase(lang, "uneventful", number=str(left_out)), highlight=False)
    console.out()
    write(changes(law, found, window, lang), console)


def _title(law: Law, window: Window, lang: Lang) -> str:
    span = phrase(lang, "span", first=window.first.isoformat(), last=window.last.isoformat())
    return span + say(lang, "mark.stop") + phrase(lang, "as_checked", day=law.book.checked_on)
