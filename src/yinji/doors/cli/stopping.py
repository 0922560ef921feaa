"""Stopped from outside: from the keyboard, by a system that shuts down, by a terminal that closes.

However a command is stopped, it ends as after a refusal: open work is rolled back, parts of files are removed, the user reads a
sentence. What cannot be heard (SIGKILL, a power cut) leaves the same rows; only a file's hidden part may stay until the next run.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Final

from yinji.kernel.said import Said

STOPPED: Final = Said(
    "已停止：没有写到一半的文件。再次运行同一命令即可完成，已提交的不会重做。",
    "Stopped: no file is left half written. Run the same command again to finish; what was committed is not done again.",
)

_HEARD: Final = (signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """Somebody asked this process to end. Like KeyboardInterrupt, it is no error that anything on the way may answer."""


def hear_stops() -> None:
    """Raise `Stopped` where SIGTERM or SIGHUP would end the process at once; whoever ignores them already goes on doing so."""
    if threading.current_thread() is not threading.main_thread():
        return  # only there a process may say what it does on signals
    for each in _HEARD:
        if signal.getsignal(each) is signal.SIG_DFL:
            signal.signal(each, _stop)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    for each in _HEARD:
        signal.signal(each, signal.SIG_DFL)  # who asks twice does not want to wait
    raise Stopped
