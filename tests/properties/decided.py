"""A raw case, decided without its explanation: what properties compare."""

from exportctl.case.read import read_cases
from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.gap import verdict
from exportctl.decide.outcome import decide
from exportctl.strict_yaml import Document, parse_json


def case_of(raw, book):
    import json  # noqa: PLC0415

    return read_cases(parse_json(json.dumps(raw), "generated"), book)[0]


def examined(case, book):
    exam = Examination(book, case)
    return exam, apply_all(exam)


def verdict_on(case, book, fixed=None):
    _, applied = examined(case, book)
    return verdict(book, decide(book, applied), fixed or {})


__all__ = ["Document", "case_of", "examined", "verdict_on"]
