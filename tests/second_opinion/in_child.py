"""Tests in a process of their own: a crash of the extension then fails a test and does not end the run."""

import contextlib
import functools
import importlib.util
import json
import subprocess
import sys

import pytest

INSTALLED = False
with contextlib.suppress(ImportError):
    INSTALLED = importlib.util.find_spec("durable_rules_engine") is not None
START = "import importlib, json, sys; sys.path[:] = json.loads(sys.argv[1]); "
RUN = START + "getattr(importlib.import_module(sys.argv[2]), sys.argv[3]).inside()"


def in_child(test):
    """Run a test in a child process; skip it where durable-rules is not installed."""

    def outside():
        arguments = [json.dumps(sys.path), test.__module__, test.__name__]
        done = subprocess.run([sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    functools.update_wrapper(outside, test, assigned=("__module__", "__name__", "__qualname__", "__doc__"), updated=())
    del outside.__wrapped__
    outside.inside = test
    return pytest.mark.skipif(not INSTALLED, reason="durable-rules is not installed")(outside)
