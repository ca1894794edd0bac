"""Ctrl-C while modules load."""

import signal
import subprocess
import sys

import pytest

IGNORING = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]  # as `nohup` does, or a script that runs it in the background


def started(folder, *before):
    """Return a screening that tells on stderr which modules it has loaded."""
    (folder / "in.csv").write_text("from,to\nJP,KR\n", encoding="utf-8")
    told = [sys.executable, "-X", "importtime", "-m", "exportctl", "screen", "in.csv", "-o", "out.csv"]
    pipe = subprocess.PIPE
    return subprocess.Popen([*before, *told], cwd=folder, stderr=pipe, stdout=subprocess.DEVNULL, text=True)


def interrupted(process, module):
    """Interrupt a process when it has loaded a module, and return its status and whatever else it says."""
    for line in process.stderr:
        if line.startswith("import time:") and line.split("|")[-1].strip() == module:
            process.send_signal(signal.SIGINT)
            break
    said = [line for line in process.stderr if not line.startswith("import time:")]
    return process.wait(), said


@pytest.mark.parametrize("module", ["typer.main", "exportctl.law.book", "polars.expr.expr", "exportctl.batch.answer"])
def test_ctrl_c_while_a_module_loads_ends_the_program_with_a_line(tmp_path, module):
    assert interrupted(started(tmp_path), module) == (130, ["interrupted\n"])
    assert not (tmp_path / "out.csv").exists()


def test_ctrl_c_is_ignored_where_it_was_before(tmp_path):
    assert interrupted(started(tmp_path, *IGNORING), "exportctl.batch.answer") == (0, [])
    assert (tmp_path / "out.csv").exists()
