"""What every command shares: where the node is, how to open it, how to speak."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from yinji.doors.cli.acting import signed_in
from yinji.doors.cli.speak import Voice
from yinji.flows.found_node import Charter
from yinji.flows.house import House
from yinji.flows.restore_node_drill import GroundOf
from yinji.label.inspection.ports import SheetReader
from yinji.label.languages import PrinterLanguage
from yinji.label.ports import Printer


@dataclass(frozen=True, slots=True)
class Rooms:
    """What main hands in: how a node is opened, founded, brought to a newer schema, where one stands or could; who reads sheets."""

    open_house: Callable[[Path], House]
    found: Callable[[Path, Charter], None]
    upgrade: Callable[[Path], None]
    ground: GroundOf
    sheets: SheetReader | None = None  # for `yinji inspect`, the one command that needs it
    printers: Callable[[str, PrinterLanguage], Printer] | None = None  # for `yinji print`, likewise


@dataclass(frozen=True, slots=True)
class Door:
    """The command line's way into the house: which node, in which language, as whom ("" for the operator)."""

    home: Path
    voice: Voice
    rooms: Rooms
    acting: str = ""

    @contextmanager
    def house(self, acting: str | None = None) -> Iterator[House]:
        """Open the node for one command, as the account named behind ``--as``; without one, as the node's operator."""
        house = self.rooms.open_house(self.home)
        try:
            code = acting or self.acting
            yield signed_in(house, self.voice, code) if code else house
        finally:
            house.close()


def door_of(context: typer.Context) -> Door:
    """Return what the application's callback prepared."""
    door = context.obj
    if not isinstance(door, Door):
        raise TypeError("a command runs under the application's callback")
    return door


def default_home() -> Path:
    """Return where a user's node lives unless told otherwise (XDG Base Directory Specification)."""
    data = os.environ.get("XDG_DATA_HOME")
    return Path(data) / "yinji" if data else Path.home() / ".local" / "share" / "yinji"
