"""`yinji inspect`: anybody's labels, as documents, pictures or printer streams, judged by the rules of a day. Needs no node."""

from __future__ import annotations

import json as json_
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from yinji.doors.cli.arriving import ArrivingFiles
from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.inspect_files import Given, files_in, read_whole
from yinji.doors.cli.inspect_told import say_file, say_whole
from yinji.doors.cli.stopping import Stopped
from yinji.doors.intake.staged_file import StagedFile
from yinji.flows.inspect_labels import Marking, inspect_labels
from yinji.flows.sign_report import sign_report
from yinji.kernel.clock import SystemClock, beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal
from yinji.label.fonts import Fonts, find_fonts
from yinji.label.inspection.model import Outcome
from yinji.label.inspection.sarif import sarif_of
from yinji.label.inspection.telling import InspectedFile, outcome_of, report_of

POLL_SECONDS: Final = 1.0
"""Between two looks at a watched folder; a file is judged when two looks saw it unchanged."""

FILES_MAX: Final = 10_000
"""Of one command: each takes up to some seconds, and the report is one document."""

_EXITS: Final = {Outcome.PASSES: Exit.DONE, Outcome.FAILS: Exit.FOUND, Outcome.CANNOT_TELL: Exit.UNTOLD}


def inspect(  # noqa: PLR0913 - each option is one thing that somebody asks for
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="文件或文件夹 · files or folders", show_default=False)
    ] = None,
    *,
    watch: Annotated[
        Path | None, typer.Option(help="盯着这个文件夹，来一份查一份 · judge what comes into this folder", show_default=False)
    ] = None,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="按哪天的规则 · by the rules of this day", show_default=False)
    ] = None,
    marked: Annotated[
        Path | None, typer.Option(help="标记后的图片（已遮蔽）放这里 · masked, marked pictures go here", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="报告（JSON）写到这里 · the report, as JSON", show_default=False)] = None,
    sarif: Annotated[Path | None, typer.Option(help="SARIF 2.1.0 写到这里 · the same as SARIF", show_default=False)] = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="用节点的密钥签名（需 --out）· signed with the node's key; needs --out")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="无法判断也算不合规则 · cannot tell counts as a failure")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """检查任何人的面单：PDF、照片、打印指令，逐条指出露出了什么 · inspect anybody's labels and say what they show.

    退出码 0：全部合规则；1：有不合规则的；7：无法判断，或有文件读不了。不需要节点；不保存任何图片和文字。
    Exit code 0: all pass; 1: something breaks a rule; 7: cannot tell, or a file could not be read. Needs no node, keeps nothing.
    """
    door = door_of(context)
    _require(files or [], watch, [out, sarif], sign=sign)
    day = on.date() if on else beijing_day(SystemClock().now_ms())
    desk = _Desk(door, day, marked, _fonts() if marked else None, json=json)
    if watch is not None:
        raise typer.Exit(_watched(desk, watch, strict=strict))
    found = [judged for given in _given(files or []) for judged in desk.judged(given)]
    report = report_of(found, on=day)
    if out is not None:
        _write(out, text := json_.dumps(report, ensure_ascii=False, indent=1) + "\n")
        if sign:
            with door.house() as house:
                _write(out.with_name(out.name + ".note"), sign_report(house, text))
    if sarif is not None:
        _write(sarif, json_.dumps(sarif_of(found, on=day, language=door.voice.language), ensure_ascii=False, indent=1) + "\n")
    if json:
        door.voice.json(report)
    else:
        say_whole(door.voice, found)
    raise typer.Exit(_exit(found, strict=strict))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Judges one file after the other, and says so."""

    door: Door
    day: date
    marked: Path | None
    fonts: Fonts | None
    json: bool

    def judged(self, given: Given) -> Iterator[InspectedFile]:
        """Yield the verdict about a file; nothing for a file of a folder that is of no kind that is known."""
        reader = self.door.rooms.sheets
        if reader is None:
            raise Misuse("whoever wires the command line hands in a reader of sheets")
        content = read_whole(given.path)
        if isinstance(content, Refuse):
            found = InspectedFile(str(given.path), "", refused=content)
        else:
            found = inspect_labels(content, str(given.path), reader=reader, on=self.day, marking=self._marking(given.path))
        if given.beside and found.refused is not None and found.refused.code is Refusal.SHEET_UNKNOWN:
            return
        if not self.json:
            say_file(self.door.voice, found)
        yield found

    def _marking(self, path: Path) -> Marking | None:
        folder = self.marked
        if folder is None:
            return None

        def keep(sheet: int, png: bytes) -> None:
            _write(folder / f"{path.name}.{sheet}.png", png)

        return Marking(keep, self.door.voice.language, self.fonts)


def _watched(desk: _Desk, folder: Path, *, strict: bool, wait: Callable[[float], None] = time.sleep) -> Exit:
    """Judge what comes until somebody stops the command: that is how it ends, and no fault."""
    arriving, outcomes = ArrivingFiles(folder), set[Exit]()
    with suppress(Stopped, KeyboardInterrupt):
        while True:
            for path in arriving.look():
                for found in desk.judged(Given(path, beside=True)):
                    outcomes.add(_exit([found], strict=strict))
                    if desk.json:
                        sys.stdout.write(json_.dumps(report_of([found], on=desk.day), ensure_ascii=False) + "\n")
                        sys.stdout.flush()
            wait(POLL_SECONDS)
    return next((each for each in (Exit.FOUND, Exit.UNTOLD) if each in outcomes), Exit.DONE)


def _given(paths: Sequence[Path]) -> list[Given]:
    given = [each for path in paths for each in files_in(path)]
    if len(given) > FILES_MAX:
        raise typer.BadParameter(f"1..{FILES_MAX:,}", param_hint="FILE")
    return given


def _require(files: Sequence[Path], watch: Path | None, kept: Sequence[Path | None], *, sign: bool) -> None:
    if bool(files) == (watch is not None):
        raise typer.BadParameter("FILE… | --watch DIR", param_hint="FILE")
    if watch is not None and (not watch.is_dir() or any(kept) or sign):
        raise typer.BadParameter("--watch DIR [--json] [--marked DIR]", param_hint="--watch")
    if sign and kept[0] is None:
        raise typer.BadParameter("--sign --out FILE", param_hint="--sign")


def _exit(found: Sequence[InspectedFile], *, strict: bool) -> Exit:
    code = _EXITS[outcome_of(found)]
    return Exit.FOUND if strict and code is Exit.UNTOLD else code


def _fonts() -> Fonts | None:
    try:
        return find_fonts()
    except Fault:  # then the pictures have numbers and no legend
        return None


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with StagedFile(path) as file:
        file.out.write(content.encode() if isinstance(content, str) else content)
        file.keep()
