import pytest

from exportctl.case.read import read_cases
from exportctl.law.read import shipped_book
from exportctl.problem import Refused
from exportctl.strict_yaml import parse

BOOK = shipped_book()

CASE = """
title: a listed end user
on: 2025-08-05
parties:
  end_user:
    lists: [{{list: control-list, notice: {own}}}]
    owners: [{{share: 51, lists: [{{list: watch-list, notice: {owners}}}]}}]
"""


def test_a_notice_that_the_rule_book_does_not_know_is_named_with_its_line():
    (document,) = parse(CASE.format(own="mofcom-2025-99", owners="mofcom-2026-21x"), "case.yaml")
    with pytest.raises(Refused) as refused:
        read_cases(document, BOOK)
    assert [(p.place, p.field) for p in refused.value.problems] == [
        ("case.yaml:6", "parties.end_user.lists[0].notice"),
        ("case.yaml:7", "parties.end_user.owners[0].lists[0].notice"),
    ]


def test_a_known_notice_is_read():
    (document,) = parse(CASE.format(own="mofcom-2025-21", owners="mofcom-2026-12"), "case.yaml")
    (case,) = read_cases(document, BOOK)
    assert case.parties[0].facts["lists"] == (("control-list", "mofcom-2025-21"),)
