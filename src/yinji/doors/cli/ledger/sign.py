"""`yinji ledger checkpoint`: sign both logs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.flows.sign_evidence import sign_evidence, witnessed_checkpoints
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal


def checkpoint(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(help="写进这个文件夹，与节点分开保存 · into this folder; keep it elsewhere", show_default=False),
    ] = None,
    witnessed: Annotated[
        bool,
        typer.Option("--witnessed", help="取见证人已联署的最近一个，不新签 · the last that a witness cosigned; sign nothing"),
    ] = False,
) -> None:
    """签署两本账的检查点 · sign a checkpoint of both logs."""
    door = door_of(context)
    with door.house() as house:
        notes = witnessed_checkpoints(house) if witnessed else sign_evidence(house)
    if not notes:
        door.voice.stop(Refuse(Refusal.ENTRY_UNSIGNED, "--witnessed"))
    if to is None:
        sys.stdout.write("\n".join(notes.values()))
        return
    to.mkdir(parents=True, exist_ok=True)
    for log, note in notes.items():
        (to / f"{log}.checkpoint").write_text(note, encoding="utf-8")
    door.voice.say(f"检查点已写入 {to}", f"checkpoints written to {to}")
