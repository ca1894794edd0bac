import json
import os
import subprocess
import sys
import threading
import time

from hypothesis import HealthCheck, given, reject, settings
from in_child import START, in_child
from made_cases import DATA, DAYS, case_of, leaky, made_cases

from exportctl.decide.apply import apply_all
from exportctl.decide.examine import Examination
from exportctl.decide.outcome import control_bounds, decide
from exportctl.fork import leaves
from exportctl.law.read import shipped_book
from exportctl.problem import Refused
from exportctl.second_opinion import opinion, trial
from exportctl.second_opinion.compile import compiled
from exportctl.second_opinion.opinion import Opinion, second_opinion

EXAMPLES = 3000 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 120
AGREES = Opinion("agrees", "")


def opinion_on(case, book):
    exam = Examination(book, case)
    applied = apply_all(exam)
    return second_opinion(exam, applied, decide(book, applied))


@in_child
def test_both_engines_agree_on_every_case_made_by_hand_and_every_day():
    book = shipped_book()
    assert {opinion_on(case, book) for case in made_cases(book)} == {AGREES}


@in_child
@settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(leaky())
def test_both_engines_agree_when_facts_are_left_out(made):
    book = shipped_book()
    try:
        case = case_of(*made, book)
    except Refused:
        reject()
    assert opinion_on(case, book) == AGREES


def test_the_cases_reach_every_outcome_a_control_can_come_to():
    book, reached = shipped_book(), set()
    for case in made_cases(book):
        applied = apply_all(Examination(book, case))
        for control in book.of_kind("control"):
            for bounds in leaves(control_bounds(book, applied, applied[control.id])):
                reached |= {str(bounds.certain), str(bounds.possible)}
    stated = {rule.then.outcome for rule in book.of_kind("control", "review")}
    assert reached == stated | {"no_requirement_found", "exempt", "not_yet_required", "suspended"}


@in_child
def test_a_large_bill_of_materials_is_asked_about_once_for_each_kind_of_part():
    book, data = shipped_book(), dict(DATA[0])
    part = data["item"]["components"][0]
    data["item"] = {**data["item"], "components": [part | {"value": 1 + number % 3} for number in range(600)]}
    exam = Examination(book, case_of(data, DAYS[2], book))
    applied = apply_all(exam)
    bounds = decide(book, applied)
    assert second_opinion(exam, applied, bounds) == AGREES
    layers = compiled(book)
    assert len(layers.conditions.memory) < 400
    start = time.perf_counter()
    second_opinion(exam, applied, bounds)
    assert time.perf_counter() - start < 2


@in_child
def test_too_many_worlds_are_said_to_be_too_many():
    book = shipped_book()
    exam = Examination(book, case_of({"item": {"form": "assembly"}}, DAYS[2], book))
    applied = apply_all(exam)
    opinion.worlds_of.__defaults__ = (2,)
    found = second_opinion(exam, applied, decide(book, applied))
    assert found.status == "agrees"
    assert "too many worlds" in found.why


@in_child
def test_threads_may_ask_at_the_same_time():
    book, found = shipped_book(), []
    cases = made_cases(book)[::3]
    threads = [
        threading.Thread(target=lambda part=part: found.extend(opinion_on(case, book) for case in cases[part::4]))
        for part in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [AGREES] * len(cases)


BLOCKED = (
    START
    + """
from importlib.abc import MetaPathFinder
class Blocker(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == "durable_rules_engine":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocker())
from test_second_opinion import first_opinion
print(first_opinion())
"""
)
CRASHING = (
    START
    + """
sys.path.insert(0, sys.argv[2])
from test_second_opinion import first_opinion
print(first_opinion())
"""
)


def first_opinion():
    book = shipped_book()
    return opinion_on(made_cases(book)[0], book)


def said_by(code, *arguments):
    command = [sys.executable, "-c", code, json.dumps(sys.path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_without_the_extension_there_is_no_second_opinion():
    assert said_by(BLOCKED) == str(Opinion("unavailable", "durable-rules is not installed"))


def test_a_crash_of_the_extension_is_seen_from_outside(tmp_path):
    (tmp_path / "durable_rules_engine.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    why = "crashed: durable-rules ended a trial run with SIGSEGV"
    assert said_by(CRASHING, str(tmp_path)) == str(Opinion("unavailable", why))


def test_an_extension_that_does_not_fit_this_python_is_no_second_opinion(tmp_path):
    (tmp_path / "durable_rules_engine.py").write_text("raise ImportError('undefined symbol: PyEval_CallObject')\n")
    assert said_by(CRASHING, str(tmp_path)).startswith("Opinion(status='unavailable', why='a trial run of")


@in_child
def test_the_trial_in_a_child_process_is_made_once_and_is_quick():
    book = shipped_book()
    start = time.perf_counter()
    compiled(book).survive()
    first = time.perf_counter() - start
    assert first < 3
    trial.subprocess = None
    compiled(book).survive()
