"""A request as a workbook: one row a question, drop-downs where there is a choice, notes in both languages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from exportctl.law.book import RuleBook
from exportctl.law.vocabulary import Fact
from exportctl.problem import Problem, Refused
from exportctl.request import columns as c
from exportctl.request.question import Question

ROOM = 8
"""Rows for the components of one item; more can be added below, with the item they are inside."""
MADE = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - the format has no zone; a fixed day makes equal files equal
NOTES = (
    "Please fill the columns Answer, Answered by and Date, and send the file back. Leave open what you do not know.",
    "Nothing is guessed: a blank answer stays unknown. Every answer is recorded with its author and date.",
    "Composition: mass percent by element, such as Nd 29; Dy 2.5; Fe 67.5; B 1. `none` if none asked for.",
    "Separate several values by a semicolon; `none` if there are none. Countries: two letters, such as JP.",
    "What is inside an item: one row a component on the sheet Components; then answer `listed` or `partly`.",
    "Amounts of money are for one piece; name the currency where the unit shows `?`, such as 1.25 USD.",
    "请填写“答复”“答复人”和“日期”三栏并将文件发回。不清楚的请留空。",
    "留空视为未知，不作推断。每项答复均记录答复人和日期。",
    "成分：各元素质量百分比，例如 Nd 29; Dy 2.5; Fe 67.5; B 1。不含所问元素请填 none。",
    "同一格内多个值以分号分隔；没有请填 none。国家填两个字母，例如 JP。",
    "物项内部的零部件：请在“Components 零部件”表逐行填写，并在答复栏选择 listed 或者 partly。",
    "金额为单件金额；单位显示“?”时请写明币种，例如 1.25 USD。",
)


def write_request(path: Path, questions: Sequence[Question], book: RuleBook) -> None:
    """Write the questions to an XLSX file. No cell is a formula, whatever it begins with.

    Raises:
        Refused: XlsxWriter is not installed, or the file cannot be written.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ImportError:
        hint = "install `exportctl[files]`"
        raise Refused([Problem(str(path), "", "writing a request needs XlsxWriter", hint)]) from None
    try:
        with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
            workbook.set_properties({"created": MADE})
            _Request(workbook, book).fill(questions)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise Refused([Problem(str(path), "", f"cannot be written: {error}")]) from None


class _Request:
    def __init__(self, workbook: Any, book: RuleBook) -> None:
        self.book = book
        self.sheet, self.choices, self.notes = (workbook.add_worksheet(n) for n in (c.QUESTIONS, c.CHOICES, c.NOTES))
        self.workbook = workbook
        self.plain = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.head = workbook.add_format({"bold": True, "bg_color": "#DDE6EF", "text_wrap": True, "border": 1})
        self.open = workbook.add_format(
            {"bg_color": "#FFF6D9", "locked": False, "border": 1, "text_wrap": True, "num_format": "@", "valign": "top"}
        )
        self.ranges: dict[str, str] = {}

    def fill(self, questions: Sequence[Question]) -> None:
        for column, (heading, width) in enumerate(zip(c.HEADINGS, c.WIDTHS, strict=True)):
            self.sheet.set_column(column, column, width, None, {"hidden": column == c.FACT})
            self.sheet.write_string(0, column, heading, self.head)
        for row, question in enumerate(questions, 1):
            self._row(row, question)
        self._components([question for question in questions if question.fact == c.COMPONENTS])
        self.sheet.freeze_panes(1, c.EN)
        self.sheet.autofilter(0, 0, max(1, len(questions)), len(c.HEADINGS) - 1)
        self.sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})
        self.notes.set_column(0, 0, 110)
        for row, note in enumerate(NOTES):
            self.notes.write_string(row, 0, note)

    def _row(self, row: int, question: Question) -> None:
        item, fact = question.item, self.book.vocabulary.facts[question.fact]
        why = f"{question.why.zh}\n{question.why.en}"
        cells = (item.supplier, item.id, item.part_number, item.description, question.text.en, question.text.zh, why)
        for column, text in enumerate(cells):
            self.sheet.write_string(row, column, text, self.plain)
        for column in (c.ANSWER, c.BY, c.ON, c.REMARK):
            self.sheet.write_blank(row, column, None, self.open)
        self.sheet.write_string(row, c.UNIT, question.unit, self.plain)
        self.sheet.write_string(row, c.FACT, question.fact, self.plain)
        if listed := self._range(question.fact, fact):
            self.sheet.data_validation(row, c.ANSWER, row, c.ANSWER, {"validate": "list", "source": listed})

    def _components(self, questions: Sequence[Question]) -> None:
        """Make room to list what is inside the items of which that is asked."""
        if not questions:
            return
        sheet, facts = self.workbook.add_worksheet(c.INSIDE), self.book.vocabulary.facts
        for column, heading in enumerate(c.HEADINGS_INSIDE):
            sheet.set_column(column, column, 18)
            sheet.write_string(0, column, heading, self.head)
        last = len(questions) * ROOM
        for row in range(1, last + 1):
            sheet.write_string(row, 0, questions[(row - 1) // ROOM].item.id, self.open)
            for column in range(1, len(c.OF_COMPONENT)):
                sheet.write_blank(row, column, None, self.open)
        for column, name in enumerate(c.OF_COMPONENT):
            if name in c.CHOSEN:
                listed = self._range(f"item.{name}", facts[f"item.{name}"])
                sheet.data_validation(1, column, last, column, {"validate": "list", "source": listed})
        sheet.freeze_panes(1, 1)

    def _range(self, name: str, fact: Fact) -> str:
        """Return where the choices of a fact stand, written there the first time."""
        words = c.options(name, fact)
        if words and name not in self.ranges:
            column = len(self.ranges)
            self.choices.write_string(0, column, name, self.head)
            for row, word in enumerate(words, 1):
                self.choices.write_string(row, column, word)
            letter = chr(ord("A") + column)
            self.ranges[name] = f"='{c.CHOICES}'!${letter}$2:${letter}${len(words) + 1}"
        return self.ranges.get(name, "")
