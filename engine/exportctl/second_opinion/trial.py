"""The first load of rules, in a child process: a crash there is an answer, here it would be the end."""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
import sys
from collections.abc import Sequence

from exportctl.second_opinion import corridor
from exportctl.second_opinion.corridor import ChainRule, Unfit

SECONDS = 30
_found: dict[str, str] = {}
"""What went wrong with a rule set, by its name; nothing when it can be trusted."""


def survive(sets: Sequence[Sequence[ChainRule]]) -> None:
    """Load and run the rule sets in a child process, once in this process for the same rules.

    Raises:
        Unfit: durable-rules is not installed, or the child did not come through.
    """
    named = {corridor.name_of(rules): rules for rules in sets}
    new = [name for name in named if name not in _found]
    if new:
        _found.update(dict.fromkeys(new, _fault([named[name] for name in new])))
    for name in named:
        if _found[name]:
            raise Unfit(_found[name])


def _fault(sets: Sequence[Sequence[ChainRule]]) -> str:
    """Return what went wrong in the child; nothing when it came through."""
    if not _installed():
        return "durable-rules is not installed"
    asked = json.dumps({"path": sys.path, "sets": sets})
    command = [sys.executable, "-I", "-S", corridor.__file__]
    try:
        done = subprocess.run(  # noqa: S603 - our own file under our own interpreter
            command, input=asked, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "durable-rules did not finish a trial run"
    except OSError as error:
        return f"no child process could be started: {error.strerror}"
    return _of_end(done)


def _of_end(done: subprocess.CompletedProcess[str]) -> str:
    if done.returncode < 0:
        return f"crashed: durable-rules ended a trial run with {signal.Signals(-done.returncode).name}"
    if done.returncode or done.stdout != "fit":
        last = (done.stderr.strip() or "no answer").splitlines()[-1]
        return f"a trial run of durable-rules failed: {last}"
    return ""


def _installed() -> bool:
    try:
        return importlib.util.find_spec("durable_rules_engine") is not None
    except (ImportError, ValueError):
        return False
