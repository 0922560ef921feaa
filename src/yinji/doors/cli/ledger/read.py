"""`yinji ledger show` and `export`: reading the evidence, which is evidence itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.ledger.told import Log, LogOption
from yinji.flows.read_evidence import export_evidence, show_entries
from yinji.kernel.clock import moment
from yinji.kernel.events import SENTENCES

_SHOWN_AT_ONCE = 50


def show(
    context: typer.Context,
    log: LogOption = Log.DATA,
    since: Annotated[int, typer.Option(min=0, help="从第几条起 · from this entry on")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=1_000, help="最多几条 · at most")] = _SHOWN_AT_ONCE,
) -> None:
    """逐条显示；查阅本身也记入证据 · show entries in words; the reading is evidence too."""
    door = door_of(context)
    with door.house() as house:
        placed = show_entries(house, log, since=since, limit=limit)
    for each in placed:
        entry = each.recorded.entry
        said = SENTENCES[entry.event]
        when = f"{moment(entry.at_ms):%Y-%m-%d %H:%M:%S}"
        what = f"{entry.actor.post} {entry.purpose.value} ×{entry.count} {entry.ground}".rstrip()
        door.voice.say(f"{each.seq:>8} {when} {said.zh} · {what}", f"{each.seq:>8} {when} {said.en} · {what}")


def export(context: typer.Context, folder: Annotated[Path, typer.Argument(help="写到这个文件夹 · into this folder")]) -> None:
    """导出证据，供离线核对（python -m yinji_verify）· export the evidence for the offline verifier."""
    door = door_of(context)
    with door.house() as house:
        export_evidence(house, folder)
    door.voice.say(
        f"已导出。核对：python -m yinji_verify {folder}/data", f"exported. Verify: python -m yinji_verify {folder}/data"
    )
