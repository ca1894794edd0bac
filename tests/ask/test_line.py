import datetime
from decimal import Decimal

import pytest

from exportctl.ask.line import read_line


@pytest.fixture
def read(book):
    return lambda line, path: read_line(line, book.vocabulary.facts[path], book.vocabulary)


@pytest.mark.parametrize(
    ("line", "path", "value"),
    [
        ("yes", "party.military", True),
        ("N", "party.military", False),
        ("否", "party.military", False),
        ("2", "transfer.kind", "technology"),
        ("Goods", "transfer.kind", "goods"),
        ("货物", "transfer.kind", "goods"),
        ("Japan", "transfer.from", "JP"),
        ("中国", "transfer.from", "CN"),
        ("SG; 香港", "transfer.via", ["SG", "HK"]),
        ("none", "transfer.via", []),
        ("civil；军事用途; civil", "end_use.purposes", ["civil", "military"]),
        ("none", "party.lists", []),
        ("2", "party.lists", ["watch-list"]),
        ("14", "end_use.logic_nm", Decimal(14)),
        ("0.1..0.25", "item.value", {"low": Decimal("0.1"), "high": Decimal("0.25")}),
        ("2026-02-28", "on", datetime.date(2026, 2, 28)),
        ("Nd 29; Dy 2.5; Tb 0", "item.elements", {"Nd": Decimal(29), "Dy": Decimal("2.5"), "Tb": Decimal(0)}),
        ("NdFeB+Dy", "item.elements", {"Nd": None, "Fe": None, "B": None, "Dy": None}),
        (
            "Alpha KK, 60 %, control-list+watch-list; Beta KK, 40, none; Gamma KK, ?, ?",
            "party.owners",
            [
                {"name": "Alpha KK", "share": Decimal(60), "lists": ["control-list", "watch-list"]},
                {"name": "Beta KK", "share": Decimal(40), "lists": []},
                {"name": "Gamma KK"},
            ],
        ),
        ("无", "party.owners", []),
        ("1C905.a.4", "item.control_code", "1C905.a.4"),
    ],
)
def test_a_line_becomes_what_a_case_file_writes(read, line, path, value):
    assert read(line, path) == value


@pytest.mark.parametrize(
    ("line", "path", "problem"),
    [
        ("maybe", "party.military", "`maybe` is not yes or no"),
        ("4", "transfer.kind", "`4` is none of the choices"),
        ("0", "transfer.kind", "`0` is none of the choices"),
        ("magnett", "item.form", "did you mean `magnet`?"),
        ("CN/JP", "transfer.from", "several countries"),
        ("various", "transfer.from", "various"),
        ("civil; parade", "end_use.purposes", "`parade` is none of the choices"),
        (";", "item.chinese_technology", "names no value"),
        ("-1", "end_use.logic_nm", "below 0"),
        ("3..2", "item.value", "lies above"),
        ("about 5", "item.value", "is not a number"),
        ("soon", "on", "not a date"),
        ("Dy 60; Nd 50", "item.elements", "over 100"),
        ("Alpha KK, 120, none", "party.owners", "above 100"),
        ("Alpha KK, 20, none, none", "party.owners", "is not an owner"),
    ],
)
def test_a_line_that_does_not_fit_is_explained(read, line, path, problem):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - the message is looked at below
        read(line, path)
    assert problem in str(error.value)
