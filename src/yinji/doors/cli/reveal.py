"""`yinji reveal`: one party of one parcel, against a purpose. The one answer in which plaintext is shown."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from yinji.doors.cli.context import door_of
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.kernel.decision import Refuse
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.said import Said

_NAMES: Final = {
    "name": Said("姓名", "name"),
    "phone": Said("电话", "phone"),
    "address": Said("地址", "address"),
    "order_number": Said("订单号", "order number"),
    "contents": Said("物品", "contents"),
    "remark": Said("备注", "remark"),
}


def reveal(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="运单号 · waybill number")],
    *,
    purpose: Annotated[Purpose, typer.Option(help="目的 · why")],
    view: Annotated[View, typer.Option(help="看哪些 · how much")] = View.MASKED,
    party: Annotated[PartyRole, typer.Option(help="谁 · whom")] = PartyRole.RECIPIENT,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """按目的查看一方的信息；每次查看都有证据 · see one party, for a purpose; every look is evidence."""
    door = door_of(context)
    with door.house() as house:
        seen = reveal_person(house, Reveal(number, party, view, purpose))
        if isinstance(seen, Refuse):
            door.voice.stop(seen)
        shown = {member: value.open() for member, value in seen.values.items() if not value.blank}
    if json:
        door.voice.json({"party": party.value, "view": view.value, **shown})
        return
    for member, text in shown.items():
        name = _NAMES[member]
        door.voice.say(f"{name.zh}：{text}", f"{name.en}: {text}")
