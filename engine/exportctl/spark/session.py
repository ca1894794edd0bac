"""A session of Spark: the one that runs already, or one of our own."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from exportctl.problem import Problem, Refused

JAVA = "Spark needs Java 17 or later: install it, or set JAVA_HOME"
LOCAL = "local"
LOOPBACK = "127.0.0.1"
ROWS_AT_A_TIME = 100_000
INTERRUPTED = 130
GATEWAY = "py4j"
QUIET = "FATAL"
CLASS = re.compile(r"^(?:[a-z]\w*\.)+(\w+): ")


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """Yield a session, and end it afterwards if it is our own. What Spark says no to is told in a line.

    Executors on this machine run the Python that runs here; others run the one that PYSPARK_PYTHON names there.

    Raises:
        Refused: there is no Java, no such master, or Spark cannot do what it is told.
    """
    running = SparkSession.getActiveSession()
    try:
        spark = running or _started(master)
    except (PySparkException, Py4JError) as error:
        hint = JAVA if "JAVA_GATEWAY" in str(error) else ""
        raise Refused([Problem(master or "Spark", "", f"Spark does not start: {reason(error)}", hint)]) from None
    try:
        yield spark
    except (PySparkException, Py4JError) as error:
        raise Refused([Problem("Spark", "", reason(error))]) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        if running is None:
            spark.stop()


def _started(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("exportctl screen")
    if master is not None:
        builder = builder.master(master)
    if master is None or master.startswith(LOCAL):
        builder = builder.config("spark.ui.enabled", "false")
    for name, value in environment(master).items():
        os.environ.setdefault(name, value)
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS_AT_A_TIME)
    spark = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower()).getOrCreate()
    spark.sparkContext.setLogLevel(QUIET)
    logging.getLogger().addFilter(lambda record: GATEWAY not in record.pathname)
    return spark


def environment(master: str | None) -> dict[str, str]:
    """Return the variables that a session needs; those that are set already win.

    Without a master Spark's configuration may name a cluster, which does not reach a driver on loopback.
    """
    found = {}
    if master is None or master.startswith(LOCAL):
        found["PYSPARK_PYTHON"] = sys.executable
    if master is not None and master.startswith(LOCAL):
        found["SPARK_LOCAL_IP"] = LOOPBACK
    return found


def reason(error: Exception) -> str:
    """Return the line that says why Spark cannot do something."""
    text = str(getattr(error, "java_exception", None) or error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    python = [line for line in lines if re.match(r"^(\w+\.)*\w*(Error|Refused|Exception): ", line)]
    return CLASS.sub("", (python or causes or lines or [type(error).__name__])[-1 if python or causes else 0])[:400]
