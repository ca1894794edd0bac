from hypothesis import given, settings
from hypothesis import strategies as st

from exportctl.case.read import read_cases
from exportctl.decide.determination import Determination
from exportctl.determine.determine import determine
from exportctl.fork import fork, leaves, settle
from exportctl.kleene import Kleene
from exportctl.law.read import shipped_book
from exportctl.problem import Refused
from exportctl.strict_yaml import Document, parse
from properties.decided import case_of
from properties.generated import dated

book = shipped_book()
truths = st.sampled_from(Kleene)


def said(refused):
    """Return whether every fault is said in words."""
    return all(problem.problem for problem in refused.problems)


@given(st.lists(truths, min_size=2, max_size=2), st.lists(truths, min_size=2, max_size=2))
def test_a_question_answered_leaves_the_value_of_its_answer(first, second):
    inner = fork("b", {"x": second[0], "y": second[1]})
    value = fork("a", {"x": first[0], "y": inner})
    assert settle(value, {"a": "x"}) is first[0]
    assert settle(value, {"a": "y", "b": "x"}) is second[0]
    assert set(leaves(value)) <= {first[0], *second}


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading_of_yaml(text):
    try:
        found = parse(text, "a file")
    except Refused as refused:
        found = said(refused)
    assert found is True or isinstance(found, list)


plain = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8) | st.integers(-5, 200).map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
blocks = st.dictionaries(
    st.sampled_from(["title", "on", "transfer", "parties", "end_use", "item", "technology", "licences", "itm"]), plain
)


@given(blocks | plain)
def test_no_data_breaks_the_reading_of_a_case(data):
    try:
        found = read_cases(Document("a file", data), book)
    except Refused as refused:
        found = said(refused)
    assert found


@settings(max_examples=4)
@given(dated)
def test_equal_cases_have_equal_determinations_and_json_brings_them_back(raw):
    first, second = (determine(book, case_of(raw, book)) for _ in range(2))
    assert first.to_json() == second.to_json()
    assert Determination.model_validate_json(first.to_json()) == first
