"""The one module that touches durable-rules: its C extension, used only in the way in which it is right.

Version 2.0.28 kills the process or answers wrongly outside this corridor: facts are short ASCII texts, conditions are
equalities joined by "all", one session with a fixed name is filled fact by fact and ends with a sentinel that proves
the run complete, one thread at a time, few rules and tests in a set. It imports nothing of this package, so that a
child process can run it alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

ChainRule = tuple[tuple[str, ...], str]
"""When every literal of the first part is held, the last one is."""

MOST_CONDITIONS = 15
MOST_RULES_ON_A_LITERAL = 60
MOST_TESTS = 400
ALWAYS, END = "always=yes", "end=yes"
_SENTINEL, _SESSION = "zz", "s"
_LITERAL = re.compile(r"[A-Za-z][A-Za-z0-9_.:]{0,39}=[a-z_]{1,30}")
_ONE_AT_A_TIME = threading.Lock()
_loaded: dict[str, RuleSet] = {}


class Unfit(Exception):  # noqa: N818 - what is said of the engine, not of the input
    """durable-rules is not there, or cannot be trusted with these rules. The message says why."""


def load(rules: Sequence[ChainRule]) -> RuleSet:
    """Return the rules compiled, once in a process for the same rules.

    Raises:
        Unfit: the extension is not installed, or the rules are outside what it can be trusted with.
    """
    name = name_of(rules)
    with _ONE_AT_A_TIME:
        if name not in _loaded:
            _loaded[name] = RuleSet(name, rules)
        return _loaded[name]


def name_of(rules: Sequence[ChainRule]) -> str:
    """Return the name of a rule set: it changes with its content."""
    return "exportctl_" + hashlib.sha256(json.dumps(rules).encode()).hexdigest()[:24]


class RuleSet:
    """Rules in the extension: `known` are the literals they test."""

    def __init__(self, name: str, rules: Sequence[ChainRule]) -> None:
        check(rules)
        self.plan = {f"r{number}": rule for number, rule in enumerate(rules)} | {_SENTINEL: ((END,), "")}
        self.known = frozenset(literal for conditions, _ in rules for literal in conditions)
        self.fit = True
        self._engine = extension()
        self._handle = self._engine.create_ruleset(name, json.dumps(_as_json(self.plan)))
        self._guarded(())  # a session in which nothing ever started must not be deleted

    def run(self, literals: Iterable[str]) -> tuple[ChainRule, ...]:
        """Return the rules that fire when the literals are held, in the order in which they fired."""
        with _ONE_AT_A_TIME:
            return self._guarded(literals)

    def _guarded(self, literals: Iterable[str]) -> tuple[ChainRule, ...]:
        if not self.fit:
            raise Unfit("durable-rules stopped after a fault")
        self.fit = False  # until the run is over and its session is gone
        try:
            fired = self._run({literal for literal in literals if literal in self.known})
        except Unfit:
            raise
        except Exception as error:
            raise Unfit(f"durable-rules failed: {error}") from error
        self.fit = True
        return fired

    def _run(self, held: set[str]) -> tuple[ChainRule, ...]:
        fired: list[str] = []
        started = False
        try:
            for literal in sorted(held):
                self._put(literal)
            state = self._put(END)
            got = self._engine.start_action_for_state(self._handle, state)
            started = True
            message = got and got[1]
            while message:
                fired.append(self._checked(message, held))
                message = self._engine.complete_and_start_action(self._handle, state)
        finally:
            if started:
                self._engine.delete_state(self._handle, _SESSION)
        if not fired or fired.pop() != _SENTINEL or len(set(fired)) != len(fired):
            raise Unfit("durable-rules did not finish a run")
        return tuple(self.plan[name] for name in fired)

    def _checked(self, message: str, held: set[str]) -> str:
        """Return the name of a rule that fired, after holding what it concludes."""
        name: str
        name, match = next(iter(json.loads(message).items()))
        conditions, conclusion = self.plan[name]
        seen = [match[f"c{number}"]["k"] for number in range(len(conditions))]
        if seen != list(conditions) or not held.issuperset(set(conditions) - {END}):
            raise Unfit(f"durable-rules matched {seen} where {list(conditions)} was asked for")
        if conclusion and conclusion not in held:
            held.add(conclusion)
            if conclusion in self.known:
                self._put(conclusion)
        return name

    def _put(self, literal: str) -> Any:
        code, state = self._engine.assert_fact(self._handle, json.dumps({"sid": _SESSION, "id": literal, "k": literal}))
        if code:
            raise Unfit(f"durable-rules refused the fact {literal} with code {code}")
        return state


def extension() -> Any:
    """Return the C extension.

    Raises:
        Unfit: it is not installed, or does not work with this Python.
    """
    try:
        import durable_rules_engine  # noqa: PLC0415
    except Exception as error:
        raise Unfit(f"durable-rules cannot be imported: {error}") from error
    return durable_rules_engine


def check(rules: Sequence[ChainRule]) -> None:
    """Refuse rules outside what the extension was found to be right for.

    Raises:
        Unfit: with the first such fault.
    """
    for conditions, conclusion in rules:
        if not 0 < len(conditions) <= MOST_CONDITIONS:
            raise Unfit(f"a rule has {len(conditions)} conditions")
        if len(set(conditions)) < len(conditions) or conclusion in conditions:
            raise Unfit(f"a rule names a literal twice: {', '.join((*conditions, conclusion))}")
    if len(set(rules)) < len(rules):
        raise Unfit("a rule stands twice")
    _check_literals(rules)


def _check_literals(rules: Sequence[ChainRule]) -> None:
    uses = Counter(literal for conditions, _ in rules for literal in conditions)
    every = {*uses, *(conclusion for _, conclusion in rules)}
    if END in every or not all(_LITERAL.fullmatch(literal) for literal in every):
        raise Unfit("a literal is not of the form name=value")
    if len(uses) > MOST_TESTS or max(uses.values(), default=0) > MOST_RULES_ON_A_LITERAL:
        raise Unfit("too many literals, or too many rules on one literal")
    if len({hash_of(literal) for literal in (*every, END)}) <= len(every):
        raise Unfit("two literals have the same hash")


def hash_of(literal: str) -> int:
    """Return the 32-bit hash by which the extension tells texts apart (FNV-1a)."""
    found = 0x811C9DC5
    for byte in literal.encode("ascii"):
        found = (found ^ byte) * 16777619 & 0xFFFFFFFF
    return found


def _as_json(plan: dict[str, ChainRule]) -> dict[str, Any]:
    return {
        name: {"all": [{f"c{number}": {"k": literal}} for number, literal in enumerate(conditions)]}
        for name, (conditions, _) in plan.items()
    }


def main() -> None:
    """Load and run the rule sets on standard input; say `fit` when nothing went wrong. For a child process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    asked = json.load(sys.stdin)
    sys.path[:] = asked["path"]
    for part in asked["sets"]:
        rules = [(tuple(conditions), conclusion) for conditions, conclusion in part]
        rule_set = load(rules)
        if rule_set.run(rule_set.known) != rule_set.run(rule_set.known):
            raise Unfit("durable-rules is not repeatable")
    sys.stdout.write("fit")


if __name__ == "__main__":
    main()
