"""`exportctl ask`: guided questions, in a terminal or over a pipe."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from exportctl.ask.case_file import load, save, written
from exportctl.ask.line import words_of
from exportctl.ask.phrase import say
from exportctl.ask.talk import Question, Talk
from exportctl.command.check import show
from exportctl.command.options import (
    Format,
    FormatOption,
    Lang,
    LangOption,
    ReadingOption,
    RulesDir,
    book_of,
    fixed_readings,
)
from exportctl.command.report import mending_errors
from exportctl.explain.phrase import Lang as Language
from exportctl.explain.phrase import of
from exportctl.explain.phrase import say as explain
from exportctl.explain.said import subject
from exportctl.law.vocabulary import Fact

UNKNOWN = ("", "?", "？", "unknown", "i don't know", "don't know", "dont know", "不知道", "不清楚", "未知")
BACK, STOP = ("back", "<", "返回"), ("stop", "quit", "exit", "结束")
WHY, HELP = ("why", "为什么"), ("help", "帮助")
ONE_A_LINE = 16
_HINTS = {"choice": "one_of", "choices": "some_of", "lists": "some_of"}


def ask(
    file: Annotated[
        Path | None, typer.Argument(metavar="[CASE]", help="Where the case is saved; if it exists, it is gone on with.")
    ] = None,
    format_: FormatOption = Format.text,
    lang: LangOption = Lang.en,
    rules: RulesDir = None,
    reading: ReadingOption = None,
) -> None:
    """Ask for the facts that decide, in an order that ends early, and write the determination and the case.

    Questions go to standard error, the determination to standard output. `?` says that you do not know, `back` takes
    the last answer back, `stop` or the end of input gives the determination so far.

    Examples:

      exportctl ask shipment.yaml

      exportctl ask --lang zh

      exportctl ask --format json < answers.txt
    """
    _read_anything()
    with mending_errors():
        book = book_of(rules)
        begun = load(file) if file and file.exists() else {"title": say(lang.value, "title")}
        talk = Talk(book, begun, fixed_readings(reading, book))
        conversation = _Conversation(talk, file, lang)
        if file and file.exists():
            conversation.resumed(file)
        conversation.hold()
        found = talk.determination()
    show(found, format_, lang)
    conversation.end(format_)


def _read_anything() -> None:
    """Let a line that is not UTF-8 arrive as one that cannot be read, instead of ending the conversation."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


@dataclass
class _Conversation:
    """Questions out, lines in."""

    talk: Talk
    file: Path | None
    lang: Lang

    def say(self, key: str, **parts: str) -> None:
        typer.echo(say(self.lang.value, key, **parts), err=True)

    def resumed(self, file: Path) -> None:
        """Say what was taken over from a file."""
        known, unknown = _counted(self.talk.data)
        self.say("resumed", file=str(file), known=str(known), unknown=str(unknown))

    def hold(self) -> None:
        """Ask until nothing is left that decides, or until there is no more input."""
        self.say("help")
        while (question := self.talk.next()) is not None:
            self._put(question)
            if not self._answered(question):
                self.say("stopped")
                return
            self._keep()
        found = self.talk.determination()
        self.say("same" if found.certain == found.possible else "law_only")

    def end(self, format_: Format) -> None:
        """Write the case to its file, or show it where no file was named."""
        if self.file is not None:
            self._keep()
            self.say("saved", file=str(self.file))
        elif format_ is not Format.json:
            heading = say(self.lang.value, "case")
            typer.echo(f"\n# {heading}\n{written(self.talk.data)}".rstrip())

    def _keep(self) -> None:
        if self.file is not None:
            save(self.talk.data, self.file)

    def _put(self, question: Question) -> None:
        lang: Language = self.lang.value
        fact = self.talk.fact(question)
        text = of(lang, question.wording)
        about = ", ".join(subject(lang, name) for name in question.subjects if name not in ("transfer", "1"))
        typer.echo("\n" + (say(lang, "about", question=text, about=about) if about else text), err=True)
        self._choices(fact)
        self._hint(fact)

    def _choices(self, fact: Fact) -> None:
        """Show the values to choose from, one a line; many of them in one paragraph."""
        shown = []
        for number, word in enumerate(words_of(fact), 1):
            label = fact.values[word].zh if self.lang is Lang.zh and fact.values[word].zh else word
            shown.append(say(self.lang.value, "choose", number=str(number), name=label))
        if shown:
            typer.echo("\n".join(shown) if len(shown) <= ONE_A_LINE else ";".join(shown), err=True)

    def _hint(self, fact: Fact) -> None:
        key = _HINTS.get(fact.type, fact.type)
        unit = f" ({fact.unit})" if fact.unit else ""
        self.say(key, **({"unit": unit} if key == "number" else {}))

    def _answered(self, question: Question) -> bool:
        """Read lines until one of them settles the question, or goes back; return whether there was one."""
        while True:
            typer.echo("> ", nl=False, err=True)
            line = sys.stdin.readline()
            word = line.strip().casefold()
            if not line or word in STOP:
                return False
            if word in BACK:
                self.say("went_back" if self.talk.back() else "nothing_back")
                return True
            if word in WHY:
                self._why(question)
            elif word in HELP:
                self.say("help")
            elif self._taken(question, line, word):
                return True

    def _why(self, question: Question) -> None:
        if question.why:
            self.say("why", rules=", ".join(question.why))
        else:
            self.say("why_first")

    def _taken(self, question: Question, line: str, word: str) -> bool:
        if word in UNKNOWN:
            self.talk.unknown(question)
            self.say("unknown")
            return True
        try:
            self.talk.answer(question, line)
        except ValueError as error:
            self.say("wrong", problem=str(error))
            return False
        self._so_far()
        return True

    def _so_far(self) -> None:
        if any(fact not in _written(self.talk.data) for fact in ("transfer.kind", "transfer.from", "transfer.to")):
            return
        found = self.talk.determination()
        named = {
            key: explain(self.lang.value, f"outcome.{getattr(found, key)}")
            for key in ("outcome", "certain", "possible")
        }
        self.say("so_far", **named)


def _written(data: dict[str, object]) -> set[str]:
    transfer = data.get("transfer")
    return {f"transfer.{key}" for key in transfer} if isinstance(transfer, dict) else set()


def _counted(data: object) -> tuple[int, int]:
    """Return how many values of a case are known, and how many are said to be unknown."""
    if isinstance(data, dict):
        each = [_counted(value) for key, value in data.items() if key != "title"]
    elif isinstance(data, list) and any(isinstance(part, dict) for part in data):
        each = [_counted(part) for part in data]
    else:
        return (0, 1) if data is None else (1, 0)
    return sum(known for known, _ in each), sum(unknown for _, unknown in each)
