"""`yinji sender`: the node's own sender, sealed like everybody else."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Final

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.speak import Voice
from yinji.flows.house import House
from yinji.flows.set_sender import set_sender, why_not
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal

app = typer.Typer(help="寄件人 · the sender", no_args_is_help=True)

_FIELDS: Final = ("name", "phone", "address")


@app.callback()
def sender() -> None:
    """寄件人 · the sender."""


@app.command("set")
def set_(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            help="TOML：name、phone、address；不从命令行读，以免留在历史里 · never on the command line, where it would stay"
        ),
    ],
) -> None:
    """设置寄件人 · set the sender."""
    door = door_of(context)
    own = read_sender(door.voice, file)
    with door.house() as house:
        keep_sender(house, door.voice, own)
    door.voice.say("寄件人已加密保存。", "the sender is kept, sealed.")


def read_sender(voice: Voice, file: Path) -> Party:
    """Return the sender that a file names; ends the command where it will not do, before anything is changed."""
    party = _read(file)
    if isinstance(party, Refuse):
        voice.stop(party)
    _stop_if(voice, why_not(party))
    return party


def keep_sender(house: House, voice: Voice, party: Party) -> None:
    """Keep a sender; ends the command where it will not do."""
    _stop_if(voice, set_sender(house, party))


def _stop_if(voice: Voice, refused: tuple[Refuse, ...]) -> None:
    for each in refused[:-1]:
        voice.refusal(each)
    if refused:
        voice.stop(refused[-1])


def _read(file: Path) -> Party | Refuse:
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Refuse(Refusal.FILE_MISSING, str(file))
    except (OSError, ValueError):
        return Refuse(Refusal.SETTING_MALFORMED, str(file))
    missing = [field for field in _FIELDS if not isinstance(written.get(field), str)]
    if missing:
        return Refuse(Refusal.SETTING_MALFORMED, f"{file}: {', '.join(missing)}")
    return Party(Private(written["name"]), Private(written["phone"]), Private(written["address"]))
