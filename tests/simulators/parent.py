"""A process that has read every module once, opened nothing, and forks itself for each program that a test starts.

python -m tests.simulators.parent FD

Its children are processes like any other: they have a memory, an environment, a working folder and an end of their own, and are
killed as any other. What they do not do again is to read SQLAlchemy from the disk. On the socket FD arrives, for each program, one
byte with four descriptors: its channel, and what it is to have as standard input, output and error. The child reads from its
channel what to run, a line of JSON; the parent writes to it first the child's number, and how it ended when it has ended.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import json
import os
import select
import signal
import socket
import sys
import threading
import time
from importlib import import_module
from types import ModuleType
from typing import Any

DESCRIPTORS = 4
READ_BEFORE = (
    "sqlalchemy.dialects.sqlite.pysqlite",
    "alembic.config",
    "yinji.main",
    "tests.simulators.erasing",
)
"""Modules that programs need besides those of the commands."""


def read_modules() -> None:
    """Import what programs will; no node is opened, no thread is begun."""
    gc.disable()
    for name in READ_BEFORE:
        import_module(name)
    from yinji.doors.cli.app import build_app  # noqa: PLC0415 - as late as all the others
    from yinji.doors.cli.context import Rooms  # noqa: PLC0415 - as above
    from yinji.main import found, ground, open_house, upgrade  # noqa: PLC0415 - as above

    with contextlib.redirect_stdout(io.StringIO()):  # the framework reads its own last modules when a command is parsed
        build_app(Rooms(open_house, found, upgrade, ground))(["version"], standalone_mode=False)
    gc.collect()
    gc.freeze()  # no child walks, and so copies, what all of them share
    if threading.active_count() != 1:
        raise AssertionError(threading.enumerate())


def serve(requests: socket.socket) -> socket.socket:
    """Fork for every request. Returns in the child only, with its channel; the parent ends when whoever asks is gone."""
    woken, wake = os.pipe()
    for end in (woken, wake):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    running: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([requests, woken], [], [])
        if woken in ready:
            os.read(woken, 1_024)
            tell_ends(running)
        if requests in ready:
            asked, descriptors, *_ = socket.recv_fds(requests, 1, DESCRIPTORS)
            if not asked:
                for child in running:
                    os.kill(child, signal.SIGKILL)
                os._exit(0)
            channel = socket.socket(fileno=descriptors[0])
            child = os.fork()
            if not child:
                for own in (requests, *running.values()):
                    own.close()
                be_a_child(descriptors[1:], woken, wake)
                return channel
            for descriptor in descriptors[1:]:
                os.close(descriptor)
            running[child] = channel
            channel.sendall(b"%d\n" % child)


def tell_ends(running: dict[int, socket.socket]) -> None:
    """Say of every child that has ended how."""
    while running:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        with running.pop(child) as channel:
            try:
                channel.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
            except OSError:  # whoever started it did not stay to hear
                continue


def be_a_child(streams: list[int], *descriptors: int) -> None:
    """Leave behind what was the parent's; take the streams."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for descriptor in descriptors:
        os.close(descriptor)
    for standard, stream in enumerate(streams):
        os.dup2(stream, standard)
        os.close(stream)
    # As an interpreter makes them when it begins: those of the parent know what its own descriptors could do.
    sys.stdin = sys.__stdin__ = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - a descriptor, for good
    sys.stdout = sys.__stdout__ = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
    sys.stderr = sys.__stderr__ = open(  # noqa: SIM115 - as above
        2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False
    )
    gc.enable()


def read_program(channel: socket.socket) -> tuple[str, dict[str, Any]]:
    """Return the program and the module that it is to run as; the process is now as it was asked to be."""
    with channel, channel.makefile("r", encoding="utf-8") as lines:
        asked = json.loads(lines.readline())
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    time.tzset()
    sys.argv = ["-c", *asked["words"]]
    sys.path[0] = ""
    main = sys.modules["__main__"] = ModuleType("__main__")
    return asked["entry"], vars(main)


def run_program(program: str, space: dict[str, Any]) -> int:
    """Run it as ``python -c`` does; return its exit code as the interpreter would."""
    try:
        exec(compile(program, "<string>", "exec"), space)  # noqa: S102 - this is what running a program means
    except SystemExit as left:
        if left.code is None or isinstance(left.code, int):
            return left.code or 0
        sys.stderr.write(f"{left.code}\n")
        return 1
    except BaseException:  # noqa: BLE001 - nothing stands above us that could hear of it
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def leave(code: int) -> None:
    """End as an interpreter ends, but for taking its modules apart: that would copy what it shares with the parent."""
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    read_modules()
    leave(run_program(*read_program(serve(socket.socket(fileno=int(sys.argv[1]))))))
