"""The built wheel, installed where no checkout is: it holds the rules and decides with them."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CASE = """
title: dysprosium
on: 2026-01-15
transfer: {kind: goods, from: CN, to: DE}
item: {form: metal, kind: other, elements: {Dy: 99.9, Fe: 0.1}, composition: complete, origin: CN, made_in: CN}
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)], check=True, capture_output=True
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_rules_and_sources_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    rules = {f"exportctl/{path.relative_to(ROOT)}" for path in (ROOT / "rules").rglob("*.yaml")}
    seeds = {f"exportctl/{path.relative_to(ROOT)}" for path in (ROOT / "seeds").rglob("*.yaml")}
    assert rules | seeds <= set(names)
    assert not [name for name in names if name.startswith(("tests", "cases", "engine"))]


def test_an_installed_wheel_decides_without_the_checkout_and_without_the_second_opinion(wheel, tmp_path):
    place = tmp_path / "env"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", wheel],
        check=True,
        capture_output=True,
    )
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [place / "bin" / "exportctl", "check", "case.yaml"],
        cwd=tmp_path, capture_output=True, text=True, env=environment, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "A MOFCOM dual-use licence is needed before export: No. 18 of 2025" in done.stdout
    assert "no second engine was available" in done.stdout
    checked = subprocess.run(
        [place / "bin" / "exportctl", "rules", "check"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    proved = subprocess.run(
        [place / "bin" / "exportctl", "claims", "s02"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert proved.returncode == 0, proved.stdout + proved.stderr
    assert "ok cases/statements/by-weight.yaml" in proved.stdout
