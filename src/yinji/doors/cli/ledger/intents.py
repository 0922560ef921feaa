"""`yinji ledger intents`: disclosures that were declared and never ended."""

from __future__ import annotations

from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.kernel.clock import moment
from yinji.kernel.ids import show_ref


def intents(
    context: typer.Context,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """有意图而无结果的查看，按已披露计 · looks that were declared and never ended: they count as disclosed."""
    door = door_of(context)
    with door.house() as house:
        count, rows = house.access.count_open_intents(house.node.org), house.access.open_intents(house.node.org)
    told = [
        {
            "ref": show_ref(each.ref),
            "when": f"{moment(each.made_ms):%Y-%m-%d %H:%M:%S}",
            "deed": each.deed.value,
            "purpose": each.purpose.value,
            "view": each.view.value,
        }
        for each in rows
    ]
    if json:
        door.voice.json({"count": count, "intents": told})
        return
    for row in told:
        line = "  ".join(row.values())
        door.voice.say(line, line)
    door.voice.note(f"共 {count:,} 次，按已披露计", f"{count:,} in all; they count as disclosed")
