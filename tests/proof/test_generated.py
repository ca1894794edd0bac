"""The generated cases: each shows what it says, and is in step with the rule it was made for."""

import pytest

from exportctl.decide.examine import Examination
from exportctl.law.read import rules_folder
from exportctl.proof.equal import means_the_same
from exportctl.worked.coverage import covered, generated_runs, never_of
from exportctl.worked.generated import DATES, TIES, hash_of, made_for
from exportctl.worked.holding import holds, view_of
from exportctl.worked.mutant import mutants_of
from exportctl.worked.mutation import Mutation
from exportctl.worked.run import case_of

FOLDER = rules_folder().parent / "cases" / "generated"
RUNS = generated_runs(FOLDER)


def in_step(book, path):
    name = path.name if path.name in (TIES, DATES) else path.name.removesuffix(".yaml")
    try:
        return made_for(path) == hash_of(book, name)
    except KeyError:
        return False


@pytest.fixture(scope="module")
def runs(book):
    """Return the runs of files that were made for the rules as they are."""
    fresh = {str(path) for path in FOLDER.glob("*.yaml") if in_step(book, path)}
    return [run for run in RUNS if run.document.place in fresh]


def test_there_are_generated_cases_in_step_with_the_rules(runs):
    assert len(runs) > 100


def test_every_generated_case_is_decided_by_the_one_condition_it_names(book, runs):
    found = covered(book, runs, never_of(FOLDER))
    assert found.mistaken == []
    assert found.shown > 100


def test_every_generated_case_holds_as_it_was_recorded(book, runs):
    for run in runs:
        exam, view = Examination(book, case_of(run, book)), view_of(book, run.expected)
        for owner, wanted in {**run.expected.applies, **run.expected.holds}.items():
            assert str(view.truth(holds(exam, owner))) == wanted, run.place


@pytest.mark.parametrize("owner", ["mofcom-2025-61.art-4-memory", "mofcom-2025-61.art-1-3"])
def test_every_change_of_a_condition_is_noticed_by_a_generated_case(book, runs, owner):
    tried = [one for one in Mutation(book, runs).tried([owner]) if one.mutant.kind == "clause"]
    assert len(tried) > 5
    unnoticed = [one.mutant for one in tried if not one.noticed]
    assert all(means_the_same(book, mutant) for mutant in unnoticed), [mutant.name for mutant in unnoticed]


def test_a_change_that_matters_is_not_said_to_mean_the_same(book):
    turned = [m for m in mutants_of(book, "mofcom-2025-61.art-4-memory") if m.change == "1 at_least → above"]
    assert [means_the_same(book, mutant) for mutant in turned] == [False]
