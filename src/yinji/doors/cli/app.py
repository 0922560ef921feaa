"""The application: commands, the language, and the last stop of every error."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Collection
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer

from yinji import __version__
from yinji.doors.cli.acting import As
from yinji.doors.cli.context import Door, Rooms, default_home
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice, language_of
from yinji.doors.cli.stopping import STOPPED, Stopped, hear_stops
from yinji.kernel.decision import Refuse
from yinji.kernel.disk import disk_refusal
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language

COMMANDS: Final = {
    "init": ("init", "init"),
    "migrate": ("init", "migrate"),
    "issue": ("issue", "issue"),
    "find": ("find", "find"),
    "reveal": ("reveal", "reveal"),
    "forget": ("forget", "forget"),
    "drop": ("forget", "drop"),
    "hold": ("forget", "hold"),
    "retention": ("retention", "app"),
    "labels": ("labels", "labels"),
    "print": ("print_out", "print_out"),
    "return": ("labels", "send_back"),
    "events": ("events", "events"),
    "track": ("events", "track"),
    "accounts": ("accounts", "app"),
    "api-keys": ("api_keys", "app"),
    "exempt": ("exempt", "app"),
    "sender": ("sender", "app"),
    "numbers": ("numbers", "app"),
    "keys": ("keys", "app"),
    "ledger": ("ledger", "app"),
    "backup": ("backup", "backup"),
    "restore": ("backup", "restore"),
    "doctor": ("doctor", "doctor"),
    "serve": ("serve", "serve"),
    "work": ("serve", "work"),
    "lint": ("lint", "lint"),
    "inspect": ("inspect", "inspect"),
    "deid": ("deid", "app"),
    "coverage": ("coverage", "coverage"),
    "disclosure": ("disclosure", "disclosure"),
    "bench": ("bench", "app"),
    "demo": ("demo", "demo"),
}
"""Each command, and where it stands: a module of this package is loaded when one of its commands is asked for."""


def build_app(rooms: Rooms, *, only: Collection[str] | None = None) -> typer.Typer:
    """Return the application, wired: all of it, or those of the commands named in ``only``."""
    app = typer.Typer(name="yinji", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

    @app.callback()
    def root(
        context: typer.Context,
        home: Annotated[
            Path | None, typer.Option(envvar="YINJI_HOME", help="节点文件夹 · the node's folder", show_default=False)
        ] = None,
        lang: Annotated[
            Language | None, typer.Option(envvar="YINJI_LANGUAGE", help="语言 · language", show_default=False)
        ] = None,
        acting: As = None,
    ) -> None:
        """隐寄 Yinji：隐私面单 · privacy waybills."""
        context.obj = Door(home or default_home(), Voice(lang or language_of()), rooms, acting or "")

    for name in COMMANDS if only is None else (each for each in COMMANDS if each in only):
        module, attribute = COMMANDS[name]
        found = getattr(import_module(f"{__package__}.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    app.command("version")(_version)
    return app


def run_app(rooms: Rooms) -> int:
    """Run the command line; whatever happens, the user reads a sentence and never a traceback."""
    _speak_utf8()
    hear_stops()
    try:
        asked = {*COMMANDS, "version"} & set(sys.argv[1:])  # a value that looks like a command loads one more, no harm
        app = build_app(rooms, only=asked or None)
        code = int(app(standalone_mode=False) or Exit.DONE)
        return _say_stopped(Exit.INTERRUPTED) if code == Exit.INTERRUPTED else code  # the framework hears the keyboard itself
    except typer.TyperException as usage:
        if said := usage.format_message():  # empty where the help has been shown instead
            sys.stderr.write(f"✗ {said}\n  → yinji --help\n")
        return Exit.USAGE
    except (BrokenPipeError, SystemExit):  # the framework leaves with 1 where a pipe is broken, and only there
        # Whoever read our results has gone: they are told last, the command is done. Whoever read along has gone: it is not.
        return Exit.DONE if sys.__stdout__ in _leave_streams() else Exit.FAULT
    except (typer.Abort, KeyboardInterrupt):
        return _say_stopped(Exit.INTERRUPTED)
    except Stopped:
        return _say_stopped(Exit.TERMINATED)
    except Exception as error:  # noqa: BLE001 - the last stop: no traceback reaches a user
        return _answer(error, Voice(_language_in(sys.argv)))


def _speak_utf8() -> None:
    """Speak UTF-8 whatever the locale says: under LC_ALL=C a Chinese sentence would end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _answer(error: Exception, voice: Voice) -> Exit:
    with contextlib.suppress(OSError):  # standard error is what cannot be written: the exit code says it
        voice.refusal(_refused(error))
    _leave_streams()
    return Exit.FAULT if isinstance(error, Fault | OSError) else Exit.INTERNAL


def _refused(error: Exception) -> Refuse:
    if isinstance(error, Fault):
        return Refuse(error.code, error.at)
    if isinstance(error, OSError):
        return Refuse(disk_refusal(error), str(error.filename or ""))
    return Refuse(Refusal.INTERNAL, _where(error))


def _say_stopped(code: Exit) -> Exit:
    with contextlib.suppress(OSError):  # the terminal may be what has gone
        sys.stderr.write(f"{STOPPED.in_(_language_in(sys.argv))}\n")
    _leave_streams()
    return code


def _leave_streams() -> list[TextIO]:
    """Point streams that cannot be written elsewhere, so that closing them raises nothing and the exit code stays ours."""
    broken: list[TextIO] = []
    for stream in filter(None, (sys.__stdout__, sys.__stderr__)):  # ours may be wrapped by now
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
            broken.append(stream)
    return broken


def _where(error: BaseException) -> str:
    """Name kind and place of an error of ours; its message could quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}" if last else type(error).__name__


def _language_in(words: list[str]) -> Language:
    """Return the language of an error that comes before the callback has run."""
    asked = [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    asked += [following for word, following in pairwise(words) if word == "--lang"]
    return Language(asked[0]) if asked and asked[0] in set(Language) else language_of()


def _version() -> None:
    """版本 · print the version."""
    sys.stdout.write(f"yinji {__version__}\n")
