"""A rule book with one planted fault is refused, with the file and line of that fault and nothing else.

The book is `tests/law/book`: made-up law that says each thing a rule book can say, once.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from exportctl.law.check import check
from exportctl.law.read import read_book, rules_folder
from exportctl.law.strict import validate
from exportctl.law.vocabulary import Vocabulary
from exportctl.problem import Problem, Refused
from exportctl.strict_yaml import Document, parse

BOOK = Path(__file__).parent / "book"
SEEDS = Path(__file__).parent / "seeds"
VOCABULARY = "vocabulary.yaml"
INSTRUMENTS = "instruments.yaml"
READINGS = "readings.yaml"
DUTIES = "duties.yaml"
INPUTS = "lists/inputs.yaml"
PRODUCTS = "lists/products.yaml"
LIST = "cn/decree-7/list.yaml"
SHARE = "cn/decree-7/share.yaml"
RELIEF = "cn/decree-7/relief.yaml"
PARTY = "cn/decree-7/listed-party.yaml"
MOTORS = "cn/answers/motors.yaml"
A_MOTOR = "fact: item.form\n  is: motor"
FOR_RELIEF = "fact: end_use.purposes\n  in: [relief]"
MILITARY = "fact: party.military\n      is: yes"


@dataclass(frozen=True)
class Fault:
    """An edit of one file of the book, and what must be said about it.

    The fault stands on the line `line` below the edit, or where `at` (a file and a text in it) stands. `besides` is
    how many other faults the edit brings of necessity.
    """

    file: str
    old: str
    new: str
    text: str
    hint: str = ""
    line: int = 0
    at: tuple[str, str] | None = None
    besides: int = 0

    def place(self, folder: Path) -> str:
        """Plant the fault and return its place."""
        edit(folder, self.file, self.old, self.new)
        file, mark = self.at or (self.file, self.new)
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(mark) == 1, f"{mark} stands {text.count(mark)} times in {file}"
        return f"rules/{file}:{text[: text.index(mark)].count(chr(10)) + 1 + self.line}"


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    return Path(shutil.copytree(BOOK, tmp_path / "rules"))


def problems_of(folder: Path) -> list[Problem]:
    try:
        read_book(folder)
    except Refused as refused:
        return list(refused.problems)
    return []


def assert_said(folder: Path, fault: Fault) -> None:
    place = fault.place(folder)
    places = {place, place.partition(":")[0]} if VOCABULARY in place else {place}
    problems = problems_of(folder)
    said = [problem for problem in problems if problem.place in places and problem.problem == fault.text]
    assert len(said) == 1, "\n".join(map(str, problems))
    assert fault.hint in said[0].hint
    assert said[0].hint
    assert len(problems) == 1 + fault.besides, "\n".join(map(str, problems))


def faults(*planted: Fault) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("fault", planted, ids=lambda fault: fault.text[:70])


def test_the_book_without_a_fault_is_read(folder: Path) -> None:
    assert len(read_book(folder).rules) == 5


def test_the_shipped_book_has_no_fault() -> None:
    assert read_book(rules_folder()).rules


@faults(
    Fault(
        LIST,
        "transfer.crosses_border\n",
        "transfer.crosses_boarder\n",
        "unknown fact `transfer.crosses_boarder`",
        "did you mean `transfer.crosses_border`?",
    ),
    Fault(MOTORS, A_MOTOR, "fact: Item.Form\n  is: motor", "unknown fact `Item.Form`", "did you mean `item.form`?"),
    Fault(
        RELIEF,
        FOR_RELIEF,
        "fact: parties.importer.milit\n  is: yes",
        "unknown fact `parties.importer.milit`",
        "did you mean `parties.importer.military`?",
    ),
    Fault(INPUTS, "item.main_element, is: Sm", "item.man_element, is: Sm", "unknown fact `item.man_element`"),
    Fault(VOCABULARY, "item.origin, is: CN", "item.orign, is: CN", "unknown fact `item.orign`", "`item.origin`"),
    Fault(VOCABULARY, "same_as: transfer.to", "same_as: transfer.too", "unknown fact `transfer.too`", "transfer.to"),
)
def test_a_clause_asks_only_for_facts_of_the_vocabulary(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        RELIEF,
        FOR_RELIEF,
        A_MOTOR,
        "`item.form` cannot be seen here, where the clause looks at the transfer",
        "inside any_component and in list rows",
    ),
    Fault(
        RELIEF,
        FOR_RELIEF,
        "fact: share.counted\n  above: 0.5",
        "`share.counted` cannot be seen here, where the clause looks at the transfer",
    ),
    Fault(
        PARTY,
        MILITARY,
        "fact: item.origin\n      is: CN",
        "`item.origin` cannot be seen here, where the clause looks at a party",
    ),
    Fault(
        PARTY,
        MILITARY,
        "fact: owner.share\n      above: 50",
        "`owner.share` cannot be seen here, where the clause looks at a party",
        "inside any_owner only",
    ),
    Fault(
        MOTORS,
        A_MOTOR,
        "fact: party.military\n  is: yes",
        "`party.military` cannot be seen here, where the clause looks at an item",
        "`parties.importer.` and `parties.end_user.` ones everywhere",
    ),
    Fault(
        SHARE,
        "fact: item.entries\n        includes: decree-7.inputs",
        "fact: party.military\n        is: yes",
        "`party.military` cannot be seen here, where the clause looks at an item",
    ),
    Fault(
        INPUTS,
        "{fact: item.main_element, is: Sm}",
        "{fact: party.military, is: yes}",
        "`party.military` cannot be seen here, where the clause looks at an item",
    ),
    Fault(
        VOCABULARY,
        "{fact: owner.lists, includes: control-list}",
        "{fact: party.military, is: yes}",
        "`party.military` cannot be seen here, where the clause looks at an owner of a party",
    ),
    Fault(
        VOCABULARY,
        "not: {fact: transfer.from, same_as: transfer.to}",
        "{fact: item.origin, is_not: CN}",
        "`item.origin` cannot be seen here, where the clause looks at the transfer",
    ),
    Fault(
        VOCABULARY,
        "same_as: transfer.to",
        "same_as: item.origin",
        "`item.origin` cannot be seen here, where the clause looks at the transfer",
    ),
    Fault(
        RELIEF,
        FOR_RELIEF,
        "fact: title\n  is: relief",
        "`title` cannot be seen here, where the clause looks at the transfer",
        "no clause sees it",
    ),
    Fault(
        VOCABULARY,
        "any_owner:\n",
        "any_component:\n",
        "`any_component` looks inside an item, and here the clause looks at a party",
        besides=2,
    ),
    Fault(
        VOCABULARY,
        "any_component: {fact: item.entries, includes: decree-7.products}",
        "any_owner: {fact: owner.share, above: 50}",
        "`any_owner` looks inside a party, and here the clause looks at an item",
    ),
)
def test_a_clause_sees_only_what_it_looks_at(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (RELIEF, FOR_RELIEF, "fact: parties.end_user.military\n  is: no"),
        (MOTORS, A_MOTOR, "fact: transfer.crosses_border\n  is: yes"),
        (MOTORS, A_MOTOR, "fact: share.counted\n  between: [0.1, 0.2]"),
        (MOTORS, A_MOTOR, "fact: item.control_code\n  in: [whatever, stands here]"),
        (MOTORS, A_MOTOR, "fact: item.main_element\n  is_not: none"),
        (MOTORS, A_MOTOR, "fact: item.origin\n  is: NO"),
        (RELIEF, FOR_RELIEF, "fact: transfer.via\n  excludes: [HK, DE]"),
        (VOCABULARY, "{fact: owner.lists, includes: control-list}", "any_owner: {fact: owner.share, above: 50}"),
        (PRODUCTS, "{fact: item.elements, includes: Dy}", "{fact: item.holds_listed, is: yes}"),
        (INSTRUMENTS, "provisions: [share]\n        by", "provisions: [list, share]\n        by"),
        (
            PRODUCTS,
            "any_component: {fact: item.entries, includes: decree-7.products.magnets}",
            "any_component: {not: {all: [{fact: item.entries, excludes: decree-7.products}]}}",
        ),
        (INPUTS, "alias: 7A.2", "alias: 7A.9"),
        (PARTY, "touches: [decree-7.list]", "touches: [decree-7.list, decree-7.share]"),
    ],
)
def test_what_is_allowed_is_not_a_fault(folder: Path, file: str, old: str, new: str) -> None:
    edit(folder, file, old, new)
    assert read_book(folder).sha256 != read_book(BOOK).sha256


@faults(
    Fault(
        SHARE,
        "at_least: min_share",
        "includes: min_share",
        "`includes` does not fit `share.counted`, which is of type number",
        "what fits is at_least, at_most, above, below, between",
    ),
    Fault(
        PARTY,
        MILITARY,
        "fact: party.military\n      includes: control-list",
        "`includes` does not fit `party.military`, which is of type boolean",
        "is, is_not",
        line=1,
    ),
    Fault(
        MOTORS,
        A_MOTOR,
        "fact: item.form\n  at_least: 4",
        "`at_least` does not fit `item.form`, which is of type choice",
        line=1,
    ),
    Fault(
        MOTORS,
        A_MOTOR,
        "fact: item.control_code\n  above: 3",
        "`above` does not fit `item.control_code`, which is of type text",
        line=1,
    ),
    Fault(
        PRODUCTS,
        "{fact: item.elements, includes: Dy}",
        "{fact: item.elements, is: Dy}",
        "`is` does not fit `item.elements`, which is of type elements",
        "includes, excludes, in",
    ),
    Fault(
        VOCABULARY,
        "{fact: item.entries, includes: decree-7.inputs.metals}",
        "{fact: item.entries, is: decree-7.inputs.metals}",
        "`is` does not fit `item.entries`, which is of type entries",
    ),
    Fault(
        RELIEF,
        FOR_RELIEF,
        "fact: transfer.left_on\n  is: soon",
        "`is` does not fit `transfer.left_on`, which is of type date",
        line=1,
    ),
    Fault(
        MOTORS,
        A_MOTOR,
        "fact: item.components\n  includes: motor",
        "`includes` does not fit `item.components`, which is of type list",
        "no operator tests",
        line=1,
    ),
)
def test_an_operator_fits_the_type_of_its_fact(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(MOTORS, "  is: motor", "  is: moter", "`moter` is not a value of `item.form`", "did you mean `motor`?"),
    Fault(MOTORS, "  is: motor", "  is: yes", "`yes` is not a value of `item.form`", "one of metal, magnet, powder"),
    Fault(
        RELIEF,
        "  in: [relief]",
        "  in:\n    - civil\n    - releif",
        "`releif` is not a value of `end_use.purposes`",
        "did you mean `relief`?",
        line=2,
    ),
    Fault(RELIEF, "  in: [relief]", "  in: []", "`in` of nothing", "at least one"),
    Fault(
        VOCABULARY,
        "owner.lists, includes: control-list",
        "owner.lists, includes: controllist",
        "`controllist` is not a value of `owner.lists`",
        "did you mean `control-list`?",
    ),
    Fault(VOCABULARY, "item.origin, is: CN", "item.origin, is: cn", "`cn` is not a country code", "`CN`"),
    Fault(VOCABULARY, "item.origin, is: CN", "item.origin, is: no", "`no` is not a country code", "`NO`"),
    Fault(
        RELIEF,
        FOR_RELIEF,
        "fact: transfer.via\n  includes: HKG",
        "`HKG` is not a country code",
        "did you mean `HK`?",
        line=1,
    ),
    Fault(PRODUCTS, "includes: Dy", "includes: dy", "`dy` is not an element symbol", "did you mean `Dy`?"),
    Fault(INPUTS, "is: Sm", "is: Xx", "`Xx` is not an element symbol or `none`", "one of B, Co"),
    Fault(
        MOTORS,
        A_MOTOR,
        "fact: item.control_code\n  is: yes",
        "`yes` is a truth value, and `item.control_code` is of type text",
        "quotes",
        line=1,
    ),
    Fault(
        PARTY,
        MILITARY,
        'fact: party.military\n      is: "yes"',
        "`yes` is text, not a truth value",
        "without quotes",
        line=1,
    ),
    Fault(
        VOCABULARY,
        "same_as: transfer.to",
        "same_as: transfer.via",
        "`transfer.via` is of type countries, and `transfer.from` of type country",
    ),
    Fault(LIST, "7A-dy]", "7A-dx]", "`7A-dx` is not a list, a group of a list or a code", "did you mean `7A-dy`?"),
    Fault(
        PRODUCTS,
        "decree-7.products.magnets",
        "decree-7.product.magnets",
        "`decree-7.product.magnets` is not a list, a group of a list or a code",
        "did you mean `decree-7.products.magnets`?",
    ),
)
def test_an_operand_is_a_value_its_fact_can_have(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        SHARE,
        "at_least: min_share",
        "at_least: min_shar",
        "`min_shar` is not a number",
        "did you mean `min_share`?",
        besides=1,
    ),
    Fault(
        RELIEF,
        FOR_RELIEF,
        'fact: end_use.nodes_nm\n  at_most: "14"',
        "`14` is not a number",
        "name a parameter of the rule",
        line=1,
    ),
    Fault(VOCABULARY, "at_least: 50", "at_least: min_share", "`min_share` is not a number", "write a number"),
    Fault(
        SHARE,
        "at_least: min_share",
        "at_least: 0.003",
        "no clause uses the parameter `min_share`",
        at=(SHARE, "min_share: {unit"),
    ),
    Fault(SHARE, "unit: ratio", 'unit: ""', "`min_share` has no unit", "ratio"),
)
def test_a_number_is_a_number_or_a_parameter_with_a_unit(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(VOCABULARY, "{powders: free}", "{powder: free}", "unknown reading `powder`", "`powders`", besides=1),
    Fault(
        VOCABULARY,
        "{powders: free}",
        "{powders: fre}",
        "unknown choice of the reading `powders`: `fre`",
        "did you mean `free`?",
    ),
    Fault(
        PARTY,
        "{relief-first: review-first}",
        "{relief-first: never}",
        "unknown choice of the reading `relief-first`: `never`",
        "one of review-first, exemption-first",
    ),
    Fault(
        INSTRUMENTS,
        "{last-day: included}",
        "{lastday: included}",
        "unknown reading `lastday`",
        "did you mean `last-day`?",
        besides=1,
    ),
    Fault(
        INSTRUMENTS,
        "{last-day: included}",
        "{last-day: excluded}",
        "unknown choice of the reading `last-day`: `excluded`",
        "did you mean `included`?",
    ),
    Fault(
        VOCABULARY,
        ", under: {powders: free}",
        "",
        "nothing names the reading `powders`",
        at=(READINGS, "id: powders"),
    ),
    Fault(
        PARTY,
        "[{rule: decree-7.relief, under: {relief-first: review-first}}]",
        "[decree-7.relief]",
        "nothing names the reading `relief-first`",
        at=(READINGS, "id: relief-first"),
    ),
)
def test_readings_are_named_as_they_are_written_down(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(MOTORS, "instrument: decree-7", "instrument: decree-8", "unknown instrument `decree-8`", "did you mean"),
    Fault(PRODUCTS, "instrument: decree-7", "instrument: decre", "unknown instrument `decre`", "did you mean"),
    Fault(
        DUTIES,
        "instrument: decree-7\n    provision: {en: Article 9",
        "instrument: degree-7\n    provision: {en: Article 9",
        "unknown instrument `degree-7`",
        "did you mean `decree-7`?",
    ),
    Fault(
        INSTRUMENTS,
        "by: decree-9\n        then: in_force",
        "by: decree-99\n        then: in_force",
        "unknown instrument `decree-99`",
        "did you mean `decree-9`?",
    ),
    Fault(
        LIST,
        "duties: [obtain-licence]",
        "duties: [obtain-license]",
        "unknown duty `obtain-license`",
        "did you mean `obtain-licence`?",
        besides=1,
    ),
    Fault(
        RELIEF,
        "then: {duties: [report]}\n",
        "",
        "no rule names the duty `report`",
        at=(DUTIES, "id: report"),
    ),
    Fault(
        RELIEF,
        "lifts: [decree-7.list, decree-7.share]",
        "lifts:\n  - decree-7.list\n  - decree-7.shore",
        "unknown rule `decree-7.shore`",
        "did you mean `decree-7.share`?",
        line=2,
    ),
    Fault(PARTY, "touches: [decree-7.list]", "touches: [decree-7.lst]", "unknown rule `decree-7.lst`", "did you mean"),
    Fault(SHARE, "related: [decree-7.list]", "related: [decree-7.lis]", "unknown rule `decree-7.lis`", "did you mean"),
    Fault(
        INSTRUMENTS,
        "provisions: [share], evidence",
        "provisions: [shares], evidence",
        "unknown provision of `decree-7`: `shares`",
        "did you mean `share`?",
    ),
    Fault(
        INSTRUMENTS,
        "provisions: [share]\n        by",
        "provisions: [article]\n        by",
        "unknown provision of `decree-7`: `article`",
        "one of list, listed-party, motors, relief, share",
    ),
)
def test_every_name_stands_for_something(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        RELIEF,
        "lifts: [decree-7.list, ",
        "lifts: [answers.motors, ",
        "`answers.motors` is a scope, which an exemption cannot lift",
        "may lift a control",
    ),
    Fault(
        PARTY,
        "[{rule: decree-7.relief, under: {relief-first: review-first}}]",
        "[{rule: decree-7.listed-party, under: {relief-first: review-first}}]",
        "`decree-7.listed-party` is a review, which a review cannot lift",
    ),
    Fault(
        SHARE,
        "related: [decree-7.list]",
        "lifts: [decree-7.list]",
        "a control lifts nothing",
        "only a scope or exemption or review",
    ),
    Fault(
        PARTY,
        "touches: [decree-7.list]",
        "touches: [decree-7.relief]",
        "`decree-7.relief` is an exemption, and only controls can be touched",
    ),
)
def test_a_rule_looks_only_at_layers_below(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        VOCABULARY,
        "not: {fact: transfer.from, same_as: transfer.to}",
        "{fact: transfer.crosses_border, is: yes}",
        "`transfer.crosses_border` refers to `transfer.crosses_border`: a circle",
    ),
    Fault(
        VOCABULARY,
        "{fact: item.form, is_not: powder, under: {powders: free}}",
        "{fact: item.holds_too, is: yes, under: {powders: free}}\n"
        "  item.holds_too: {label: {en: a, zh: b}, when: {fact: item.counts, is: no}}",
        "`item.counts` refers to `item.holds_too` refers to `item.counts`: a circle",
    ),
    Fault(
        PRODUCTS,
        "any_component: {fact: item.entries, includes: decree-7.products.magnets}",
        "{fact: item.entries, includes: decree-7.products}",
        "`7B.2` refers to `7B.2`: a circle",
        "only through `any_component`",
    ),
    Fault(
        PRODUCTS,
        "{fact: item.elements, includes: Dy}",
        "{not: {any: [{fact: item.entries, excludes: 7B.1}]}}",
        "`7B.1` refers to `7B.1`: a circle",
    ),
)
def test_nothing_refers_to_itself(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


def test_a_circle_through_a_row_and_a_derived_fact_is_found_once(folder: Path) -> None:
    edit(folder, VOCABULARY, "any_component: {fact: item.entries, includes: decree-7.products}", "all: [{fact: x}]")
    edit(folder, VOCABULARY, "all: [{fact: x}]", "all: [{fact: item.entries, includes: decree-7.products.magnets}]")
    fault = Fault(
        PRODUCTS,
        "{fact: item.elements, includes: Dy}",
        "{fact: item.holds_listed, is: yes}",
        "`7B.1` refers to `item.holds_listed` refers to `7B.1`: a circle",
    )
    assert_said(folder, fault)


@faults(
    Fault(
        MOTORS,
        "id: answers.motors",
        "id: answers.engines",
        "the rule `answers.engines` does not belong in this file",
        "its file is rules/cn/answers/engines.yaml",
    ),
    Fault(MOTORS, "id: answers.motors", "id: answers", "`answers` is not an id of a rule", "a point"),
    Fault(MOTORS, "id: answers.motors", "id: answers.Motors", "`answers.Motors` is not an id of a rule", "lower case"),
    Fault(
        LIST,
        "instrument: decree-7",
        "instrument: decree-9",
        "the id names the instrument `decree-7`, and the rule is of `decree-9`",
        "write `decree-7`",
    ),
)
def test_a_rule_is_where_its_id_says(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        PRODUCTS,
        "code: 7B.2",
        "code: 7A.1",
        "`7A.1` is the code of another row too",
        "the other stands at rules/lists/inputs.yaml:9",
    ),
    Fault(PRODUCTS, "code: 7B.2", "code: decree-7.inputs", "`decree-7.inputs` is the name of a list or a group too"),
    Fault(INPUTS, "alias: 7A.2", "alias: 7B.1", "the alias `7B.1` is the code of a row"),
    Fault(INPUTS, "reserved: [7A.9]", "reserved: [7A.1]", "`7A.1` is reserved, and yet the code of a row"),
    Fault(INPUTS, "form_note: F1", "form_note: F3", "unknown note of `decree-7.inputs`: `F3`", "one of F1, F2"),
    Fault(INPUTS, '"280530",', '"28053",', "`28053` is not a customs number", "6, 8 or 10 digits"),
    Fault(INPUTS, '"2805301910"', '"280530.191"', "`280530.191` is not a customs number"),
    Fault(PRODUCTS, '"85051110"', '"850511100"', "`850511100` is not a customs number"),
    Fault(
        INPUTS,
        "evidence: secondary",
        "evidence: catalogue-copy",
        "`catalogue-copy` evidence for a code that is ours",
        "at best secondary",
    ),
)
def test_the_rows_of_all_lists_agree(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(LIST, "    - words: 清单所列\n      meaning", "    - meaning", "this clause has no `words`"),
    Fault(LIST, "words: 清单所列", 'words: " "', "this clause has no `words`"),
    Fault(
        MOTORS,
        "  meaning: {en: it is a motor, zh: 为电机}\n",
        "",
        "this clause has no `meaning`",
        at=(MOTORS, "when:"),
    ),
    Fault(
        SHARE,
        "        words: 清单所列\n        meaning: {en: a listed input is inside, zh: 内含列管投入品}\n",
        "        words: 清单所列\n",
        "this clause has no `meaning`",
        line=-1,
    ),
)
def test_every_clause_of_a_rule_is_explained(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        RELIEF,
        "when:\n",
        "when:\n  under: {powders: free}\n",
        "`under` leaves a clause out, and here nothing would remain",
        "part of an `all` or `any`",
        line=1,
    ),
    Fault(
        PRODUCTS,
        "any_component: {fact: item.entries, includes: decree-7.products.magnets}",
        "any_component: {fact: item.elements, includes: Dy, under: {powders: free}}",
        "`under` leaves a clause out, and here nothing would remain",
    ),
    Fault(VOCABULARY, "not: {fact: transfer.from, same_as: transfer.to}", "all: []", "`all` of nothing"),
)
def test_a_combination_has_something_to_combine(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        MOTORS,
        "kind: scope\ninstrument: decree-7\n",
        "instrument: decree-7\nkind: scope\n",
        "`kind` stands after `instrument`",
        "the order is id, title, kind",
        line=1,
    ),
    Fault(
        PRODUCTS,
        '    hs: ["85051110"]\n    evidence: catalogue-copy\n',
        '    evidence: catalogue-copy\n    hs: ["85051110"]\n',
        "`hs` stands after `evidence`",
        "the order is code, item, groups",
        line=1,
    ),
)
def test_keys_stand_in_one_order(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(MOTORS, "zh: 电机一般不受管制}", 'zh: ""}', "the Chinese text is empty"),
    Fault(PRODUCTS, "{en: motors that hold one", '{en: " "', "the English text is empty"),
    Fault(READINGS, "zh: 粉末是否计入？", "zh: ''", "the Chinese text is empty"),
    Fault(VOCABULARY, "{en: content that counts", '{en: ""', "the English text is empty"),
)
def test_every_text_stands_in_both_languages(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(
        INSTRUMENTS,
        "from: 2031-11-12",
        "from: 2031-09-10",
        "the suspension from `2031-09-10` overlaps the one from 2031-08-09 to 2031-09-10",
    ),
    Fault(
        INSTRUMENTS,
        "from: 2031-11-12\n        until: 2032-01-13",
        "from: 2031-08-01\n        until: 2031-08-09",
        "the suspension from `2031-08-01` overlaps the one from 2031-08-09 to 2031-09-10",
        "start after the other has ended",
    ),
    Fault(
        INSTRUMENTS,
        "from: 2031-11-12\n        until: 2032-01-13",
        "from: 2031-07-10\n        until: 2031-07-20",
        "the suspension from `2031-07-10` stands after one from 2031-08-09",
    ),
    Fault(
        INSTRUMENTS,
        "{from: 2031-05-06, provisions: [share]",
        "{from: 2031-02-02, provisions: [share]",
        "works from `2031-02-02`, before it was issued on 2031-02-03",
    ),
    Fault(
        INSTRUMENTS,
        "from: 2031-08-09",
        "from: 2031-07-07",
        "suspended from `2031-07-07`, before `decree-9` was issued on 2031-07-08",
    ),
)
def test_dates_do_not_contradict_each_other(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


@faults(
    Fault(VOCABULARY, "zh: 所属条目}, primitive: entries}", "zh: 所属条目}}", "`item.entries` is worked out in no way"),
    Fault(
        VOCABULARY,
        "zh: 主要金属}, primitive",
        "zh: 主要金属}, when: {fact: item.form, is: metal}, primitive",
        "`item.main_element` is worked out in two ways",
    ),
    Fault(VOCABULARY, "counts: item.counts\n", "counts: item.count\n", "unknown derived fact `item.count`", "counts"),
    Fault(
        VOCABULARY, "    counts: item.counts\n", "", "`share.counted` has no `counts`", at=(VOCABULARY, "  share.co")
    ),
    Fault(
        VOCABULARY,
        "    shown_for: item.holds_listed\n",
        "",
        "`share.counted` has no `shown_for`",
        at=(VOCABULARY, "  share.co"),
    ),
    Fault(
        VOCABULARY,
        "shown_for: item.holds_l",
        "shown_for: item.hold_l",
        "unknown derived fact `item.hold_listed`",
        "hold",
    ),
    Fault(VOCABULARY, "absent_without: [Sm,", "absent_without: [SM,", "unknown element `SM`", "did you mean `Sm`?"),
    Fault(VOCABULARY, "may_be: [metal,", "may_be: [metl,", "unknown value of `item.form`: `metl`", "`metal`"),
    Fault(VOCABULARY, "{item.magnet: SmCo}", "{item.magnet: SmC}", "unknown value of `item.magnet`: `SmC`", "`SmCo`"),
    Fault(VOCABULARY, "also: {item.magnet:", "also: {item.magnt:", "unknown fact `item.magnt`", "`item.magnet`"),
    Fault(VOCABULARY, "present: [Dy]", "present: [Dx]", "unknown element `Dx`", "one of B, Co"),
    Fault(VOCABULARY, "[watch-list]", "[watchlist]", "unknown value of `owner.lists`: `watchlist`", "`watch-list`"),
    Fault(VOCABULARY, "holds: [Nd, Fe]", "holds: [Nd, FE]", "unknown element `FE`", "`Fe`"),
    Fault(VOCABULARY, "asks: [item.form,", "asks: [item.frm,", "unknown fact `item.frm`", "did you mean `item.form`?"),
    Fault(VOCABULARY, "first_asked: item.e", "first_asked: tem.e", "unknown fact `tem.elements`", "`item.elements`"),
)
def test_the_vocabulary_names_only_what_it_has(folder: Path, fault: Fault) -> None:
    assert_said(folder, fault)


def test_a_fact_is_not_both_asked_for_and_worked_out(folder: Path) -> None:
    edit(
        folder,
        VOCABULARY,
        "  item.components: {type: list}\n",
        "  item.components: {type: list}\n  item.counts: {type: boolean}\n",
    )
    assert [p.problem for p in problems_of(folder)] == ["`item.counts` is a fact that is asked for too"]


@pytest.mark.parametrize(("provisions", "count"), [("[list, motors]", 0), ("[list, share]", 1), ("[]", 1)])
def test_only_suspensions_of_one_provision_overlap(folder: Path, provisions: str, count: int) -> None:
    edit(folder, INSTRUMENTS, "from: 2031-08-09\n", f"from: 2031-08-09\n        provisions: {provisions}\n")
    edit(folder, INSTRUMENTS, "from: 2031-11-12\n", "from: 2031-09-01\n")
    assert len(problems_of(folder)) == count


def test_a_duty_rule_lifts_nothing(folder: Path) -> None:
    text = (folder / RELIEF).read_text(encoding="utf-8").replace("decree-7.relief", "decree-7.tell")
    path = folder / "cn/decree-7/tell.yaml"
    path.write_text(text.replace("kind: exemption", "kind: duty"), encoding="utf-8")
    said = problems_of(folder)
    assert [(p.place, p.field) for p in said] == [("rules/cn/decree-7/tell.yaml:14", f"lifts[{n}]") for n in (0, 1)]
    assert {p.problem for p in said} == {"a duty lifts nothing"}


def test_all_faults_of_all_files_are_told_in_reading_order(folder: Path) -> None:
    edit(folder, MOTORS, "  is: motor", "  is: moter")
    edit(folder, INPUTS, '"280530",', '"28053",')
    edit(folder, INPUTS, "is: Sm", "is: sm")
    edit(folder, INPUTS, "alias: 7A.2", "alias: 7A.1")
    assert [problem.place for problem in problems_of(folder)] == [
        "rules/cn/answers/motors.yaml:12",
        "rules/lists/inputs.yaml:13",
        "rules/lists/inputs.yaml:18",
        "rules/lists/inputs.yaml:24",
    ]


def test_a_fault_of_the_vocabulary_has_its_line_when_its_document_is_given() -> None:
    text = (BOOK / VOCABULARY).read_text(encoding="utf-8").replace("item.origin, is: CN", "item.origin, is: XX")
    (document,) = parse(text, "rules/vocabulary.yaml")
    vocabulary, _ = validate(Vocabulary, document, document.data)
    assert vocabulary is not None
    book = replace(read_book(BOOK), vocabulary=vocabulary)
    line = text[: text.index("is: XX")].count("\n") + 1
    places = [problem.place for problem in check(book, {**documents(), VOCABULARY: document})]
    assert places == [f"rules/vocabulary.yaml:{line}"]


def documents() -> dict[str, Document]:
    """Return the documents of the book by the ids in them."""
    found: dict[str, Document] = {}
    for path in (*BOOK.rglob("*.yaml"), *SEEDS.rglob("*.yaml")):
        (document,) = parse(path.read_text(encoding="utf-8"), place_of(path))
        many = next(
            (v for k, v in document.data.items() if k in ("instruments", "readings", "duties", "sources")),
            [document.data],
        )
        found |= {part["id"]: document for part in many if "id" in part}
    return found


def place_of(path: Path) -> str:
    """Return how the place of a file is told: `rules/…` or `seeds/…`."""
    return f"rules/{path.relative_to(BOOK)}" if path.is_relative_to(BOOK) else str(path.relative_to(SEEDS.parent))
