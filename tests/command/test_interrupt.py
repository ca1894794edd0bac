"""Ctrl-C while modules load."""

import os
import subprocess
import sys

import pytest

IGNORING = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]  # as `nohup` does, or a script that runs it in the background
AS_IT_LOADS = """
import os, signal, sys

class Finder:
    def find_spec(name, *_):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Finder)
"""


def interrupted(folder, module, *before):
    """Return how a screening ends, and with what words, that is interrupted when it begins to load a module."""
    (folder / "in.csv").write_text("from,to\nJP,KR\n", encoding="utf-8")
    (folder / "sitecustomize.py").write_text(AS_IT_LOADS.format(module=module), encoding="utf-8")
    ended = subprocess.run(
        [*before, sys.executable, "-m", "exportctl", "screen", "in.csv", "-o", "out.csv"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("module", ["typer", "exportctl.law.book", "polars", "polars.expr.expr", "exportctl.batch.run"])
def test_ctrl_c_while_a_module_loads_ends_the_program_with_a_line(tmp_path, module):
    assert interrupted(tmp_path, module) == (130, "interrupted\n")
    assert not (tmp_path / "out.csv").exists()


def test_ctrl_c_is_ignored_where_it_was_before(tmp_path):
    assert interrupted(tmp_path, "exportctl.batch.run", *IGNORING) == (0, "")
    assert (tmp_path / "out.csv").exists()
