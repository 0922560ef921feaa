"""Options and manners that the commands of the evidence share."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from yinji.doors.cli.speak import Voice
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal


class Log(StrEnum):
    """The two logs of a node."""

    DATA = "data"
    DISCLOSURES = "disclosures"


LogOption: TypeAlias = Annotated[Log, typer.Option("--log", help="哪一本账 · which log")]
ToOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--to", help="写到这个文件，否则写到标准输出 · into this file, else standard output", show_default=False),
]


def hand_over(voice: Voice, text: str, to: Path | None) -> None:
    """Write a document as it is: to a file, or to standard output."""
    if to is None:
        sys.stdout.write(text)
        return
    to.write_text(text, encoding="utf-8")
    voice.say(f"已写入 {to}", f"written to {to}")


def text_of(voice: Voice, file: Path) -> str:
    """Return a file's text; ends the command where it is missing or no text."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        voice.stop(Refuse(Refusal.FILE_MISSING, str(file)))
    except UnicodeDecodeError:
        voice.stop(Refuse(Refusal.FILE_NOT_TEXT, str(file)))


def kept_in(voice: Voice, folder: Path) -> dict[str, str]:
    """Return the checkpoints in a folder by the log that each says it is of; ends the command where there is none."""
    notes: dict[str, str] = {}
    for file in sorted(folder.glob("*.checkpoint")):
        note = text_of(voice, file)
        notes[note.partition("\n")[0].rpartition("/")[2]] = note
    if not notes:
        voice.stop(Refuse(Refusal.FILE_MISSING, f"{folder}/data.checkpoint"))
    return notes
