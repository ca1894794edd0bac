import pytest

from exportctl.case.read import read_cases
from exportctl.law.read import shipped_book
from exportctl.problem import Refused
from exportctl.strict_yaml import parse

BOOK = shipped_book()

FAULTY = """
title: licences
on: 2026-05-11
licences:
  - {number: L-7, kind: singel, until: soon}
  - {number: L-8, quantity: many, itme: 1C905.a.4}
  - general
"""


def test_every_fault_of_a_licence_is_named_and_none_is_left_out():
    (document,) = parse(FAULTY, "case.yaml")
    with pytest.raises(Refused) as refused:
        read_cases(document, BOOK)
    found = {(p.place, p.field) for p in refused.value.problems}
    assert {
        ("case.yaml:5", "licences[0].kind"),
        ("case.yaml:5", "licences[0].until"),
        ("case.yaml:6", "licences[1].quantity"),
        ("case.yaml:6", "licences[1].itme"),
        ("case.yaml:7", "licences[2]"),
    } <= found


def test_licences_that_are_no_list_are_refused():
    (document,) = parse("title: licences\non: 2026-05-11\nlicences: L-7\n", "case.yaml")
    with pytest.raises(Refused, match="must be a list of licences"):
        read_cases(document, BOOK)
