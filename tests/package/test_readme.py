"""What the README shows is what the commands print."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```text\n\$ exportctl (.*?)\n(.*?)```", re.DOTALL)
SHOWN = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("command", "shown"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_readme_shows_what_a_command_prints(command, shown):
    words = [sys.executable, "-m", "exportctl", *shlex.split(command)]
    wide = {**os.environ, "COLUMNS": "120"}
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True, env=wide)
    place = 0
    for piece in shown.split("…\n"):
        found = done.stdout.find(piece, place)
        assert found >= 0, piece
        place = found + len(piece)


def test_the_readme_opens_with_the_two_commands():
    first = re.search(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert first is not None
    assert [line.split()[1:3] for line in first[1].splitlines()] == [["make", "demo"], ["make", "test"]]
    assert len(SHOWN) == 2
