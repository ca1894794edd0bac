"""Ctrl-C ends the program with status 130, wherever it comes."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

INTERRUPTED = 130
LOADING = "<frozen importlib._bootstrap>"


def heed_ctrl_c() -> None:
    """Let Ctrl-C end the program from now on, unless whoever started it has it ignored."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _ctrl_c)


def _ctrl_c(_signal: int, frame: FrameType | None) -> None:
    """End at once while a module loads, which may swallow an exception; else by one, so that files are tidied up."""
    if _loads(frame):
        with suppress(OSError):
            os.write(2, b"interrupted\n")
        os._exit(INTERRUPTED)
    sys.exit(INTERRUPTED)


def _loads(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == LOADING:
            return True
        frame = frame.f_back
    return False
