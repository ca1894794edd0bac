"""The generated cases: each shows what it says, and is in step with the rule it was made for."""

import os

import pytest

from exportctl.law.read import rules_folder
from exportctl.proof.equal import means_the_same
from exportctl.worked.coverage import covered, generated_runs, never_of
from exportctl.worked.generated import DATES, OF_ALL, files, stale
from exportctl.worked.mutant import mutants_of
from exportctl.worked.mutation import Mutation
from exportctl.worked.record import changed, file_about, hash_now, keep, recorded
from exportctl.worked.run import perform

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
FOLDER = rules_folder().parent / "cases" / "generated"
RUNS = generated_runs(FOLDER)
SAMPLE = RUNS if LONG else RUNS[::50]


def test_a_generated_case_stands_for_every_rule_row_and_derived_fact(book):
    assert [name for name, why in stale(book, FOLDER) if why != "was made for other words of it"] == []
    named = {name.rpartition(":")[0] for run in RUNS for name in run.expected.shown}
    assert {owner for owners in files(book).values() for owner in owners} <= named


def test_a_generated_case_is_decided_by_each_condition_it_names(book):
    found = covered(book, SAMPLE, never_of(FOLDER))
    assert found.mistaken == []
    assert found.shown > len(SAMPLE) / 2


def test_no_condition_is_shown_that_is_said_to_be_impossible(book):
    assert covered(book, SAMPLE, never_of(FOLDER)).idle == []


def test_a_generated_case_comes_out_as_it_was_recorded(book):
    failed = [(found.place, found.differences) for run in SAMPLE if (found := perform(run, book)).differences]
    assert failed == []


@pytest.mark.parametrize("owner", ["mofcom-2025-61.art-4-memory", "mofcom-2025-61.art-1-3"])
def test_every_change_of_a_condition_is_noticed_or_means_the_same(book, owner):
    tried = list(Mutation(book, RUNS).tried(lambda mutant: mutant.owner == owner and mutant.kind == "clause"))
    assert len(tried) > 5
    unnoticed = [one.mutant for one in tried if not one.noticed]
    assert all(means_the_same(book, mutant) for mutant in unnoticed), [mutant.name for mutant in unnoticed]


def test_a_change_that_matters_is_not_said_to_mean_the_same(book):
    turned = [m for m in mutants_of(book, "mofcom-2025-61.art-4-memory") if m.change == "1 at_least → above"]
    assert [means_the_same(book, mutant) for mutant in turned] == [False]


def test_a_removed_row_is_noticed_and_a_case_that_does_not_watch_it_does_not_count(book):
    row = "mofcom-gac-2025-18.items/1C905.a.1"
    (removed,) = [mutant for mutant in mutants_of(book, row) if mutant.kind == "row"]
    others = [run for run in RUNS if not any(name.startswith(row) for name in run.expected.shown)]
    assert Mutation(book, RUNS).noticed(removed)
    assert not Mutation(book, others).noticed(removed)


def test_what_is_recorded_is_tried_again_once_its_cases_change(book, tmp_path):
    name = "mofcom-2025-61.art-3-wmd.yaml"
    for path in (FOLDER / name, FOLDER / DATES):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    mutation = Mutation(book, generated_runs(tmp_path))
    keep(book, tmp_path, mutation.tried(lambda mutant: file_about(mutant) == name))
    assert recorded(tmp_path)[name].sha256 == hash_now(book, tmp_path, name)
    assert name not in changed(book, tmp_path)
    assert DATES in changed(book, tmp_path)
    (tmp_path / name).write_text((tmp_path / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert set(changed(book, tmp_path)) == {*files(book), *OF_ALL}


@pytest.mark.skipif(not LONG, reason="needs every case")
def test_the_numbers_in_the_docs_are_those_found(book):
    text = " ".join((FOLDER.parents[1] / "docs" / "proof.md").read_text(encoding="utf-8").split())
    coverage, records = covered(book, RUNS, never_of(FOLDER)), recorded(FOLDER).values()
    changes, noticed = (sum(getattr(record, name) for record in records) for name in ("changes", "noticed"))
    shown, points, conditions = (f"{n:,}".replace(",", " ") for n in counted(coverage))
    assert coverage.missing == coverage.mistaken == coverage.idle == []
    assert f"In {shown} of the {points} points ({conditions} conditions" in text
    assert f"the other {len(coverage.never)} are impossible" in text
    said = [f"{n:,}".replace(",", " ") for n in (changes, noticed, changes - noticed, len(RUNS))]
    assert f"Of {said[0]} changes of the rule book {said[1]} are noticed by a case, and {said[2]} decide" in text
    assert f"{said[3]} cases in " in text


def counted(coverage):
    return coverage.shown, len(coverage.points), len(coverage.points) // 3
