"""A witness written as a case file."""

from __future__ import annotations

from typing import Any

import yaml

from exportctl.proof.argue import Witness


def as_case_file(witness: Witness, why: str, defaults: dict[str, str]) -> str:
    """Return the text of a case file that `exportctl check` reads, with what it shows and under which readings."""
    others = [f"--reading {name}={choice}" for name, choice in witness.readings.items() if defaults.get(name) != choice]
    notes = [f"# {why}", *([f"# decide it with {' '.join(others)}"] if others else [])]
    notes += [
        f"# where {question.partition(':')[2]} is {answer}"
        for question, answer in witness.answers.items()
        if answer in ("listed", "in_force")
    ]
    return "\n".join([*notes, dumped(witness.case)])


def dumped(raw: dict[str, Any], flow: bool | None = False) -> str:
    """Return a case as YAML; with `flow` None, innermost maps and lists stand on one line."""
    return yaml.dump(raw, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=flow)


class _Dumper(yaml.SafeDumper):
    """Writes lists and maps without references, truth values as yes and no."""

    def ignore_aliases(self, data: object) -> bool:
        _ = data
        return True


def _truth(dumper: yaml.SafeDumper, value: bool) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:bool", "yes" if value else "no")


_Dumper.add_representer(bool, _truth)
