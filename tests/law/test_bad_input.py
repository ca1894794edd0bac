"""Faults an author of law makes, planted in the shipped rule book: each is told with its file and line, all at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exportctl.command.app import app
from exportctl.law.read import rules_folder, shipped_folder

LIST = "rules/lists/mofcom-gac-2025-56.yaml"
TANK = "item.parameters.mixing_chamber_m3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(rules_folder(), tmp_path / "rules")
    shutil.copytree(shipped_folder("seeds") / "official", tmp_path / "seeds" / "official")
    return tmp_path


def plant(folder: Path, file: str, old: str, new: str, after: str = "") -> int:
    """Change the first `old` behind `after`, and return the line on which it stands."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    start = text.index(old, text.index(after))
    path.write_text(text[:start] + new + text[start + len(old) :], encoding="utf-8")
    return text[:start].count("\n") + 1


def said(folder: Path) -> list[str]:
    done = CliRunner().invoke(app, ["rules", "check", "--rules", str(folder / "rules")])
    assert done.exit_code == 1
    assert "Traceback" not in done.output
    return done.stderr.splitlines()


def test_a_list_row_without_evidence_is_named_with_its_line(folder: Path) -> None:
    row = plant(folder, LIST, "code: 2B902.d\n", "code: 2B902.d\n")
    plant(folder, LIST, "    evidence: confirmed\n", "", after="code: 2B902.d\n")
    (line,) = [line for line in said(folder) if line.startswith(LIST)]
    assert line.startswith(f"{LIST}:{row}: rows[")
    assert line.endswith("].evidence: this key is missing")


def test_parameter_date_source_and_code_are_told_together_each_with_its_line(folder: Path) -> None:
    instruments, record = "rules/instruments.yaml", "seeds/official/mofcom-2025-62.yaml"
    parameter = plant(folder, LIST, TANK, "item.parameters.mixing_chamber_m4")
    code = plant(folder, LIST, "code: 2B902.e\n", "code: 2B902.d\n")
    other = plant(folder, LIST, "code: 2B902.d\n", "code: 2B902.d\n")
    cited = plant(folder, record, "instruments: [mofcom-2025-62]", "instruments: [mofcom-2025-26]")
    start = plant(folder, instruments, "from: 2025-11-10\n", "from: 2025-11-09\n", after="id: mofcom-2025-21\n")
    plant(folder, instruments, "until: 2025-11-09\n", "until: 2025-11-11\n", after="id: mofcom-2025-21\n")
    found = said(folder)
    expected = [
        (f"{LIST}:{parameter}: ", f"unknown fact `{TANK[:-1]}4`"),
        (f"{LIST}:{code}: ", "`2B902.d` is the code of another row too"),
        (f"{record}:{cited}: ", "the source `mofcom-2025-62/copy` is cited nowhere"),
        (f"{instruments}:{start}: ", "the suspension from `2025-11-09` overlaps the one from 2025-08-12 to 2025-11-11"),
    ]
    for place, text in expected:
        assert [line for line in found if line.startswith(place) and text in line], (place, text, found)
    assert f"  hint: the other stands at {LIST}:{other}" in found
    assert f"  hint: did you mean `{TANK}`?" in found
    assert "  hint: the rule book has no instrument `mofcom-2025-26`" in found
