from hypothesis import given
from hypothesis import strategies as st

from exportctl.fork import Fork, fork, join, leaves, questions, settle, worlds

QUESTIONS = ("a", "b", "c")
CHOICES = ("left", "right")


@st.composite
def values(draw, depth=3):
    if depth == 0 or draw(st.booleans()):
        return draw(st.integers(0, 3))
    question = draw(st.sampled_from(QUESTIONS))
    return fork(question, {choice: draw(values(depth=depth - 1)) for choice in CHOICES})


every_world = [{"a": x, "b": y, "c": z} for x in CHOICES for y in CHOICES for z in CHOICES]


@given(values(), values())
def test_joining_forks_is_applying_in_every_world(first, second):
    joined = join(lambda x, y: 10 * x + y, first, second)
    for world in every_world:
        assert settle(joined, world) == 10 * settle(first, world) + settle(second, world)


@given(values())
def test_questions_stand_in_order_and_none_is_asked_twice(value):
    def ordered(part, above=""):
        if isinstance(part, Fork):
            assert part.question > above
            assert len({branch for _, branch in part.choices}) > 1
            for _, branch in part.choices:
                ordered(branch, part.question)

    ordered(value)


@given(values())
def test_equal_dependence_means_equal_objects(value):
    rebuilt = fork("a", {choice: settle(value, {"a": choice}) for choice in CHOICES})
    assert rebuilt == value


@given(values())
def test_worlds_are_every_way_the_value_comes_out(value):
    assert {settle(value, world) for world in every_world} == set(leaves(value))
    for world, leaf in worlds(value):
        assert settle(value, world) == leaf
        assert set(world) <= set(questions(value))


def test_a_choice_that_makes_no_difference_is_not_a_question():
    assert fork("a", {"left": 1, "right": 1}) == 1
