"""A session of Spark: the one that runs already, or one of our own."""

from __future__ import annotations

import errno
import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from py4j.protocol import Py4JError, Py4JNetworkError
from pyspark import SparkContext
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from exportctl.problem import Problem, Refused
from exportctl.spark.settings import BLOCKS, SETTINGS, kept

JAVA = "Spark needs Java 17 or later: install it, or set JAVA_HOME"
LOCAL = "local"
LOOPBACK = "127.0.0.1"
ROWS_AT_A_TIME = 100_000
INTERRUPTED = 130
GATEWAY = "py4j"
QUIET = "FATAL"
ENDED = "its Java process ended in the middle"
LEFT = "nothing has the name of the result; the folder of that name with `.partial` behind it may be deleted"
FULL = os.strerror(errno.ENOSPC)
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
        spark = running or _begun(master)
        with kept(spark, (*SETTINGS, *BLOCKS)):
            for name, value in SETTINGS.items():
                spark.conf.set(name, value)
            yield spark
    except (Py4JNetworkError, ConnectionError, EOFError):
        raise Refused([Problem("Spark", "", ENDED, LEFT)]) from None
    except (PySparkException, Py4JError, OSError) as error:
        raise Refused([Problem("Spark", "", reason(error))]) from None
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        if running is None:
            _end()


def _end() -> None:
    """End a session of our own, if it began and Java still answers."""
    with suppress(Py4JError, OSError):
        own = SparkSession.getActiveSession()
        if own is not None:
            own.stop()


def _begun(master: str | None) -> SparkSession:
    """Return a session of our own.

    Raises:
        Refused: there is no Java, or no such master.
    """
    try:
        return _started(master)
    except (PySparkException, Py4JError) as error:
        hint = JAVA if "JAVA_GATEWAY" in str(error) else ""
        raise Refused([Problem(master or "Spark", "", f"Spark does not start: {reason(error)}", hint)]) from None


def _started(master: str | None) -> SparkSession:
    builder = SparkSession.builder.appName("exportctl screen")
    if master is not None:
        builder = builder.master(master)
    if master is None or master.startswith(LOCAL):
        builder = builder.config("spark.ui.enabled", "false")
    for name, value in environment(master).items():
        os.environ.setdefault(name, value)
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", ROWS_AT_A_TIME)
    logging.getLogger().addFilter(lambda record: GATEWAY not in record.pathname)
    with _ctrl_c_waiting():
        SparkContext._ensure_initialized()  # noqa: SLF001 - starts Java, as the first session does
    spark = builder.config("spark.ui.showConsoleProgress", str(sys.stderr.isatty()).lower()).getOrCreate()
    spark.sparkContext.setLogLevel(QUIET)
    accumulators = spark.sparkContext._accumulatorServer  # noqa: SLF001 - it prints a traceback where Java ends
    accumulators.handle_error = lambda *_: None
    return spark


@contextmanager
def _ctrl_c_waiting() -> Iterator[None]:
    """Let Ctrl-C wait for the end of this: Java that is left alone while it starts would stay for ever."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came and callable(before):
        before(came[0], None)


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
    if FULL in str(getattr(error, "_stackTrace", None) or error):
        return "the disk is full"
    text = str(getattr(error, "java_exception", None) or error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    causes = [line.removeprefix("Caused by: ") for line in lines if line.startswith("Caused by: ")]
    python = [line for line in lines if re.match(r"^(\w+\.)*\w*(Error|Refused|Exception): ", line)]
    return CLASS.sub("", (python or causes or lines or [type(error).__name__])[-1 if python or causes else 0])[:400]
