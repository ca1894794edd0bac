"""Answers put into a bill of materials; what contradicts it, or another answer, is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exportctl.decide.determination import Answered
from exportctl.problem import Problem, Refused
from exportctl.request.read import Answer
from exportctl.strict_yaml import Document


def apply_answers(document: Document, answers: Iterable[Answer]) -> list[Answered]:
    """Fill the items of a document with answers and return them for the record.

    Raises:
        Refused: with every answer about an item that is not there or is another one now, and every contradiction.
    """
    items = {str(item.get("id")): item for item in _items(document.data["item"])}
    said: dict[tuple[str, str], tuple[Any, str]] = {}
    problems: list[Problem] = []
    found: list[Answered] = []
    for answer in answers:
        problems += _misplaced(answer, items.get(answer.item))
        if answer.item not in items or problems:
            continue
        for name, value in {answer.fact.removeprefix("item."): answer.value, **answer.also}.items():
            problems += _contradiction(answer, name, value, items[answer.item], said)
            said.setdefault((answer.item, name), (value, answer.place))
        found.append(_recorded(answer))
    if problems:
        raise Refused(problems)
    for (item, name), (value, _) in said.items():
        items[item][name] = value
    return found


def _misplaced(answer: Answer, item: dict[str, Any] | None) -> Iterator[Problem]:
    if item is None:
        yield Problem(answer.place, "", f"there is no item `{answer.item}` in this bill of materials")
        return
    now = str(item.get("part_number") or item.get("description") or "")
    if " ".join(now.split()) != " ".join(answer.known_by.split()):
        text = f"item {answer.item} is `{now}` here, and the answer is about `{answer.known_by}`"
        yield Problem(answer.place, "", text, "ask again with a request made from this bill of materials")


def _contradiction(
    answer: Answer, name: str, value: Any, item: dict[str, Any], said: dict[tuple[str, str], tuple[Any, str]]
) -> Iterator[Problem]:
    before = said.get((answer.item, name))
    if before is not None and before[0] != value:
        text = f"`{value}` contradicts `{before[0]}`, the answer in {before[1]}"
        yield Problem(answer.place, f"{answer.item} {name}", text)
    elif before is None and item.get(name) is not None and item[name] != value and name != "elements":
        text = f"`{value}` contradicts `{item[name]}` in the bill of materials"
        yield Problem(answer.place, f"{answer.item} {name}", text)


def _items(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    waiting = [root]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += item.get("components") or ()


def _recorded(answer: Answer) -> Answered:
    return Answered(
        item=answer.item,
        fact=answer.fact,
        answer=answer.shown,
        by=answer.by,
        on=answer.on.isoformat(),
        place=answer.place,
    )
