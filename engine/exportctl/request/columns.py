"""The columns of a request, in both languages, and how its words are written in a cell."""

from __future__ import annotations

from exportctl.law.vocabulary import Fact

QUESTIONS, INSIDE, CHOICES, NOTES = "Questions 问题", "Components 零部件", "Choices 选项", "Notes 说明"
SUPPLIER, ITEM, PART, DESCRIPTION, EN, ZH, WHY, ANSWER, UNIT, BY, ON, REMARK, FACT = range(13)
HEADINGS = (
    "Supplier 供应商", "Item 序号", "Part number 料号", "Description 描述", "Question (English)", "问题（中文）",
    "Reason 原因", "Answer 答复", "Unit 单位", "Answered by 答复人", "Date 日期", "Remark 备注", "Field 字段",
)  # fmt: skip
WIDTHS = (18, 10, 16, 30, 44, 36, 40, 26, 9, 18, 12, 20, 20)
OF_COMPONENT = (
    "parent", "part_number", "description", "quantity", "form", "magnet", "elements", "composition", "made_in",
    "origin", "unit_value", "currency",
)  # fmt: skip
HEADINGS_INSIDE = (
    "Inside item 所属序号", "Part number 料号", "Description 描述", "Quantity 数量", "Form 形态", "Magnet 永磁材料",
    "Elements, mass percent 成分", "Composition 成分完整性", "Made in 制造国", "Origin 原产国", "Value of one 单件价值",
    "Currency 币种",
)  # fmt: skip
CHOSEN = ("form", "magnet", "composition")
COMPONENTS = "item.components"
ALL_LISTED, SOME_LISTED = "listed 已全部列出", "partly 仅列出部分"
UNKNOWN = "unknown 未知"
YES_NO = ("yes 是", "no 否")


def options(name: str, fact: Fact) -> list[str]:
    """Return the answers to choose from, each the word of the case file and its Chinese; none for a free answer."""
    if name == COMPONENTS:
        return [ALL_LISTED, SOME_LISTED, UNKNOWN]
    if fact.type == "boolean":
        return [*YES_NO, UNKNOWN]
    if fact.type != "choice":
        return []
    return [*(f"{word} {value.zh}".strip() for word, value in fact.values.items()), UNKNOWN]


def word_of(text: str) -> str:
    """Return the word of the case file in a chosen answer."""
    return text.split(" ", 1)[0] if text else ""
