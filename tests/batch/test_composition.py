"""A composition that stands for another answers every question about it alike."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from exportctl.batch.composition import standing_for
from exportctl.case.item import Composition
from exportctl.decide.element import main_element
from exportctl.decide.membership import of_elements

amount = st.one_of(st.none(), st.integers(0, 400).map(lambda quarters: Fraction(quarters, 4)), st.just(Fraction(50)))
compositions = st.dictionaries(st.sampled_from(["Nd", "Dy", "Fe", "B", "O", "Sm", "Co"]), amount, max_size=5)


@given(
    compositions, st.booleans(), st.sampled_from([None, "metal", "magnet"]), st.sets(st.sampled_from(["Tb", "Gd", "B"]))
)
def test_a_composition_stands_for_its_like(percent, complete, form, added):
    whole = Composition({**percent, **dict.fromkeys(added - percent.keys())}, complete)
    alike = standing_for(Composition(percent, complete))
    alike = Composition({**alike.percent, **dict.fromkeys(added - percent.keys())}, complete)
    assert main_element(form, alike) == main_element(form, whole)
    assert of_elements(alike) == of_elements(whole)
    assert alike.present == whole.present


def test_fifty_and_more_than_fifty_percent_differ():
    half, more = (standing_for(Composition({"Dy": Fraction(p)})) for p in ("50", "50.01"))
    assert half != more == standing_for(Composition({"Dy": Fraction("99.9")}))
