"""Every reader of the rules says the same of the generated cases: of a sample, and of all of them in a long run."""

import importlib.util
import os
from collections import defaultdict
from dataclasses import replace

import pytest
import z3

from exportctl.case.read import read_cases
from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.gap import defaults
from exportctl.decide.outcome import decide
from exportctl.fork import settle
from exportctl.law.read import rules_folder, shipped_book
from exportctl.second_opinion.opinion import Opinion, second_opinion
from exportctl.worked.coverage import generated_runs
from exportctl.worked.decided import decided
from exportctl.worked.run import case_of, data_of
from proof.sampled import said
from proof.stated import NotSaid, stated
from second_opinion.in_child import in_child

STEP = 1 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 97
RUNS = generated_runs(rules_folder().parent / "cases" / "generated")[::STEP]


def facts_of(run):
    return {name: value for name, value in data_of(run).items() if name != "expect"}


def test_the_solver_says_of_every_rule_what_the_plain_evaluator_says(book, argument):
    """In the solver both parties exist, and no technology is taken for granted: so it is said in the case too."""
    _ = argument.applies
    solver = z3.Solver()
    solver.add(*[law for law in argument.laws() if law is not True])
    told = 0
    for run in RUNS:
        raw = {"technology": {"public_domain": None}, **facts_of(run)}
        raw["parties"] = {"importer": {}, "end_user": {}, **(raw.get("parties") or {})}
        (case,) = read_cases(replace(run.document, data=raw), book)
        exam, world = Examination(book, case), defaults(book, run.expected.readings)
        world |= {f"law:{name}": "suspended" for name in argument.answers.law}
        world |= {f"unseen:{code}": "not-listed" for code in argument.answers.lines}
        try:
            facts = stated(argument, exam, world)
        except NotSaid:
            continue
        told += 1
        assert_alike(argument, solver, facts, apply_all(exam), world, run.place)
    assert told > len(RUNS) * 0.9


def assert_alike(argument, solver, facts, applied, world, place):
    solver.push()
    solver.add(*[formula for formula in facts if formula is not True])
    assert solver.check() == z3.sat, place
    model = solver.model()
    solver.pop()
    for rule, application in applied.items():
        assert said(model, argument.applies[rule]) == str(settle(application.applies, world)), (rule, place)


@pytest.mark.skipif(importlib.util.find_spec("polars") is None, reason="polars is not installed")
def test_the_batch_reader_decides_what_fits_a_row_as_the_plain_evaluator_does(book):
    from batch.flat import cells_of, screened  # noqa: PLC0415 - only with the extra

    by_options, fitting = defaultdict(list), 0
    for run in RUNS:
        cells = cells_of(facts_of(run))
        if cells is not None and run.expected.known_on is None:
            by_options[tuple(sorted(run.expected.readings.items()))].append((run, cells))
            fitting += 1
    assert fitting > len(RUNS) / 2
    for readings, pairs in by_options.items():
        found, rejected = screened(book, [cells for _, cells in pairs], readings=dict(readings))
        assert rejected.is_empty(), rejected.to_dicts()
        for (run, _), answer in zip(pairs, found, strict=True):
            verdict = decided(book, case_of(run, book), run.expected).verdict
            bounds = (verdict.outcome, str(verdict.certain), str(verdict.possible))
            assert (answer["outcome"], answer["certain"], answer["possible"]) == bounds, run.place


@in_child
def test_the_second_engine_agrees():
    book = shipped_book()
    for run in RUNS:
        exam = Examination(book, case_of(run, book))
        applied = apply_all(exam)
        assert second_opinion(exam, applied, decide(book, applied)) == Opinion("agrees", ""), run.place
