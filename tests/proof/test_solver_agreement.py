import os
from random import Random

import pytest

from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.fork import settle
from exportctl.proof.confirm import case_of, differences
from proof.sampled import said, sample

SAMPLES = 400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 12


@pytest.mark.parametrize("seed", [3, 8])
def test_the_solver_and_the_plain_evaluator_decide_random_cases_alike(book, argument, seed):
    random = Random(seed)  # noqa: S311 - a sample, not a secret
    _ = argument.applies, argument.bounds
    seen = set()
    for _ in range(SAMPLES):
        model = sample(argument, random)
        witness = argument.witness(model, "sampled")
        applied = apply_all(Examination(book, case_of(book, witness)))
        for rule, application in applied.items():
            found = str(settle(application.applies, witness.world))
            assert said(model, argument.applies[rule]) == found, (rule, witness)
            seen.add(found)
        assert not list(differences(book, witness)), witness
    assert seen == {"yes", "unknown", "no"}
