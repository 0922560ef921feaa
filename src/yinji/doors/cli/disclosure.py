"""`yinji disclosure`: what every channel shows of one waybill's persons, in places, and whether the union hides enough."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from yinji import law
from yinji.access.desks import Desk
from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.flows.show_waybill import waybill_numbered
from yinji.flows.tell_disclosure import tell_disclosure
from yinji.kernel.decision import Refuse
from yinji.kernel.said import Language
from yinji.label.disclosure.model import Audience, Disclosure, Joined, picture


def disclosure(
    context: typer.Context,
    number: Annotated[str, typer.Argument(help="运单号 · waybill number")],
    *,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """一张运单的各处显示了哪些位置，合在一起是否仍符合规则；不显示任何字 · what every channel shows, in places; no value is shown."""
    door = door_of(context)
    with door.house() as house:
        bill = waybill_numbered(house, number, desk=Desk.WAYBILLS)
        told = bill if isinstance(bill, Refuse) else tell_disclosure(house, bill)
    if isinstance(told, Refuse):
        door.voice.stop(told)
    if json:
        door.voice.json(_told(told))
    else:
        _say(door.voice, told)
    if not told.kept:
        raise typer.Exit(Exit.REFUSED)


def _say(voice: Voice, told: Disclosure) -> None:
    chinese = voice.language is Language.ZH
    table = Table(*(("途径", "显示") if chinese else ("channel", "shows")), box=None, pad_edge=False)
    for row in told.rows:
        shown = [f"{part.who.value}.{part.member.value} {picture(places)}" for part, places in row.shown.items()]
        table.add_row(Text(row.channel.name.in_(voice.language)), Text("\n".join(shown) or "–"))
    voice.out.print(table)
    names = ("合在一起", "位置", "结论", "依据") if chinese else ("together", "places", "verdict", "rule")
    joined = Table(*names, box=None, pad_edge=False)
    for each in told.of(Audience.ALL):
        joined.add_row(*(Text(cell) for cell in _joined(each).values()))
    voice.out.print(joined)


def _told(told: Disclosure) -> dict[str, Any]:
    return {
        "kept": told.kept,
        "channels": [
            {
                "id": row.channel.id,
                "audiences": sorted(row.channel.audiences),
                "shows": {f"{part.who.value}.{part.member.value}": picture(places) for part, places in row.shown.items()},
            }
            for row in told.rows
        ],
        "unions": [{"audience": each.audience.value, **_joined(each)} for each in told.unions],
    }


def _joined(each: Joined) -> dict[str, str]:
    return {
        "value": f"{each.part.who.value}.{each.part.member.value}",
        "places": picture(each.shown),
        "standing": each.standing.value,
        "rule": law.citation(each.rule) if each.rule else "",
    }
