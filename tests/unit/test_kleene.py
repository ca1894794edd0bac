from hypothesis import given
from hypothesis import strategies as st

from exportctl.kleene import NO, UNKNOWN, YES, Kleene, all_of, any_of, truth

values = st.sampled_from(list(Kleene))


def settled(value: Kleene) -> list[bool]:
    return {NO: [False], YES: [True], UNKNOWN: [False, True]}[value]


@given(st.lists(values, max_size=4))
def test_all_and_any_are_the_tightest_bounds_over_every_way_to_settle_the_unknowns(parts):
    ways = [[]]
    for part in parts:
        ways = [[*way, known] for way in ways for known in settled(part)]
    for combine, plain in ((all_of, all), (any_of, any)):
        results = {plain(way) for way in ways}
        assert combine(parts) is (truth(results.pop()) if len(results) == 1 else UNKNOWN)


@given(values, values)
def test_de_morgan_holds(first, second):
    assert ~all_of([first, second]) is any_of([~first, ~second])


def test_nothing_to_satisfy_is_yes_and_no_alternative_is_no():
    assert all_of([]) is YES
    assert any_of([]) is NO


def test_an_unknown_is_never_a_pass():
    assert all_of([YES, UNKNOWN]) is UNKNOWN
    assert ~UNKNOWN is UNKNOWN
    assert truth(None) is UNKNOWN
