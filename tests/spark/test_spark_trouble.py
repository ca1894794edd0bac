"""What goes wrong in the middle of a screening by Spark: a line, a status, and nothing under the final name."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

if shutil.which("java") is None or find_spec("pyspark") is None or find_spec("polars") is None:
    pytest.skip("Java or pyspark is missing: screening by Spark is not tested", allow_module_level=True)

from exportctl.problem import Refused
from exportctl.spark import session as of_spark
from exportctl.spark.run import ALL, PARTIAL

pytestmark = [pytest.mark.xdist_group("spark"), pytest.mark.filterwarnings("default")]


@pytest.fixture
def deciding(tmp_path):
    """Start a screening, and return the process as soon as rows are being decided."""
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    rows = (f"A{at},JP,KR,magnet,{at},{'n' * 40}\n" for at in range(200_000))
    source.write_text("shipment_id,from,to,form,value,note\n" + "".join(rows))
    command = [sys.executable, "-m", "exportctl", "screen", source, "-o", out, "--engine", "spark"]
    process = subprocess.Popen([*command, "--master", "local[2]"], stderr=subprocess.PIPE, text=True)
    while not (tmp_path / f"out.csv{PARTIAL}" / ALL).exists():
        assert process.poll() is None
        time.sleep(0.02)
    yield process
    process.kill()


def java_of(process):
    """Return the process of Java that another one started."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process.pid and (folder / "exe").readlink().name == "java":
                return int(folder.name)
        except OSError:
            continue
    raise AssertionError("there is no Java")


@pytest.mark.parametrize("after", [0, 0.3])
def test_ctrl_c_while_tasks_write_leaves_nothing(tmp_path, deciding, after):
    time.sleep(after)
    deciding.send_signal(signal.SIGINT)
    _, said = deciding.communicate()
    assert deciding.returncode == 130
    assert said.endswith(f"interrupted; nothing is left of {tmp_path}/out.csv\n")
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_java_that_ends_in_the_middle_is_told_in_a_line(tmp_path, deciding):
    os.kill(java_of(deciding), signal.SIGKILL)
    _, said = deciding.communicate()
    assert deciding.returncode == 1
    assert "Spark: its Java process ended in the middle\n  hint: nothing has the name of the result" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out.csv").exists()


def test_ctrl_c_while_spark_starts_is_no_other_than_later(monkeypatch):
    def started(_master):
        raise KeyboardInterrupt

    monkeypatch.setattr(of_spark, "_started", started)
    monkeypatch.setattr(of_spark.SparkSession, "getActiveSession", lambda: None)
    with pytest.raises(SystemExit) as ended, of_spark.session("local[2]"):
        pass
    assert ended.value.code == 130


def test_ctrl_c_while_java_starts_leaves_no_java(tmp_path):
    (tmp_path / "in.csv").write_text("from,to\nJP,KR\n")
    command = [sys.executable, "-m", "exportctl", "screen", tmp_path / "in.csv", "-o", tmp_path / "out.csv"]
    process = subprocess.Popen([*command, "--engine", "spark", "--master", "local[1]"], stderr=subprocess.DEVNULL)
    java = within(60, lambda: java_of(process))
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    assert within(30, lambda: not Path(f"/proc/{java}").exists())
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def within(seconds, look):
    """Return what a look finds, as soon as it finds anything."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(AssertionError):
            if found := look():
                return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s")


def test_what_a_file_system_says_no_to_is_told_in_a_line(spark):
    def screened():
        with of_spark.session(None) as found:
            assert found.conf.get("spark.sql.caseSensitive") == "true"
            raise OSError("a cannot be renamed to b")

    with pytest.raises(Refused, match="Spark: a cannot be renamed to b"):
        screened()
    assert spark.conf.get("spark.sql.caseSensitive") == "false"
