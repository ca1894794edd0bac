"""Ctrl-C while modules load."""

import signal
import subprocess
import sys

import pytest

LEDGER = "from,to\nJP,KR\n"


@pytest.mark.parametrize("module", ["typer", "exportctl.law.book", "polars", "exportctl.batch.answer"])
def test_ctrl_c_while_a_module_loads_ends_the_program_and_says_nothing(tmp_path, module):
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(LEDGER, encoding="utf-8")
    told = [sys.executable, "-X", "importtime", "-m", "exportctl", "screen", source, "-o", out]
    process = subprocess.Popen(told, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    for line in process.stderr:
        if line.startswith("import time:") and line.split("|")[-1].strip().startswith(module):
            process.send_signal(signal.SIGINT)
            break
    said = [line for line in process.stderr if not line.startswith("import time:")]
    assert (process.wait(), said) == (130, [])
    assert not out.exists()


def test_ctrl_c_is_ignored_where_it_was_before(tmp_path):
    """As by `nohup`, or in the background of a shell without jobs."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(LEDGER, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-m", "exportctl", "screen", source, "-o", out],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )  # fmt: skip
    for line in process.stderr:
        if line.endswith("exportctl.batch.answer\n"):
            process.send_signal(signal.SIGINT)
    assert process.wait() == 0
    assert out.exists()
